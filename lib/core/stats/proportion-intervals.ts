import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import type { Interval } from "./interval.ts";
import { zQuantile } from "./tails.ts";

/** `x` of `n` (users, or calls): 0 <= x <= n. */
export type Counted = { x: number; n: number };

/**
 * Wilson's score interval of a share, without continuity correction (Wilson 1927; Newcombe, Statistics in Medicine 17, 1998, 857-872).
 * `z` is the normal quantile of the wanted level (1.96 for 95 %). Nothing counted: [0, 1].
 */
export function wilsonInterval({ x, n }: Counted, z: number): Interval {
  if (n === 0) return [0, 1];
  const share = x / n;
  const scale = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / scale;
  const half = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / scale;
  return [x === 0 ? 0 : centre - half, x === n ? 1 : centre + half];
}

/**
 * Three intervals of a share `x / n` at confidence `level` (0.95): shares from 0 to 1. For one planned look; while data stream in, use `betaBinomialCs`.
 *
 * Jeffreys: quantiles of Beta(x + 1/2, n - x + 1/2), its ends set to 0 at x = 0 and to 1 at x = n (Brown, Cai, DasGupta, Statistical Science 16, 2001,
 * 101-133). Clopper-Pearson: quantiles of Beta(x, n - x + 1) and Beta(x + 1, n - x) (Biometrika 26, 1934). Nothing counted: [0, 1].
 */
export function proportionIntervals(input: Counted & { level: number }): {
  jeffreys: Interval;
  wilson: Interval;
  clopperPearson: Interval;
} {
  const { x, n, level } = input;
  if (n === 0) return { jeffreys: [0, 1], wilson: [0, 1], clopperPearson: [0, 1] };
  const low = (1 - level) / 2;
  const high = 1 - low;
  const failures = n - x;
  return {
    jeffreys: [
      x === 0 ? 0 : betaQuantile(low, x + 0.5, failures + 0.5),
      x === n ? 1 : betaQuantile(high, x + 0.5, failures + 0.5),
    ],
    wilson: wilsonInterval(input, zQuantile(high)),
    clopperPearson: [
      x === 0 ? 0 : betaQuantile(low, x, failures + 1),
      x === n ? 1 : betaQuantile(high, x + 1, failures),
    ],
  };
}
