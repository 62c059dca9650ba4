import type { Pool } from "pg";
import { DAY_MS } from "#lib/core/time.ts";

const utcDay = (at: number) => new Date(at).toISOString().slice(0, 10);

/** Makes the raw tables' days for events whose ids are of [from, to] (epoch ms); a history needs more than upkeep makes. */
export async function makeRoomFor(pool: Pool, from: number, to: number): Promise<void> {
  await pool.query("select telemetry.ensure_partitions($1::date, $2::date)", [utcDay(from - DAY_MS), utcDay(to)]);
}
