import type { Pool } from "pg";
import { MEASURES } from "#lib/core/metrics/measures.ts";
import { HISTORY_COUNTS } from "../rollup/user-history.ts";

/** Every table that a batch is counted in, with what makes a row of sums say something; null: every row does. */
const TABLES: readonly [table: string, sums: readonly string[] | null][] = [
  ["rollup", MEASURES],
  ["latency_bin", ["n"]],
  ["first_signal", null],
  ["task", null],
  ["user_day", null],
  ["user_count", HISTORY_COUNTS],
  ["release_user", null],
  ["release_seen", null],
  ["control_hour", null],
  ["instance_hour", null],
  ["dimension_value", null],
];

/** All that is counted of an environment, sorted, as one line a row: equal exactly when the counts are. Sums of 0 are left out; for tests. */
export async function dumpRollups(pool: Pool, environmentId: string): Promise<Record<string, string[]>> {
  const dumps = TABLES.map(async ([table, sums]) => {
    const says = sums === null ? "true" : sums.map((sum) => `${sum} <> 0`).join(" or ");
    const { rows } = await pool.query<{ line: string }>(
      `select (to_jsonb(t) - 'environment_id')::text as line from telemetry.${table} t where environment_id = $1 and (${says})`,
      [environmentId],
    );
    return [table, rows.map(({ line }) => line).sort()] as const;
  });
  return Object.fromEntries(await Promise.all(dumps));
}
