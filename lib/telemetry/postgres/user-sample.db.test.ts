import { createHash, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { DAY_MS } from "#lib/core/time.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { postgresFigures } from "./figures.ts";

const { pool } = await testDatabase();
const figures = postgresFigures(pool, async () => "UTC");
const environment = randomUUID();
const from = Date.parse("2026-03-02T00:00:00Z");
const USERS = 6000;

/** The user days and their counts, without the events that they come from: there are too many of those. */
async function useFor(days: number): Promise<void> {
  const users = Array.from({ length: USERS }, (_, index) =>
    createHash("sha256").update(String(index)).digest("hex").slice(0, 32),
  );
  await pool.query(
    `insert into telemetry.user_day (environment_id, feature, user_hash, day, met, started)
     select $1, 'f', u, d::date, true, true from unnest($2::uuid[]) u, generate_series($3::date, $3::date + $4::int - 1, interval '1 day') d`,
    [environment, users, new Date(from), days],
  );
  await pool.query(
    `insert into telemetry.user_count (environment_id, feature, day, users_1, enter_7, enter_28)
     select environment_id, feature, day, count(*), 0, 0 from telemetry.user_day group by 1, 2, 3`,
  );
}

test("many users over no standard window are told from one in sixteen, and that is said", async () => {
  await useFor(5);
  const { users, exact } = await figures.users(environment, "f", { from, to: from + 5 * DAY_MS });
  expect(exact).toBe(false);
  // Four standard errors of a sample of 375: it is no sample of one group of users only.
  expect(Math.abs(users - USERS)).toBeLessThan(4 * Math.sqrt(USERS * 16));
});

test("the sample is found by its own index", async () => {
  const { rows } = await pool.query<{ "QUERY PLAN": string }>(
    `explain select distinct user_hash from telemetry.user_day
     where environment_id = $1 and feature = 'f' and day between $2::date and $3::date and get_byte(uuid_send(user_hash), 15) < 16`,
    [environment, new Date(from), new Date(from + DAY_MS)],
  );
  expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain("user_day_sample");
});
