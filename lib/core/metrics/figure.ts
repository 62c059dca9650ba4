import { histogramQuantile } from "../stats/histogram-quantile.ts";
import { wilsonInterval } from "../stats/proportion-intervals.ts";
import { compositeOf, type QualityPart, type QualityWeights } from "./composite.ts";
import type { Formula, MetricDefinition } from "./definition.ts";
import type { Measure, Measures } from "./measures.ts";
import { ASSUMED_DESIGN_EFFECT, groupedError, type Quotient, type Spread, Z95 } from "./spread.ts";
import type { UserDay } from "./user-counts.ts";

/** Count of one bin of the latency histogram (exponential, scale 5). */
export type Bin = { bin: number; n: number };

/** What a figure is made of; what a formula does not need may be absent. */
export type FigureInput = {
  /** Sums over the period. */
  measures: Measures;
  /** Sums by group of users over (about) the same period, for the spread between users; one entry a group. */
  groups?: readonly Measures[];
  bins?: readonly Bin[];
  /** Days whose window has closed (`closedDays`). */
  userDays?: readonly UserDay[];
  /** Distinct people of the period, where known. */
  users?: number | null;
  /** Of the quality score; all alike when absent. */
  weights?: QualityWeights;
  /** Of the quality score: those that count; all that have data when absent. */
  parts?: readonly QualityPart[];
  /** Borrowed from the whole period, for a bucket that has no groups of its own. */
  spread?: Spread;
};

/** A figure in the metric's unit, with its 95% interval (null where it cannot be told). */
export type Figure = {
  value: number | null;
  low: number | null;
  high: number | null;
  /** Decisions, signals or users behind it: the denominator. */
  n: number;
  /** What was divided by what; null where the figure is no quotient. */
  numerator: number | null;
  denominator: number | null;
  /** Standard error in the metric's unit, with users (not calls) as what varies. */
  se: number | null;
  spread: Spread;
  /** What has to be said about it, null when nothing. */
  note: string | null;
};

export const ALIKE: QualityWeights = { judge: 1, feedback: 1, completion: 1 };
const LATENCY_SCALE = 5;
/** A bin of the latency histogram tells a value no better than this (`histogramQuantile`). */
const BIN_ERROR = 0.0108;

/**
 * A figure from what was added up, with its interval. Shares: Wilson's interval of as many independent answers as these are worth (effective sample size after
 * Korn and Graubard, Survey Methodology 24, 1998, 193-201), so it stays within 0 and 1 and never shrinks to nothing; means: the spread between groups of users;
 * quantiles: order statistics (Woodruff, JASA 47, 1952, 635-646). Nothing to divide by: value null, n 0.
 */
export function figureOf(definition: Pick<MetricDefinition, "formula" | "unit">, input: FigureInput): Figure {
  const { formula } = definition;
  switch (formula.kind) {
    case "share":
      return scaled(share(quotient(formula, input.measures), designOf(formula, input)), definition.unit);
    case "users":
      return users(formula, input);
    case "mean":
      return upTo1(mean(formula, input), definition.unit);
    case "quantile":
      return quantile(formula.q, input);
    case "composite":
      return upTo1(composite(input), definition.unit);
    case "count":
      return count(quotient(formula, input.measures).n, input, formula);
    case "people":
      return input.users === null || input.users === undefined ? NOTHING : count(input.users, { measures: {} }, null);
  }
}

const NOTHING: Figure = {
  value: null,
  low: null,
  high: null,
  n: 0,
  numerator: null,
  denominator: null,
  se: null,
  spread: { designEffect: ASSUMED_DESIGN_EFFECT, perOne: null },
  note: null,
};

function total(names: readonly Measure[], measures: Measures): number {
  return names.reduce((sum, name) => sum + (measures[name] ?? 0), 0);
}

type Divided = Extract<Formula, { kind: "share" | "mean" | "count" }>;

function quotient(formula: Divided, measures: Measures): Quotient {
  if (formula.kind === "share")
    return { y: total(formula.numerator, measures), n: total(formula.denominator, measures) };
  const y = total(formula.sum, measures);
  return { y, n: formula.kind === "count" ? y : total(formula.count, measures) };
}

/** How many times less the answers tell than independent ones: at least 1, and never so much that less than one answer is left. */
function designOf(formula: Extract<Formula, { kind: "share" }>, input: FigureInput): number {
  const known = input.spread?.designEffect ?? ASSUMED_DESIGN_EFFECT;
  const { y, n } = quotient(formula, input.measures);
  const se = groupedError(input.groups?.map((group) => quotient(formula, group)) ?? [], n);
  if (se === null || y <= 0 || y >= n) return known;
  const rate = y / n;
  return Math.max(1, (se * se * n) / (rate * (1 - rate)));
}

