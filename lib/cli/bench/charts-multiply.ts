import type { Pool } from "pg";
import { MEASURES } from "#lib/core/metrics/measures.ts";
import { HISTORY_COUNTS } from "#lib/telemetry/rollup/user-history.ts";

/** Another id for the copy number `k`: one byte further. The first bytes of an id are its time, those of a pseudonym its group, and its last says whether it is in the sample. */
const copyOf = (column: string, byte: number) =>
  `encode(set_byte(uuid_send(${column}), ${byte}, (get_byte(uuid_send(${column}), ${byte}) + k) % 256), 'hex')::uuid`;

const COPIED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  decision: { id: copyOf("id", 15), user_hash: copyOf("user_hash", 8), task: "task || '#' || k" },
  signal: {
    id: copyOf("id", 15),
    decision_id: copyOf("decision_id", 15),
    user_hash: copyOf("user_hash", 8),
  },
  first_signal: { decision_id: copyOf("decision_id", 15) },
  task: { task: "task || '#' || k", first_id: copyOf("first_id", 15) },
  user_day: { user_hash: copyOf("user_hash", 8) },
  release_user: { user_hash: copyOf("user_hash", 8) },
};

const COUNTED: Readonly<Record<string, readonly string[]>> = {
  rollup: MEASURES,
  user_count: HISTORY_COUNTS,
  release_seen: ["users"],
  control_hour: ["decisions"],
  instance_hour: ["decisions"],
};

/**
 * Makes of everything that was counted `times` as much, as if so many times the users had done the same in the same moments: raw events, tasks and users are copied, and
 * what adds up is multiplied. All tables stay true to each other.
 */
export async function multiply(pool: Pool, times: number, say: (words: string) => void): Promise<void> {
  for (const [table, changed] of Object.entries(COPIED)) {
    const { rows } = await pool.query<{ name: string }>(
      "select attname as name from pg_attribute where attrelid = ('telemetry.' || $1)::regclass and attnum > 0 and not attisdropped order by attnum",
      [table],
    );
    const names = rows.map(({ name }) => name);
    const values = names.map((name) => changed[name] ?? name);
    const copied = await pool.query(
      `insert into telemetry.${table} (${names.join(", ")}) select ${values.join(", ")} from telemetry.${table}, generate_series(1, ${times - 1}) k`,
    );
    say(`${copied.rowCount} rows more in ${table}`);
  }
  for (const [table, columns] of Object.entries(COUNTED)) {
    await pool.query(
      `update telemetry.${table} set ${columns.map((column) => `${column} = ${column} * ${times}`).join(", ")}`,
    );
  }
  await pool.query(
    `update telemetry.latency_block set counts = array(select n * ${times} from unnest(counts) with ordinality as c(n, i) order by i)`,
  );
}
