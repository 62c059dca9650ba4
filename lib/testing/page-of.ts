import { randomUUID } from "node:crypto";
import { addMeasures, type Measures, scaleMeasures } from "#lib/core/metrics/measures.ts";
import { DAY_MS, HOUR_MS } from "#lib/core/time.ts";
import { frameOf } from "#lib/services/metrics/present/frame.ts";
import type { Page } from "#lib/services/metrics/queries/page.ts";
import { readRows } from "#lib/services/metrics/queries/rows.ts";
import type { Period } from "#lib/services/metrics/schema.ts";
import type { Bucket, FigureSource, Resolution, Span } from "#lib/telemetry/figure-source.ts";

/** What an hour (its start, epoch ms) counted; null: nothing. */
export type Hourly = (hour: number) => Measures | null;

const ARM = { release: "r1", arm: "current" };
const GROUPS = Array.from({ length: 32 }, (_, group) => group);

function bucketsOf(hourly: Hourly, now: number, { from, to }: Span, by: Resolution): Bucket[] {
  const length = by === "day" ? DAY_MS : HOUR_MS;
  const found = new Map<number, Measures[]>();
  for (let hour = Math.ceil(from / HOUR_MS) * HOUR_MS; hour < Math.min(to, now); hour += HOUR_MS) {
    const measures = hourly(hour);
    const bucket = Math.floor(hour / length) * length;
    if (measures) found.set(bucket, [...(found.get(bucket) ?? []), measures]);
  }
  return [...found].map(([bucket, list]) => ({ ...ARM, bucket, measures: addMeasures(list) }));
}

/**
 * The page of a feature's figures, in days of UTC, of which each hour is known: read as from the store, without what does not come from buckets. 900 people used it, in
 * the period and before.
 */
export async function pageOf(period: Period, resolution: Resolution, now: number, hourly: Hourly): Promise<Page> {
  const frame = frameOf(period, resolution, now, "UTC");
  const source = {
    window: async (_environment, _cut, span, by) => bucketsOf(hourly, now, span, by),
    quantiles: async () => [],
    userSums: async (_environment, _cut, span) => {
      const whole = addMeasures(bucketsOf(hourly, now, span, "hour").map(({ measures }) => measures));
      return GROUPS.map((group) => ({ ...ARM, group, measures: scaleMeasures(whole, 1 / GROUPS.length) }));
    },
  } as Partial<FigureSource> as FigureSource;
  const asking = { source, environmentId: randomUUID(), now: new Date(now) };
  const rows = await readRows(asking, { feature: "f", cut: "" }, frame);
  const made: Partial<Page> = {
    query: { environment: "production", feature: "f", period, cut: "", compare: "before" },
    subject: {
      names: { feature: { key: "f", name: "F" }, scenarios: {}, cohorts: {}, releases: {} },
      outputs: "drafts",
      chosen: [],
      weights: { judge: 1, feedback: 1, completion: 1 },
      zone: "UTC",
    },
    now,
    frame,
    pair: null,
    parts: [],
    rows,
    recent: rows.now,
    reported: new Set(rows.now.map(({ bucket }) => bucket)),
    users: { rows: [], slots: [], held: 900 },
    segments: { cuts: [], releases: [] },
    reports: {
      users: { users: 900, exact: true },
      instances: [],
      lost: { unattributed: 0, unassigned: 0 },
    },
    lastReportedAt: now - 1000,
  };
  return made as Page;
}
