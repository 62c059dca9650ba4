import type { Verdict } from "./interval.ts";
import type { Counted } from "./proportion-intervals.ts";
import { normalTail, zQuantile } from "./tails.ts";

/**
 * Is a share of users not lower than the control's by `margin` (a difference of shares, 0.02 for two points) or more? One-sided at `alpha`, one planned look,
 * Wald (Farrington, Manning, Statistics in Medicine 9, 1990, 1447-1454, method 1). `lower` and `upper` are one-sided bounds of the difference.
 * PASS: the lower bound is above -margin; FAIL: the upper bound is below it; otherwise there is not enough data.
 *
 * Where neither arm has any spread, so that Wald's error is 0 and says nothing, one success and one failure are added to each arm
 * (Agresti, Caffo, American Statistician 54, 2000, 280-288).
 */
export function nonInferiorityProportion(input: {
  control: Counted;
  treatment: Counted;
  margin: number;
  alpha: number;
}): { z: number; p: number; lower: number; upper: number; verdict: Verdict } {
  const { control, treatment, margin, alpha } = input;
  const wald = difference(control, treatment);
  const { diff, se } = wald.se > 0 ? wald : difference(padded(control), padded(treatment));
  const z = (diff + margin) / se;
  const bound = zQuantile(1 - alpha) * se;
  const lower = diff - bound;
  const upper = diff + bound;
  return { z, p: normalTail(z), lower, upper, verdict: verdictOf(lower > -margin, upper < -margin) };
}

/** An estimate with its standard error, in the metric's unit. */
export type MeanWithError = { mean: number; se: number };

/**
 * Is a mean not worse than the control's by the share `relMargin` (0.05 for 5 %) of it or more? One-sided at `alpha`, one planned look, by the linear contrast
 * mT - (1 - d) mC (Fieller's form; Hauschke, Kieser, Diletti, Hothorn, Statistics in Medicine 18, 1999, 93-105), turned round where lower is better. Errors
 * clustered by user (`ratioMetric`), from 50 users in each arm. No spread in either arm: not enough data.
 */
export function nonInferiorityRelative(input: {
  control: MeanWithError;
  treatment: MeanWithError;
  relMargin: number;
  alpha: number;
  higherIsBetter: boolean;
}): { z: number; p: number; verdict: Verdict } {
  const { control, treatment, relMargin, alpha, higherIsBetter } = input;
  const sign = higherIsBetter ? 1 : -1;
  const factor = 1 - sign * relMargin;
  const se = Math.hypot(treatment.se, factor * control.se);
  if (se === 0) return { z: 0, p: 1, verdict: "NOT_ENOUGH_DATA" };
  const z = (sign * (treatment.mean - factor * control.mean)) / se;
  return { z, p: normalTail(z), verdict: verdictOf(normalTail(z) < alpha, normalTail(-z) < alpha) };
}

function difference(control: Counted, treatment: Counted): { diff: number; se: number } {
  if (control.n === 0 || treatment.n === 0) return { diff: 0, se: 0 };
  const shareC = control.x / control.n;
  const shareT = treatment.x / treatment.n;
  const variance = (shareC * (1 - shareC)) / control.n + (shareT * (1 - shareT)) / treatment.n;
  return { diff: shareT - shareC, se: Math.sqrt(variance) };
}

function padded({ x, n }: Counted): Counted {
  return { x: x + 1, n: n + 2 };
}

function verdictOf(passes: boolean, fails: boolean): Verdict {
  if (passes) return "PASS";
  return fails ? "FAIL" : "NOT_ENOUGH_DATA";
}
