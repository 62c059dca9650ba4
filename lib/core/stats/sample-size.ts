import { zQuantile } from "./tails.ts";

/** Users needed in control (`n1`) and treatment (`n2`); `n1Raw` before rounding up. */
export type SampleSize = { n1: number; n2: number; n1Raw: number };

type Plan = {
  /** Accepted chance of a false alarm (0.05). */
  alpha: number;
  /** Chance of finding the effect when it is there (0.8). */
  power: number;
  /** Treatment users for each control user, n2 / n1. */
  ratio: number;
  /** Default true. */
  twoSided?: boolean;
};

/**
 * Users needed to tell the share `p2` from `p1` with one planned look: normal approximation, pooled standard error under "no difference", unpooled under
 * the alternative (Fleiss, Statistical Methods for Rates and Proportions, 4.2, without continuity correction; for ratio 1 the same as R's power.prop.test).
 * An always-valid reading at the planned end costs about 1.9 times as many (two-sided 5 %), 2.1 times (one-sided). If calls are counted instead of users,
 * multiply by `designEffect`. Equal shares: infinitely many.
 */
export function sampleSizeProportions(input: Plan & { p1: number; p2: number }): SampleSize {
  const { p1, p2, ratio, power } = input;
  const pooled = (p1 + ratio * p2) / (1 + ratio);
  const underNull = zAlpha(input) * Math.sqrt((1 + 1 / ratio) * pooled * (1 - pooled));
  const underEffect = zQuantile(power) * Math.sqrt(p1 * (1 - p1) + (p2 * (1 - p2)) / ratio);
  return rounded((underNull + underEffect) ** 2 / (p1 - p2) ** 2, ratio);
}

/**
 * Users needed to see a difference `delta` of means with standard deviation `sd` (both in the metric's unit) with one planned look: normal approximation
 * (Armitage, Berry, Statistical Methods in Medical Research, 6.6). The always-valid factor is that of `sampleSizeProportions`.
 */
export function sampleSizeMeans(input: Plan & { sd: number; delta: number }): SampleSize {
  const { sd, delta, ratio, power } = input;
  return rounded(((zAlpha(input) + zQuantile(power)) ** 2 * sd ** 2 * (1 + 1 / ratio)) / delta ** 2, ratio);
}

function zAlpha({ alpha, twoSided = true }: Plan): number {
  return zQuantile(1 - (twoSided ? alpha / 2 : alpha));
}

function rounded(n1Raw: number, ratio: number): SampleSize {
  return { n1: Math.ceil(n1Raw), n2: Math.ceil(n1Raw * ratio), n1Raw };
}
