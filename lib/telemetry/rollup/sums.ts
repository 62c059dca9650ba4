import { MEASURES } from "#lib/core/metrics/measures.ts";
import { HOUR_MS, MINUTE_MS } from "#lib/core/time.ts";
import type { Part, Place } from "./about.ts";
import type { Amounts } from "./measure-events.ts";
import { type OneCut, PerCut } from "./per-cut.ts";

export type RollupRow = {
  resolution: "minute" | "hour" | "day" | "group";
  feature: string;
  cut: string;
  bucket: number;
  release: string;
  arm: string;
  group: number;
  /** In the order of `MEASURES`. */
  sums: Float64Array;
};

const QUARTER_MS = 900_000;
const GROUPS = 32;
const WIDTH = MEASURES.length;

type Bucket = { bucket: number; dayStart: number; sums: Float64Array };
type OfCut<T> = { of: OneCut; rows: Map<number, T> };
type GroupSums = { dayStart: number; group: number; sums: Float64Array };

/** Whether a cut is kept by groups of users, too: all traffic, and scenarios. What cohorts and dimensions need of it they borrow from all traffic. */
export const isGrouped = (cut: string): boolean => cut === "" || cut.startsWith("scenario:");

/**
 * Adds up a batch: minutes of parts (quarters of an hour where no minutes are kept) and groups of users while it is read, and what is wider from these at the
 * end. An event is in several cuts, and many events are in the same ones.
 */
export class RollupSums {
  readonly #parts = new Map<Part, Map<number, Bucket>>();
  readonly #groups = new PerCut<OfCut<GroupSums>>((of) => ({ of, rows: new Map() }), isGrouped);
  readonly #minutesSince: number;

  /** `minutesSince`: what is before it (epoch ms) has no minutes. */
  constructor(minutesSince = -Infinity) {
    this.#minutesSince = Math.ceil(minutesSince / HOUR_MS) * HOUR_MS;
  }

  /** `at`: epoch ms; `dayStart`: of its day in the organisation's zone, which begins at a whole quarter of an hour. */
  add({ part, group }: Place, at: number, dayStart: number, amounts: Amounts): void {
    if (amounts.length === 0) return;
    const bucket = at - (at % (at >= this.#minutesSince ? MINUTE_MS : QUARTER_MS));
    let buckets = this.#parts.get(part);
    if (!buckets) {
      buckets = new Map();
      this.#parts.set(part, buckets);
    }
    addAmounts(bucketOf(buckets, bucket, dayStart).sums, amounts);
    if (group < 0) return;
    const key = (dayStart / QUARTER_MS) * GROUPS + group;
    for (const { rows } of this.#groups.of(part)) {
      let row = rows.get(key);
      if (!row) {
        row = { dayStart, group, sums: new Float64Array(WIDTH) };
        rows.set(key, row);
      }
      addAmounts(row.sums, amounts);
    }
  }

  rows(): RollupRow[] {
    const rows: RollupRow[] = [];
    for (const { of, rows: buckets } of this.#byCut()) {
      const wider = new Map<string, RollupRow>();
      for (const { bucket, dayStart, sums } of buckets.values()) {
        if (bucket >= this.#minutesSince) rows.push({ ...of, resolution: "minute", bucket, group: -1, sums });
        addRow(wider, of, "hour", bucket - (bucket % HOUR_MS), sums);
        addRow(wider, of, "day", dayStart, sums);
      }
      rows.push(...wider.values());
    }
    for (const { of, rows: groups } of this.#groups.values()) {
      for (const { dayStart, group, sums } of groups.values()) {
        rows.push({ ...of, resolution: "group", bucket: dayStart, group, sums });
      }
    }
    return rows;
  }

  #byCut(): Iterable<OfCut<Bucket>> {
    const cuts = new PerCut<OfCut<Bucket>>((of) => ({ of, rows: new Map() }));
    for (const [part, buckets] of this.#parts) {
      for (const { bucket, dayStart, sums } of buckets.values()) {
        for (const { rows } of cuts.of(part)) addSums(bucketOf(rows, bucket, dayStart).sums, sums);
      }
    }
    return cuts.values();
  }
}

function bucketOf(buckets: Map<number, Bucket>, bucket: number, dayStart: number): Bucket {
  const known = buckets.get(bucket / MINUTE_MS);
  if (known) return known;
  const made = { bucket, dayStart, sums: new Float64Array(WIDTH) };
  buckets.set(bucket / MINUTE_MS, made);
  return made;
}

function addRow(
  rows: Map<string, RollupRow>,
  of: OneCut,
  resolution: "hour" | "day",
  bucket: number,
  sums: Float64Array,
): void {
  const key = resolution + bucket;
  let row = rows.get(key);
  if (!row) {
    row = { ...of, resolution, bucket, group: -1, sums: new Float64Array(WIDTH) };
    rows.set(key, row);
  }
  addSums(row.sums, sums);
}

function addSums(to: Float64Array, sums: Float64Array): void {
  for (let index = 0; index < WIDTH; index++) to[index] = (to[index] ?? 0) + (sums[index] ?? 0);
}

function addAmounts(sums: Float64Array, amounts: Amounts): void {
  for (let at = 0; at < amounts.length; at += 2) {
    const index = amounts[at] ?? 0;
    sums[index] = (sums[index] ?? 0) + (amounts[at + 1] ?? 0);
  }
}
