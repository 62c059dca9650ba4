import gammainc from "@stdlib/math-base-special-gammainc";
import betaCdf from "@stdlib/stats-base-dists-beta-cdf";
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import studentCdf from "@stdlib/stats-base-dists-t-cdf";

/** What is claimed of the treatment against the control. */
export type Alternative = "two-sided" | "larger" | "smaller";

/** P(Z > z) of the standard normal, exact far into the tail. */
export function normalTail(z: number): number {
  return normalCdf(-z, 0, 1);
}

/** The z with P(Z <= z) = `probability`. The library is right to about 1e-9; do not ask for probabilities below that. */
export function zQuantile(probability: number): number {
  return normalQuantile(probability, 0, 1);
}

/** p-value (0 to 1) of a z statistic. */
export function normalP(z: number, alternative: Alternative): number {
  if (alternative === "larger") return normalTail(z);
  if (alternative === "smaller") return normalTail(-z);
  return Math.min(1, 2 * normalTail(Math.abs(z)));
}

/** Two-sided p-value (0 to 1) of a t statistic with `df` degrees of freedom. */
export function studentTwoSidedP(t: number, df: number): number {
  return Math.min(1, 2 * studentCdf(-Math.abs(t), df));
}

/** P(chi-square with `df` degrees of freedom >= value): the regularised upper incomplete gamma function Q(df/2, value/2). */
export function chiSquareTail(value: number, df: number): number {
  if (value <= 0 || df <= 0) return 1;
  return value === Number.POSITIVE_INFINITY ? 0 : gammainc(value / 2, df / 2, true, true);
}

/** P(X >= x) for X of `n` draws with chance `p` each: I_p(x, n - x + 1) (NIST DLMF 8.17.5). */
export function binomialUpperTail(x: number, n: number, p: number): number {
  if (x <= 0) return 1;
  return x > n ? 0 : betaCdf(p, x, n - x + 1);
}

/** P(X <= x) for X of `n` draws with chance `p` each: I_{1-p}(n - x, x + 1) (NIST DLMF 8.17.5). */
export function binomialLowerTail(x: number, n: number, p: number): number {
  if (x < 0) return 0;
  return x >= n ? 1 : betaCdf(1 - p, n - x, x + 1);
}
