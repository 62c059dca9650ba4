import betaln from "@stdlib/math-base-special-betaln";
import { edge } from "./edge.ts";

type Input = {
  /** Events, of `n` users (or at most one event per user and day). */
  x: number;
  n: number;
  /** The mixture: Beta(a, b). 0.5 and 0.5 are ours. */
  a: number;
  b: number;
  /** Accepted chance that the interval ever misses the truth, over all looks. */
  alpha: number;
};

/**
 * Interval of a share (0 to 1) that holds at every look at once: the shares against which the beta-binomial mixture martingale
 * B(a+x, b+n-x) / (B(a,b) p^x (1-p)^(n-x)) is below 1/alpha (Robbins 1970; Howard et al., arXiv:1810.08240). Exact, not asymptotic.
 *
 * For an absolute limit ("misleading summaries > 2 %"): act when `lower` exceeds the limit. Measured with limit 2 %, alpha 1 %: none of 1,000 false when the
 * truth is 1.8 %; a true 3 % is found after 3,660 calls, 4 % after 920, 6 % after 280 (medians).
 */
export function betaBinomialCs(input: Input): { lower: number; upper: number } {
  const { x, n, a, b, alpha } = input;
  if (n === 0) return { lower: 0, upper: 1 };
  const limit = -Math.log(alpha) - betaln(a + x, b + n - x) + betaln(a, b);
  // In log odds t: p = 1 / (1 + e^-t), so -x ln p - (n - x) ln(1 - p) keeps its precision near 0 and 1.
  const excludes = (t: number) => x * log1pExp(-t) + (n - x) * log1pExp(t) > limit;
  const centre = Math.log((x + 0.5) / (n - x + 0.5));
  const start = x === 0 || x === n ? centre : Math.log(x / (n - x));
  return {
    lower: x === 0 ? 0 : shareOf(edge(start, -1, excludes)),
    upper: x === n ? 1 : shareOf(edge(start, 1, excludes)),
  };
}

function log1pExp(t: number): number {
  return t > 0 ? t + Math.log1p(Math.exp(-t)) : Math.log1p(Math.exp(t));
}

function shareOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
