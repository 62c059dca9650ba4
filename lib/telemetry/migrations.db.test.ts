import { randomUUID } from "node:crypto";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { runSqlMigrations } from "#lib/db/migrate-sql.ts";
import { testDatabase } from "#lib/testing/database.ts";

const { ownerUrl } = await testDatabase();
const FOLDER = join(import.meta.dirname, "migrations");
const owner = new pg.Client({ connectionString: ownerUrl });
let environment = "";

/** Brings the schema to what it was before a file, empty. */
async function before(file: string): Promise<void> {
  const earlier = await mkdtemp(join(tmpdir(), "migrations-"));
  for (const name of await readdir(FOLDER)) if (name < file) await cp(join(FOLDER, name), join(earlier, name));
  await owner.query("drop schema telemetry cascade");
  await runSqlMigrations(owner, "telemetry", earlier);
  await rm(earlier, { recursive: true });
}
const upgrade = () => runSqlMigrations(owner, "telemetry", FOLDER);

beforeAll(() => owner.connect());
afterAll(() => owner.end());
beforeEach(() => {
  environment = randomUUID();
});

/** A day of a user ("off", "on": how they left the switch), and what was counted of a day, as a version before stored them. */
async function userDay(user: string, day: string, left: "off" | "on" | null = null): Promise<void> {
  await owner.query("insert into telemetry.user_day values ($1, 'f', $2, $3, true, $4, $5)", [
    ...[environment, user.repeat(16), day],
    ...[left === null ? null : new Date(`${day}T12:00:00Z`), left === "off"],
  ]);
}
async function dayCounted(day: string, users: number, fresh: number): Promise<void> {
  await owner.query(
    "insert into telemetry.user_count (environment_id, feature, day, users_1, new_users) values ($1, 'f', $2, $3, $4)",
    [environment, day, users, fresh],
  );
}

test("who was counted before stays counted, and who had kept it switched on is told from the days that are left", async () => {
  await before("0012_who_met_it.sql");
  for (const user of ["0a", "0b", "0c", "0d"]) await userDay(user, "2026-03-01");
  await userDay("0a", "2026-03-05", "off");
  await userDay("0b", "2026-03-15", "off");
  await userDay("0b", "2026-03-16", "on");
  await userDay("0c", "2026-03-16", "off");
  await userDay("0d", "2026-03-04", "off");
  await userDay("0d", "2026-03-06", "on");
  await dayCounted("2026-03-01", 4, 4);
  await upgrade();
  const { rows } = await owner.query("select new_users, kept_on, used_or_switched from telemetry.user_count");
  expect(rows).toEqual([{ new_users: "4", kept_on: "2", used_or_switched: "4" }]);
  expect((await owner.query("select from telemetry.user_day where not met")).rowCount).toBe(0);
});

test("where the first days of people are gone, those who seem to be new on the oldest that are left are not taken for it", async () => {
  await before("0012_who_met_it.sql");
  await userDay("0a", "2026-03-01", "off");
  await userDay("0b", "2026-03-29", "off");
  await dayCounted("2026-02-01", 1, 1);
  await dayCounted("2026-03-01", 1, 1);
  await dayCounted("2026-03-29", 1, 1);
  await upgrade();
  const { rows } = await owner.query("select kept_on from telemetry.user_count order by day");
  expect(rows.map((row) => row.kept_on)).toEqual(["1", "1", "0"]);
});

test("what is divided now was counted before as it was then: an answer once, and every AI answer as one that told its tokens where any did", async () => {
  await before("0013_counted_alike.sql");
  const columns = [
    "ai",
    "tokens_in",
    "s_audited",
    "audited_misleading",
    "s_moderated",
    "s_reviewed",
    "false_positives",
  ];
  const rows = [
    [10, 500, 3, 1, 0, 2, 0],
    [0, 7, 1, 2, 1, 1, 3],
    [10, 0, 0, 0, 0, 0, 0],
  ];
  for (const [minute, row] of rows.entries()) {
    await owner.query(
      `insert into telemetry.rollup (environment_id, resolution, feature, cut, bucket, release, arm, ${columns.join(", ")})
       values ($1, 'hour', 'f', '', to_timestamp($2), 'r', 'a', $3, $4, $5, $6, $7, $8, $9)`,
      [environment, minute * 3600, ...row],
    );
  }
  await upgrade();
  const { rows: now } = await owner.query(
    "select tokens_n, audits, moderations, reviews from telemetry.rollup order by bucket",
  );
  expect(now.map((row) => Object.values(row))).toEqual([
    [10, 3, 0, 2],
    [1, 2, 1, 2],
    [0, 0, 0, 0],
  ]);
});
