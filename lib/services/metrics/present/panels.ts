import type { QualityWeights } from "#lib/core/metrics/composite.ts";
import type { MetricDefinition } from "#lib/core/metrics/definition.ts";
import { METRICS } from "#lib/core/metrics/definitions.ts";
import type { PeopleOf } from "#lib/core/metrics/enough.ts";
import { type FigureInput, figureOf } from "#lib/core/metrics/figure.ts";
import type { MetricReading, ReadingInput } from "#lib/core/metrics/finding.ts";
import { likeWithLike, readingOf, sampleTold } from "#lib/core/metrics/reading.ts";
import { seriesOf } from "#lib/core/metrics/series.ts";
import type { Slot } from "#lib/core/metrics/slots.ts";
import { DAY_MS } from "#lib/core/time.ts";
import type { Line, Panel, Reading } from "../schema.ts";
import { daySaid } from "./day-said.ts";
import type { Span } from "./frame.ts";
import { type BinRow, type Row, type Sums, sampleOf, type UserDays, userSamples } from "./samples.ts";

/** What one line is drawn from. `slots`: its own buckets; `shown`: those beside which they stand, one to one. Rows are one a bucket. */
export type LineSource = {
  key: string;
  label: string;
  quiet: boolean;
  rows: readonly Row[];
  bins: readonly BinRow[];
  slots: readonly Slot[];
  shown: readonly Slot[];
  /** Whether its latencies are known. */
  timed: boolean;
};

export type HeldSums = { with: "release" | "week-before"; label: string; sums: Sums; share: number };

/** Everything that the figures of one page are told from. */
export type Told = {
  /** The period, and now, epoch ms; how long a period is that always ends now. */
  span: Span;
  now: number;
  rolling: number;
  weights: QualityWeights;
  /** What is shown, and with what it is compared; `share` as in `sampleOf`. Null: nothing to compare with. */
  sample: Sums;
  held: HeldSums | null;
  /** Users of both sides at which the comparison was planned to be read, where that could be known before it began. */
  planned?: number;
  /** The same for how many requests there were, which weekends change. */
  counts: HeldSums | null;
  /** The same hours a week earlier, beside a period of at most a day. */
  weekAgo: Sums | null;
  /** Whether latencies of this part of the traffic are known. */
  timed: boolean;
  /** The last 24 hours, for limits that are meant for them. */
  recent: Sums;
  lines: readonly LineSource[];
  /** What is counted by users; null for a part of the traffic, for which there is no such thing. Its own lines, where the period is long enough for days. */
  users: { days: UserDays; heldLabel: string; lines: readonly LineSource[] } | null;
  /** How many people whole days up to yesterday had, of all traffic; empty where the figures are of a part of it. */
  windows: readonly PeopleOf[];
  /** Distinct people of the period, where it is made of days. */
  people: number | null;
  /** Starts of buckets, and of days, in which anybody reported. */
  reported: ReadonlySet<number>;
  reportedDays: ReadonlySet<number>;
  /** Since when there are figures of the feature in this period, and when anybody last reported of it; epoch ms. */
  since: number;
  lastReportedAt: number | null;
};

/** What one metric says, what the period was made of, and what the figure that is told: the period, or its last hours. */
export type Finding = {
  definition: MetricDefinition;
  reading: MetricReading;
  sample: FigureInput;
  toldOf: FigureInput;
};

/** What the metrics say, those that can be told of this part of the traffic, in the order of screens. */
export function findingsOf(told: Told, definitions: readonly MetricDefinition[] = METRICS): Finding[] {
  return definitions.flatMap((definition) => findingOf(definition, told) ?? []);
}

/** What one metric says; null when it cannot be told of this part of the traffic or so short a period. */
export function findingOf(definition: MetricDefinition, told: Told): Finding | null {
  const found = inputOf(definition, told);
  if (found === null) return null;
  const input = likeWithLike(definition, found);
  const reading = readingOf(definition, input);
  return { definition, reading, sample: input.sample, toldOf: sampleTold(input, reading) };
}

