import studentQuantile from "@stdlib/stats-base-dists-t-quantile";
import { ratioMetric, type UserSums } from "../stats/ratio-metric.ts";
import { zQuantile } from "../stats/tails.ts";

/** What one group of users adds to a quotient: its numerator and its denominator. */
export type Quotient = { y: number; n: number };

/**
 * How far a figure of the whole period spreads, so that its single buckets, in which users are too few to be grouped, can be given a band:
 * `designEffect` (how many times less an answer tells than an independent one would) and `perOne` (standard error times the root of the denominator).
 */
export type Spread = { designEffect: number; perOne: number | null };

/** Fewer groups of users than this with anything in them, and their spread says nothing. */
const LEAST_GROUPS = 8;

/**
 * Assumed where no groups of users are known: answers of one user resemble each other so much that two of them tell as much as one. With 6 answers a user
 * (cv 1.5) that is a correlation of 0.05 within users (`designEffect` of lib/core/stats).
 */
export const ASSUMED_DESIGN_EFFECT = 2;

/** 95% of a normal distribution lies within this many standard errors. */
export const Z95 = zQuantile(0.975);

/** Sums, sums of squares and products over groups, as `ratioMetric` takes them: each group stands for a user. */
export function sumsOver(groups: readonly Quotient[]): UserSums {
  const sums = { users: 0, sumY: 0, sumN: 0, sumYY: 0, sumNN: 0, sumYN: 0 };
  for (const { y, n } of groups) {
    if (y === 0 && n === 0) continue;
    sums.users += 1;
    sums.sumY += y;
    sums.sumN += n;
    sums.sumYY += y * y;
    sums.sumNN += n * n;
    sums.sumYN += y * n;
  }
  return sums;
}

/**
 * Standard error of a quotient of sums from the spread between groups of users (delta method, `ratioMetric`), for a denominator of `n` although the groups may
 * cover a little more or less than that. Widened by Student's t, because at most 32 groups stand behind it, so that it may be used as if normal.
 * Null: too few groups.
 */
export function groupedError(groups: readonly Quotient[], n: number): number | null {
  const sums = sumsOver(groups);
  if (sums.users < LEAST_GROUPS || n <= 0) return null;
  const rate = ratioMetric({ control: sums, treatment: sums });
  if (rate === null) return null;
  return rate.seC * Math.sqrt(sums.sumN / n) * (studentQuantile(0.975, sums.users - 1) / Z95);
}
