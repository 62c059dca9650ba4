import { expBucketIndex } from "#lib/core/stats/exp-bucket.ts";
import { HOUR_MS, MINUTE_MS } from "#lib/core/time.ts";
import type { Part } from "./about.ts";
import { type OneCut, PerCut } from "./per-cut.ts";

const SCALE = 5;
/** Bins are kept as 16-bit numbers. The lowest stands for 0 as well: it begins at 2^-1024. */
export const LOWEST_BIN = -32_768;

/** The bin of a latency (milliseconds): `expBucketIndex` at scale 5, where what that counts as zero falls into the lowest. */
export function latencyBin(ms: number): number {
  const [index] = expBucketIndex({ scale: SCALE, values: [ms] }).index;
  return Math.max(LOWEST_BIN, index ?? LOWEST_BIN);
}

/** Bins to a row of `telemetry.latency_block`: at scale 5, one power of two. */
export const BLOCK = 2 ** SCALE;

export type BlockRow = {
  resolution: "minute" | "hour" | "day";
  feature: string;
  cut: string;
  bucket: number;
  release: string;
  arm: string;
  block: number;
  /** Of each bin of the block. */
  counts: Float64Array;
};

/** Bins of one minute, by block. */
type Minute = { bucket: number; dayStart: number; blocks: Map<number, Float64Array> };
type CutLatencies = { of: OneCut; minutes: Map<number, Minute> };

/** Latencies of a batch by bin: minutes while it is read, hours and days from the minutes at the end. No cohorts and dimensions. */
export class LatencySums {
  readonly #cuts = new PerCut<CutLatencies>(
    (of) => ({ of, minutes: new Map() }),
    (cut) => cut === "" || cut.startsWith("scenario:"),
  );

  /** `dayStart`: of the day in the organisation's zone, epoch ms. */
  add(part: Part, at: number, dayStart: number, ms: number): void {
    const bin = latencyBin(ms);
    const block = Math.floor(bin / BLOCK);
    const bucket = at - (at % MINUTE_MS);
    for (const { minutes } of this.#cuts.of(part)) {
      let minute = minutes.get(bucket / MINUTE_MS);
      if (!minute) {
        minute = { bucket, dayStart, blocks: new Map() };
        minutes.set(bucket / MINUTE_MS, minute);
      }
      let counts = minute.blocks.get(block);
      if (!counts) {
        counts = new Float64Array(BLOCK);
        minute.blocks.set(block, counts);
      }
      const place = bin - block * BLOCK;
      counts[place] = (counts[place] ?? 0) + 1;
    }
  }

  /** Minutes only of all traffic of a feature. */
  rows(): BlockRow[] {
    const rows: BlockRow[] = [];
    for (const { of, minutes } of this.#cuts.values()) {
      const wider = new Map<string, BlockRow>();
      for (const { bucket, dayStart, blocks } of minutes.values()) {
        for (const [block, counts] of blocks) {
          if (of.cut === "") rows.push({ ...of, resolution: "minute", bucket, block, counts });
          addRow(wider, { ...of, resolution: "hour", bucket: bucket - (bucket % HOUR_MS), block, counts });
          addRow(wider, { ...of, resolution: "day", bucket: dayStart, block, counts });
        }
      }
      rows.push(...wider.values());
    }
    return rows;
  }
}

function addRow(rows: Map<string, BlockRow>, { counts, ...row }: BlockRow): void {
  const key = `${row.resolution}${row.bucket} ${row.block}`;
  const sum = rows.get(key)?.counts;
  if (sum) for (let index = 0; index < BLOCK; index++) sum[index] = (sum[index] ?? 0) + (counts[index] ?? 0);
  else rows.set(key, { ...row, counts: counts.slice() });
}
