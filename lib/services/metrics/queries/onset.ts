import type { MetricDefinition } from "#lib/core/metrics/definition.ts";
import { figureOf } from "#lib/core/metrics/figure.ts";
import { type Onset, onsetOf } from "#lib/core/metrics/onset.ts";
import { type SeriesPoint, seriesOf } from "#lib/core/metrics/series.ts";
import { slotsOf } from "#lib/core/metrics/slots.ts";
import type { Finding, Told } from "../present/panels.ts";
import { byBucket } from "../present/samples.ts";
import type { Page } from "./page.ts";

/** Since when what was found has been so, from what the page has read already: the time that the period is held against, what lies between, and the period. Null where it cannot be told. */
export function onsetIn(page: Page, told: Told, finding: Finding): Onset | null {
  const { definition, reading } = finding;
  if (page.pair !== null) return null;
  return onsetOf(
    definition,
    reading,
    isOfUsers(definition) ? pointsOfUsers(page, definition) : points(page, told, finding),
  );
}

function isOfUsers({ formula }: MetricDefinition): boolean {
  return formula.kind === "users" || formula.kind === "people";
}

/** By the page's own buckets; none where what it is held against was counted in others. */
function points({ frame, rows, subject, now }: Page, told: Told, { definition, sample }: Finding): SeriesPoint[] {
  if (frame.heldBy !== frame.resolution) return [];
  const buckets = byBucket([...rows.held, ...rows.between.rows, ...rows.now]);
  const before = { from: frame.held.from, to: frame.span.from };
  return seriesOf(definition, {
    slots: [...slotsOf(before, frame.resolution, subject.zone), ...frame.slots],
    buckets,
    bins: [...rows.heldBins, ...rows.between.bins, ...rows.bins],
    reported: new Set(buckets.map(({ bucket }) => bucket)),
    now,
    weights: told.weights,
    parts: sample.parts,
    spread: figureOf(definition, sample).spread,
  });
}

function pointsOfUsers({ users, now }: Page, definition: MetricDefinition): SeriesPoint[] {
  if (users === null) return [];
  const came = new Set(users.rows.filter(({ users1 }) => users1 > 0).map(({ day }) => day));
  const reported = new Set(users.slots.filter(({ day }) => day !== null && came.has(day)).map(({ at }) => at));
  return seriesOf(definition, { slots: users.slots, buckets: [], userDays: users.rows, reported, now });
}
