import type { Measure } from "./measures.ts";
import type { UserDay } from "./user-counts.ts";

/** Trust, harm and fallback are the three that decide; the others stand beside them. `activity` is shown next to trust and never instead of it. */
export const FAMILIES = ["trust", "harm", "fallback", "quality", "operations", "activity"] as const;
export type Family = (typeof FAMILIES)[number];
/** A feature must have chosen at least one of each of these before it may launch. */
export const DECIDING_FAMILIES = ["trust", "harm", "fallback"] as const satisfies readonly Family[];

export type Unit = "share" | "per-1000" | "seconds" | "milliseconds" | "usd" | "tokens" | "score" | "count";

/**
 * How a figure is made of what was added up.
 * - `share`: numerator over denominator, both counts of the same things, so 0 to 1 (times 1,000 for the unit `per-1000`).
 * - `mean`: a sum over how many told it; `squares`, where there is one, is the sum of squares for the spread.
 * - `quantile`: from the latency bins.
 * - `users`: a quotient of distinct users (`UserDay`), over days whose window has closed.
 * - `composite`: weighted from others; the feature chooses the weights.
 * - `count`: a plain sum; `people`: distinct users, of a day or of the period.
 */
export type Formula =
  | { kind: "share"; numerator: readonly Measure[]; denominator: readonly Measure[] }
  | { kind: "mean"; sum: readonly Measure[]; count: readonly Measure[]; squares?: Measure }
  | { kind: "quantile"; q: number }
  | {
      kind: "users";
      numerator: keyof UserDay;
      denominator: keyof UserDay;
      closesAfterDays: number;
    }
  | { kind: "composite" }
  | { kind: "count"; sum: readonly Measure[] }
  | { kind: "people" };

/**
 * What a figure is held against.
 * - `release`: the candidate against the current release, same hours.
 * - `week-before`: the 7 days before the period, same hours of the day where the period is shorter than a week.
 * - `line`: a fixed limit, as a share; `hours`: over how long it is meant, null for any period.
 */
export type Comparison =
  | { with: "release" }
  | { with: "week-before" }
  | { with: "line"; line: number; hours: number | null };

export type MetricDefinition = {
  key: string;
  family: Family;
  /** Singular, so that it stands before "is 38 s". */
  name: string;
  /** Of whom or of what a share is ("AI answers"), said after every figure of it; null where the unit says it. */
  of: string | null;
  /** What it means, in one plain sentence that names of whom. */
  sentence: string;
  /** How it is counted, in words: numerator, denominator, what is left out. */
  counting: string;
  formula: Formula;
  unit: Unit;
  better: "up" | "down";
  /** Least denominator (decisions, signals or users) before it is shown as a figure to rely on. */
  minimum: number;
  comparisons: readonly Comparison[];
  /** Whether it exists for parts of the traffic (scenario, cohort, arm); false for what is counted by users over days. */
  splits: boolean;
};
