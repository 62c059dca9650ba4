import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { DAY_MS } from "#lib/core/time.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { aDecision } from "./contract.ts";
import { dumpRollups } from "./postgres/dump-rollups.ts";
import { postgresSink } from "./postgres/sink.ts";

const { pool } = await testDatabase();
const sink = postgresSink(pool);

test("a worker whose clock is a year ahead removes nothing that is still of use", async () => {
  const environment = randomUUID();
  const about = { userHash: "0a".repeat(16), task: "t", controls: ["c"], dimensions: { channel: "mail" } };
  await sink.append(environment, [aDecision(Date.now(), about), aDecision(Date.now() - 6 * DAY_MS, about)]);
  const before = await dumpRollups(pool, environment);
  await sink.upkeep(new Date(Date.now() + 365 * DAY_MS), 30);
  expect(await dumpRollups(pool, environment)).toEqual(before);
});

test("pseudonyms of a release go 90 days after its last decision, their number stays; what controls did goes with the hours", async () => {
  const environment = randomUUID();
  const now = Date.now();
  const ago = (days: number) => new Date(now - days * DAY_MS);
  for (const [release, days] of [
    ["r-old", 91],
    ["r-new", 89],
  ] as const) {
    await pool.query(
      `insert into telemetry.release_seen (environment_id, feature, release, arm, first_at, last_at, users)
       values ($1, 'f', $2, 'current', $3, $4, 2)`,
      [environment, release, ago(200), ago(days)],
    );
    await pool.query(
      `insert into telemetry.release_user (environment_id, feature, release, arm, user_hash)
       select $1, 'f', $2, 'current', gen_random_uuid() from generate_series(1, 2)`,
      [environment, release],
    );
  }
  await pool.query(
    `insert into telemetry.control_hour (environment_id, control, feature, hour, decisions)
     select $1, 'c', 'f', hour, 1 from unnest($2::timestamptz[]) as hour`,
    [environment, [ago(181), ago(179)]],
  );
  await sink.upkeep(new Date(), 30);
  const rows = async (sql: string) => (await pool.query(sql, [environment])).rows;
  const users = "select release, count(*)::int as n from telemetry.release_user where environment_id = $1 group by 1";
  expect(await rows(users)).toEqual([{ release: "r-new", n: 2 }]);
  const counts = "select release, users::int from telemetry.release_seen where environment_id = $1 order by release";
  expect(await rows(counts)).toEqual([
    { release: "r-new", users: 2 },
    { release: "r-old", users: 2 },
  ]);
  expect(await rows("select hour from telemetry.control_hour where environment_id = $1")).toEqual([{ hour: ago(179) }]);
});

test("the application can neither delete events nor say what was migrated, and its temporary tables mislead no function", async () => {
  const refused = { code: "42501" };
  await pool.query("select telemetry.ensure_partitions((now() - interval '20 days')::date, now()::date)");
  const { rows: deletable } = await pool.query(
    `select relname from pg_class where relnamespace = 'telemetry'::regnamespace and relkind in ('r', 'p')
     and has_table_privilege('evenkeel_app', oid, 'DELETE, TRUNCATE')`,
  );
  expect(deletable).toEqual([]);
  await expect(pool.query("update telemetry.migrations set name = name")).rejects.toMatchObject(refused);
  await expect(pool.query("insert into telemetry.migrations values ('x', 'y')")).rejects.toMatchObject(refused);
  const { rows } = await pool.query<{ name: string; settings: string[] | null }>(
    "select proname as name, proconfig as settings from pg_proc where pronamespace = 'telemetry'::regnamespace and prosecdef",
  );
  expect(rows.map(({ name }) => name).sort()).toEqual(["drop_partitions", "drop_rollups", "ensure_partitions"]);
  for (const { name, settings } of rows)
    expect(settings, name).toEqual([expect.stringMatching(/^search_path=pg_catalog, .*pg_temp$/)]);
});
