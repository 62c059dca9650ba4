import betaCdf from "@stdlib/stats-base-dists-beta-cdf";
import quantile from "@stdlib/stats-base-dists-beta-quantile";

/** The share `q` with P(Beta(a, b) <= q) = p, and that probability computed back as a check (NIST DLMF 8.17; the algorithms are Boost's, through @stdlib). */
export function betaQuantile(input: { p: number; a: number; b: number }): { q: number; cdfAtQ: number } {
  const q = quantile(input.p, input.a, input.b);
  return { q, cdfAtQ: betaCdf(q, input.a, input.b) };
}
