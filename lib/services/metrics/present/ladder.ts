import { RUNGS } from "#lib/core/metrics/rungs.ts";
import type { Slot } from "#lib/core/metrics/slots.ts";
import type { LadderPoint } from "../schema.ts";
import type { Row } from "./samples.ts";

/** On which rung decisions ended, bucket by bucket. `rows`: one a bucket; `reported`: starts of the buckets in which anybody reported. */
export function ladderOf(
  slots: readonly Slot[],
  rows: readonly Row[],
  reported: ReadonlySet<number>,
  now: number,
): LadderPoint[] {
  const known = new Map(rows.map(({ bucket, measures }) => [bucket, measures]));
  return slots.map(({ at, until }) => {
    const measures = known.get(at) ?? {};
    const counts = Object.fromEntries(RUNGS.map((rung) => [rung, measures[`served_${rung}`] ?? 0]));
    const state = until > now ? "unfinished" : reported.has(at) ? "full" : "gap";
    return { at, until, state, counts: counts as LadderPoint["counts"] };
  });
}