function inputOf(definition: MetricDefinition, told: Told): ReadingInput | null {
  const { now, rolling, since: from, lastReportedAt } = told;
  const base = { from, now, rolling, lastReportedAt };
  const { formula } = definition;
  if (formula.kind === "people") {
    // Part of today stands against whole days, which would always be fewer people.
    return told.users === null || told.people === null
      ? null
      : { ...base, sample: { measures: {}, users: told.people }, held: null };
  }
  if (formula.kind === "users") {
    if (told.users === null) return null;
    const { days } = told.users;
    const { sample, held, from: since } = userSamples(definition, days, now);
    const windows = formula.denominator === "newUsers" ? [] : told.windows;
    const over = { from: since, rolling: days.count * DAY_MS, windows };
    return { ...base, ...over, sample, held: { with: "week-before", sample: held, label: told.users.heldLabel } };
  }
  if (formula.kind === "quantile" && !told.timed) return null;
  const { weights, planned } = told;
  const held = formula.kind === "count" ? told.counts : told.held;
  return {
    ...base,
    planned,
    windows: told.windows,
    sample: sampleOf(definition, told.sample, weights),
    recent: sampleOf(definition, told.recent, weights),
    weekAgo: told.weekAgo && formula.kind !== "count" ? sampleOf(definition, told.weekAgo, weights) : undefined,
    held: held && { with: held.with, label: held.label, sample: sampleOf(definition, held.sums, weights, held.share) },
  };
}

/** A finding as screens get it. People are shown as such where they were counted in exactly this period. */
export function readingView({ definition, reading }: Finding, told: Told, chosen: ReadonlySet<string>): Reading {
  const { held: _held, p: _p, outlook: _outlook, ...shown } = reading;
  const { key, inLast, standing, value } = reading;
  const byUsers = definition.formula.kind === "users";
  return {
    ...shown,
    // A count of nothing is no zero.
    value: standing === "no-data" ? null : value,
    users: byUsers || (told.people !== null && inLast === null) ? reading.users : null,
    chosen: chosen.has(key),
    counting: byUsers ? `${reading.counting} ${daysSaid(definition, told)}`.trim() : reading.counting,
  };
}

function daysSaid(definition: MetricDefinition, { users, now }: Told): string {
  if (!users) return "";
  const { days } = userSamples(definition, users.days, now);
  const [first, last] = [days[0]?.day, days.at(-1)?.day];
  if (!first || !last) return "";
  return `Counted over the days from ${daySaid(first)} to ${daySaid(last)}, the newest of which all is known.`;
}

/** A finding with its lines. */
export function panelOf(finding: Finding, told: Told, chosen: ReadonlySet<string>): Panel {
  return { ...readingView(finding, told, chosen), lines: linesOf(finding, told) };
}

function linesOf({ definition, sample }: Finding, told: Told): Line[] {
  const byUsers = definition.formula.kind === "users" || definition.formula.kind === "people";
  const known = definition.formula.kind === "quantile" ? told.lines.filter(({ timed }) => timed) : told.lines;
  const sources = byUsers ? (told.users?.lines ?? []) : known;
  const alone = sources.every(({ quiet }) => quiet);
  const { spread } = figureOf(definition, sample);
  return sources
    .map(({ key, label, quiet, rows, bins, slots, shown }) => {
      const reported = byUsers ? told.reportedDays : told.reported;
      const points = seriesOf(definition, {
        slots,
        buckets: rows,
        bins,
        userDays: told.users?.days.rows,
        reported,
        now: told.now,
        weights: told.weights,
        parts: sample.parts,
        spread: byUsers ? undefined : spread,
      });
      const placed = points.map((point, index) => ({
        ...point,
        // A count of a bucket that only just began is no zero while nobody has reported in it.
        value: reported.has(point.at) ? fine(point.value) : null,
        low: fine(point.low),
        high: fine(point.high),
        at: shown[index]?.at ?? point.at,
        until: shown[index]?.until ?? point.until,
      }));
      return { key, label, quiet: quiet && !alone, points: placed };
    })
    .filter(({ quiet, points }) => !quiet || points.some(({ value }) => value !== null));
}

/** Counts are whole; of the rest five figures are finer than any axis, and a page of thousands of points is half as large. */
function fine(value: number | null): number | null {
  return value === null || Number.isInteger(value) ? value : Number(value.toPrecision(5));
}