/** A signal counts in its own minute, so a short bucket may hold more of them than answers: then the share is 1. */
function share({ y, n }: Quotient, designEffect: number): Figure {
  if (n <= 0) return { ...NOTHING, denominator: 0, numerator: y };
  const value = Math.min(1, y / n);
  const worth = Math.max(1, n / designEffect);
  const [low, high] = wilsonInterval({ x: value * worth, n: worth }, Z95);
  const softened = (value * worth + 0.5) / (worth + 1);
  const se = Math.sqrt((softened * (1 - softened)) / worth);
  const spread = { designEffect, perOne: se * Math.sqrt(n) };
  return { ...NOTHING, value, low, high, n, numerator: y, denominator: n, se, spread };
}

function scaled(figure: Figure, unit: MetricDefinition["unit"]): Figure {
  if (unit !== "per-1000") return figure;
  const times = (value: number | null) => (value === null ? null : value * 1000);
  const spread = { ...figure.spread, perOne: times(figure.spread.perOne) };
  return {
    ...figure,
    value: times(figure.value),
    low: times(figure.low),
    high: times(figure.high),
    se: times(figure.se),
    spread,
  };
}

function users(formula: Extract<Formula, { kind: "users" }>, { userDays = [], users: people }: FigureInput): Figure {
  const sum = (key: keyof UserDay) => userDays.reduce((all, day) => all + Number(day[key]), 0);
  const n = sum(formula.denominator);
  // Whoever is there on several days is counted on each, but tells no more than once.
  return share({ y: sum(formula.numerator), n }, people ? Math.max(1, n / people) : 1);
}

function mean(formula: Extract<Formula, { kind: "mean" }>, input: FigureInput): Figure {
  const { y, n } = quotient(formula, input.measures);
  if (n <= 0) return { ...NOTHING, numerator: y, denominator: 0 };
  const value = y / n;
  const se =
    groupedError(input.groups?.map((group) => quotient(formula, group)) ?? [], n) ??
    borrowed(input, n) ??
    ownError(formula.squares === undefined ? null : (input.measures[formula.squares] ?? 0), value, n);
  return { ...around(value, se, n), numerator: y, denominator: n };
}

function borrowed({ spread }: FigureInput, n: number): number | null {
  return spread?.perOne == null ? null : spread.perOne / Math.sqrt(n);
}

/** From the spread of single values, widened because values of one user resemble each other. */
function ownError(squares: number | null, value: number, n: number): number | null {
  if (squares === null || n < 2) return null;
  return Math.sqrt((Math.max(0, squares - n * value * value) / (n - 1) / n) * ASSUMED_DESIGN_EFFECT);
}

function around(value: number, se: number | null, n: number): Figure {
  if (se === null) return { ...NOTHING, value, n };
  const spread = { designEffect: ASSUMED_DESIGN_EFFECT, perOne: se * Math.sqrt(n) };
  return { ...NOTHING, value, low: Math.max(0, value - Z95 * se), high: value + Z95 * se, n, se, spread };
}

/** Means of shares and scores end at 1, and so does what is known of them. */
function upTo1(figure: Figure, unit: MetricDefinition["unit"]): Figure {
  const ends = unit === "share" || unit === "score";
  return ends && figure.high !== null ? { ...figure, high: Math.min(1, figure.high) } : figure;
}

function quantile(q: number, { bins = [], spread }: FigureInput): Figure {
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  if (n <= 0) return NOTHING;
  const designEffect = spread?.designEffect ?? ASSUMED_DESIGN_EFFECT;
  const reach = Z95 * Math.sqrt((q * (1 - q) * designEffect) / n);
  const { values } = histogramQuantile({
    scale: LATENCY_SCALE,
    bins: bins.map(({ bin, n: times }) => [bin, times] as const),
    quantiles: [q, Math.max(0, q - reach), Math.min(1, q + reach)],
  });
  const [value = null, low = null, high = null] = values;
  const se =
    value === null || low === null || high === null ? null : Math.hypot((high - low) / (2 * Z95), BIN_ERROR * value);
  return { ...NOTHING, value, low, high, n, se, spread: { designEffect, perOne: null } };
}

function composite(input: FigureInput): Figure {
  const { measures, weights = ALIKE, parts, groups = [], spread } = input;
  const found = compositeOf(measures, { weights, parts }, groups, spread?.designEffect);
  if (found === null) return NOTHING;
  return { ...around(found.value, borrowed(input, found.n) ?? found.se, found.n), note: found.note };
}

/** Counts are exact: no interval; the error is that of how many people happen to come. */
function count(value: number, { groups = [] }: FigureInput, formula: Divided | null): Figure {
  const sums = formula === null ? [] : groups.map((group) => quotient(formula, group).y);
  return { ...NOTHING, value, n: value, se: Math.sqrt(Math.max(1, value) * dispersion(sums)) };
}

/** Variance over mean between groups: 1 for independent arrivals, more when few people ask a lot. */
function dispersion(sums: readonly number[]): number {
  const average = sums.reduce((all, sum) => all + sum, 0) / sums.length;
  if (sums.length < 2 || average <= 0) return ASSUMED_DESIGN_EFFECT;
  return Math.max(1, sums.reduce((all, sum) => all + (sum - average) ** 2, 0) / (sums.length - 1) / average);
}
