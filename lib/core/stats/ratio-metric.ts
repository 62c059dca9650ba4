import { around, type Interval } from "./interval.ts";
import { normalP, zQuantile } from "./tails.ts";

/** Sums over the users of an arm: y the numerator, n the denominator of one user (1 for a mean per user), and their products. */
export type UserSums = { users: number; sumY: number; sumN: number; sumYY: number; sumNN: number; sumYN: number };

export type RatioComparison = {
  rateC: number;
  rateT: number;
  seC: number;
  seT: number;
  /** Treatment minus control, in the metric's unit. */
  diff: number;
  seDiff: number;
  z: number;
  p: number;
  /** Treatment over control, minus 1; with its error and interval null when the control's rate is 0. */
  rel: number | null;
  seRel: number | null;
  rel95: Interval | null;
};

const Z95 = zQuantile(0.975);

/**
 * Compares two ratios of sums, such as overrides per decision or seconds per edit, with users (not calls) as the unit: delta method clustered by user (Deng,
 * Knoblich, Lu, KDD 2018, arXiv:1803.06336); p two-sided and normal. For the one planned look; to look at any time, feed `diff` and `seDiff`, or `rel` and
 * `seRel`, to `asympCsTwoSided`. Asymptotic: 50 users in each arm at least, 100 recommended.
 *
 * Null: an arm has fewer than two users, or nothing to divide by. No spread at all: p 1 when the rates are equal, otherwise 0.
 */
export function ratioMetric(input: { control: UserSums; treatment: UserSums }): RatioComparison | null {
  const control = rateOf(input.control);
  const treatment = rateOf(input.treatment);
  if (control === null || treatment === null) return null;
  const diff = treatment.rate - control.rate;
  const seDiff = Math.hypot(control.se, treatment.se);
  const z = diff === 0 ? 0 : diff / seDiff;
  return {
    rateC: control.rate,
    rateT: treatment.rate,
    seC: control.se,
    seT: treatment.se,
    diff,
    seDiff,
    z,
    p: normalP(z, "two-sided"),
    ...relative(control, treatment),
  };
}

type Rate = { rate: number; se: number };

function rateOf({ users, sumY, sumN, sumYY, sumNN, sumYN }: UserSums): Rate | null {
  if (users < 2 || sumN <= 0) return null;
  const rate = sumY / sumN;
  const residual = (sumYY - 2 * rate * sumYN + rate * rate * sumNN) / (users - 1);
  return { rate, se: Math.sqrt(Math.max(0, residual) * users) / sumN };
}

function relative(control: Rate, treatment: Rate): Pick<RatioComparison, "rel" | "seRel" | "rel95"> {
  if (control.rate === 0) return { rel: null, seRel: null, rel95: null };
  const rel = treatment.rate / control.rate - 1;
  const seRel = Math.hypot(treatment.se / control.rate, (control.se * treatment.rate) / control.rate ** 2);
  return { rel, seRel, rel95: around(rel, Z95 * seRel) };
}
