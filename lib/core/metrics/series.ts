import { DAY_MS, HOUR_MS } from "../time.ts";
import type { QualityPart, QualityWeights } from "./composite.ts";
import type { MetricDefinition } from "./definition.ts";
import { type Bin, type Figure, type FigureInput, figureOf } from "./figure.ts";
import { addMeasures, type Measures } from "./measures.ts";
import type { Slot } from "./slots.ts";
import type { Spread } from "./spread.ts";
import type { UserDay } from "./user-counts.ts";

/**
 * One bucket of a line. `at`: its start, `until`: its end, epoch ms. `value`: null where there is nothing to divide by. `n`: the denominator. `full`: over, with enough behind it; `thin`: over, with less than the metric asks for; `unfinished`: still running; `early`: over, but
 * what it counts may still happen, so there is no value: one that can only grow would look like a fall; `none`: servers reported, but nothing of this happened;
 * `gap`: nobody reported.
 */
export type SeriesPoint = {
  at: number;
  until: number;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number;
  state: "full" | "thin" | "unfinished" | "early" | "none" | "gap";
};

export type SeriesInput = {
  /** The time axis (`slotsOf`); slots that begin after `now` are left out. */
  slots: readonly Slot[];
  /** Roll-up rows of one line; rows of the same bucket (its start, epoch ms) are added. */
  buckets: readonly { bucket: number; measures: Measures }[];
  bins?: readonly (Bin & { bucket: number })[];
  /** For metrics counted by users; these have points on day slots only. */
  userDays?: readonly UserDay[];
  /** Starts of the buckets in which anybody reported anything of this environment. */
  reported: ReadonlySet<number>;
  /** Epoch ms. */
  now: number;
  weights?: QualityWeights;
  /** Of the quality score: those that count. A bucket without one of them has no value, because the line would jump. */
  parts?: readonly QualityPart[];
  /** `figureOf(...).spread` of the whole period, for the bands. */
  spread?: Spread;
};

/** Seven days are an hour longer when the clocks go back within them. */
const CLOCK_CHANGE = HOUR_MS;

/** The points of one line, one a slot, oldest first. A gap is a gap, never a zero. */
export function seriesOf(definition: MetricDefinition, input: SeriesInput): SeriesPoint[] {
  const byUsers = definition.formula.kind === "users" || definition.formula.kind === "people";
  const slots = input.slots.filter(({ at, day }) => at < input.now && (!byUsers || day !== null));
  const sources = gather(input);
  return slots.map((slot) => {
    const figure = figureOf(definition, sources(slot));
    const state = stateOf(definition, figure, slot, input);
    const { at, until } = slot;
    if (state === "gap" || state === "early") return { at, until, value: null, low: null, high: null, n: 0, state };
    const { value, low, high, n } = figure;
    return { at, until, value, low, high, n, state };
  });
}

/** Days of users whose window has closed: only they may be counted. `slots` name the days. */
export function closedDays(
  definition: MetricDefinition,
  userDays: readonly UserDay[],
  slots: readonly Slot[],
  now: number,
): UserDay[] {
  const closed = new Set(slots.filter((slot) => isClosed(definition, slot, now)).map(({ day }) => day));
  return userDays.filter(({ day }) => closed.has(day));
}

/** Whether what it counts of a day may still happen later. */
function hasWindow({ formula }: MetricDefinition): boolean {
  return formula.kind === "users" && formula.closesAfterDays > 0;
}

function isClosed({ formula }: MetricDefinition, { until }: Slot, now: number): boolean {
  const days = formula.kind === "users" ? formula.closesAfterDays : 0;
  return until + (days > 0 ? days * DAY_MS + CLOCK_CHANGE : 0) <= now;
}

function stateOf(
  definition: MetricDefinition,
  { n }: Figure,
  slot: Slot,
  { now, reported }: Pick<SeriesInput, "now" | "reported">,
): SeriesPoint["state"] {
  if (slot.until <= now && !reported.has(slot.at)) return "gap";
  if (!isClosed(definition, slot, now)) return hasWindow(definition) ? "early" : "unfinished";
  if (n <= 0) return "none";
  return n < definition.minimum ? "thin" : "full";
}

function gather({
  buckets,
  bins = [],
  userDays = [],
  weights,
  parts,
  spread,
}: SeriesInput): (slot: Slot) => FigureInput {
  const measures = sumsByBucket(buckets);
  const latency = grouped(bins, (row) => row.bucket);
  const days = new Map(userDays.map((row) => [row.day, row]));
  return ({ at, day }) => {
    const userDay = day === null ? undefined : days.get(day);
    return {
      measures: measures.get(at) ?? {},
      bins: latency.get(at) ?? [],
      userDays: userDay ? [userDay] : [],
      users: userDay ? userDay.users1 : null,
      weights,
      parts,
      spread,
    };
  };
}

const added = new WeakMap<SeriesInput["buckets"], ReadonlyMap<number, Measures>>();

/** Kept by the rows themselves, because a page draws some forty metrics from the same ones. */
function sumsByBucket(rows: SeriesInput["buckets"]): ReadonlyMap<number, Measures> {
  let sums = added.get(rows);
  if (sums === undefined) {
    const byBucket = [...grouped(rows, (row) => row.bucket)];
    sums = new Map(byBucket.map(([bucket, list]) => [bucket, addMeasures(list.map((row) => row.measures))]));
    added.set(rows, sums);
  }
  return sums;
}

function grouped<Row>(rows: readonly Row[], key: (row: Row) => number): Map<number, Row[]> {
  const found = new Map<number, Row[]>();
  for (const row of rows) {
    const list = found.get(key(row));
    if (list) list.push(row);
    else found.set(key(row), [row]);
  }
  return found;
}

/** Adds the sums of each group of users up, over releases, arms and days, for `FigureInput.groups`. */
export function sumsByGroup(rows: readonly { group: number; measures: Measures }[]): Measures[] {
  return [...grouped(rows, (row) => row.group).values()].map((list) => addMeasures(list.map((row) => row.measures)));
}
