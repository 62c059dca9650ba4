import type { QualityWeights } from "#lib/core/metrics/composite.ts";
import type { MetricDefinition } from "#lib/core/metrics/definition.ts";
import { type Bin, type FigureInput, figureOf } from "#lib/core/metrics/figure.ts";
import { addMeasures, type Measures } from "#lib/core/metrics/measures.ts";
import { closedDays, sumsByGroup } from "#lib/core/metrics/series.ts";
import type { Slot } from "#lib/core/metrics/slots.ts";
import type { UserDay } from "#lib/core/metrics/user-counts.ts";
import { DAY_MS } from "#lib/core/time.ts";
import type { Resolution } from "./frame.ts";

/** A roll-up row as samples need it. */
export type Row = { bucket: number; measures: Measures };
export type BinRow = Bin & { bucket: number };
export type GroupRow = { group: number; measures: Measures };

/** How many requests some rows counted. */
export function decisionsOf(rows: readonly { measures: Measures }[]): number {
  return rows.reduce((sum, { measures }) => sum + (measures.decisions ?? 0), 0);
}

/** One row a bucket: releases and arms added. */
export function byBucket(rows: readonly Row[]): Row[] {
  const found = new Map<number, Measures[]>();
  for (const { bucket, measures } of rows) {
    const list = found.get(bucket);
    if (list) list.push(measures);
    else found.set(bucket, [measures]);
  }
  return [...found].map(([bucket, list]) => ({ bucket, measures: addMeasures(list) }));
}

/** Whether latencies of a part of the traffic are kept (`FigureSource.quantiles`): of all of it and of scenarios, and by the minute of all of it alone. */
export function hasLatencies(cut: string, resolution: Resolution): boolean {
  return cut === "" || (cut.startsWith("scenario:") && resolution !== "minute");
}

/** Bins of all buckets added. */
export function allBins(rows: readonly BinRow[]): Bin[] {
  const found = new Map<number, number>();
  for (const { bin, n } of rows) found.set(bin, (found.get(bin) ?? 0) + n);
  return [...found].map(([bin, n]) => ({ bin, n }));
}

/**
 * What figures over a whole span are made of. `users`: how many people, at least; null where that is not known. `whole`: groups of all traffic, where this
 * part of it has none of its own.
 */
export type Sums = { measures: Measures; groups: Measures[]; bins: Bin[]; users: number | null; whole?: Measures[] };

/** Adds up the rows of one side of a comparison. `borrowed`: the groups are of all traffic. */
export function sumsOf(
  rows: readonly Row[],
  bins: readonly BinRow[],
  groups: readonly GroupRow[],
  users: number | null,
  borrowed = false,
): Sums {
  const byGroup = sumsByGroup(groups);
  return {
    measures: addMeasures(rows.map(({ measures }) => measures)),
    ...(borrowed ? { groups: [], whole: byGroup } : { groups: byGroup }),
    bins: allBins(bins),
    users,
  };
}

/**
 * What one metric's figure is made of. `share`: the length of the period, as a share of the length that was added up, by which counts are brought to the same
 * length; figures that are quotients need no such thing.
 */
export function sampleOf(definition: MetricDefinition, sums: Sums, weights: QualityWeights, share = 1): FigureInput {
  const { formula } = definition;
  const scaled = formula.kind === "count" && share !== 1;
  return {
    measures: scaled ? times(sums.measures, formula.sum, share) : sums.measures,
    groups: scaled ? sums.groups.map((group) => times(group, formula.sum, share)) : sums.groups,
    bins: sums.bins,
    users: sums.users,
    weights,
    ...(sums.whole ? { spread: spreadOf(definition, sums.whole, weights) } : {}),
  };
}

/** Answers of one user resemble each other in a part of the traffic as they do in all of it. */
function spreadOf(definition: MetricDefinition, groups: Measures[], weights: QualityWeights): FigureInput["spread"] {
  return figureOf(definition, { measures: addMeasures(groups), groups, weights }).spread;
}

function times(measures: Measures, which: readonly (keyof Measures)[], factor: number): Measures {
  return { ...measures, ...Object.fromEntries(which.map((key) => [key, (measures[key] ?? 0) * factor])) };
}

/** Rows of users of consecutive days, what slots these are, how many make a period, and how many people the period had where that is known. */
export type UserDays = { rows: readonly UserDay[]; slots: readonly Slot[]; count: number; people: number | null };

/** What a metric that counts users is made of: the newest days of which the window has closed, as many as the period has (a week at least), and as many before (of new
 * people none of the first reports). `from`: as long ago as there were days to count, epoch ms. */
export function userSamples(
  definition: MetricDefinition,
  { rows, slots, count, people }: UserDays,
  now: number,
): { sample: FigureInput; held: FigureInput; days: UserDay[]; from: number } {
  const closed = closedDays(definition, rows, slots, now);
  const days = closed.slice(-count);
  const settled = isOfNewPeople(definition) ? settledSince(rows) : "";
  const before = closed.slice(-2 * count, -count).filter(({ day }) => day >= settled);
  const sample = (part: UserDay[]): FigureInput => ({
    measures: {},
    userDays: part,
    users: peopleOf(definition, part, part === days ? people : null),
  });
  // Days before anybody came say nothing of how many come a day.
  const came = days.findIndex(({ users1 }) => users1 > 0);
  return { sample: sample(days), held: sample(before), days, from: now - (days.length - Math.max(0, came)) * DAY_MS };
}

/** When the first reports come everybody is new, those first who come most often: for so many days new people are not like those who are new later. */
export const SETTLING_DAYS = 14;

/** The day ("2026-11-20") from which new people are like new people: "" where reports are older than `rows`. */
function settledSince(rows: readonly UserDay[]): string {
  const [oldest] = rows;
  if (oldest === undefined || oldest.users28 > 0) return "";
  const began = rows.findIndex(({ users1 }) => users1 > 0);
  return rows[began < 0 ? rows.length : began + SETTLING_DAYS]?.day ?? "9999";
}

function isOfNewPeople({ formula }: MetricDefinition): boolean {
  return formula.kind === "users" && formula.denominator === "newUsers";
}

/** Who is new is new once; who is there is told by the standard windows, or is as many as on the fullest day, at least. */
function peopleOf(definition: MetricDefinition, days: readonly UserDay[], people: number | null): number | null {
  const last = days.at(-1);
  if (!last) return null;
  if (isOfNewPeople(definition)) {
    return days.reduce((sum, { newUsers }) => sum + newUsers, 0);
  }
  if (days.length === 7) return last.users7;
  if (days.length === 28) return last.users28;
  return people ?? Math.max(...days.map(({ users1 }) => users1));
}

/**
 * How many people a part of some days had, at least, from how many the days had and the part's share of their requests: whoever asks more often is met in a part
 * of the time more often than so.
 */
export function peopleWithin(users: number, part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.floor(users * Math.min(1, part / whole));
}
