import studentQuantile from "@stdlib/stats-base-dists-t-quantile";
import { around, type Interval } from "./interval.ts";
import { studentTwoSidedP } from "./tails.ts";

/** Mean and standard deviation (n - 1 in its divisor) over `n` users, in the metric's unit. */
export type Moments = { mean: number; sd: number; n: number };

/**
 * Welch's t-test of two means of users with unequal spread, treatment minus control, two-sided (Welch, Biometrika 34, 1947, 28-35, with Satterthwaite's
 * degrees of freedom). For the one look planned before the start. `diff` and `ci95` are in the metric's unit.
 *
 * Fewer than two users in an arm: nothing is known (p 1, an interval without ends). No spread in either arm: p 1 when the means are equal, otherwise 0.
 */
export function welchT(input: { control: Moments; treatment: Moments }): {
  diff: number;
  t: number;
  df: number;
  p: number;
  ci95: Interval;
} {
  const { control, treatment } = input;
  const diff = treatment.mean - control.mean;
  if (control.n < 2 || treatment.n < 2)
    return { diff, t: 0, df: 0, p: 1, ci95: around(diff, Number.POSITIVE_INFINITY) };
  const partC = control.sd ** 2 / control.n;
  const partT = treatment.sd ** 2 / treatment.n;
  const se = Math.sqrt(partC + partT);
  if (se === 0) {
    const df = control.n + treatment.n - 2;
    return { diff, t: diff === 0 ? 0 : diff * Number.POSITIVE_INFINITY, df, p: diff === 0 ? 1 : 0, ci95: [diff, diff] };
  }
  const shareC = partC / (partC + partT);
  const df = 1 / (shareC ** 2 / (control.n - 1) + (1 - shareC) ** 2 / (treatment.n - 1));
  const t = diff / se;
  return { diff, t, df, p: studentTwoSidedP(t, df), ci95: around(diff, studentQuantile(0.975, df) * se) };
}
