import { expect, test } from "vitest";
import { createPool } from "#lib/db/pool.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { aDecision, describeTelemetryStore } from "../contract.ts";
import { postgresAggregates } from "./aggregates.ts";
import { postgresSink } from "./sink.ts";

const { pool } = await testDatabase();
const environment = "0199a000-0000-7000-8000-0000000000ee";

describeTelemetryStore("PostgreSQL", { sink: postgresSink(pool), source: postgresAggregates(pool) });

test("a value the database refuses costs its own event, not its batch", async () => {
  const bad = aDecision(Date.now(), { instance: "half a \u0000 text" });
  const states = await postgresSink(pool).append(environment, [aDecision(Date.now()), bad, aDecision(Date.now())]);
  expect(states).toEqual(["stored", "refused", "stored"]);
});

test("a database that is away is said to be away", async () => {
  const away = createPool("postgresql://nobody:nothing@127.0.0.1:1/none");
  await expect(postgresSink(away).append(environment, [aDecision(Date.now())])).rejects.toMatchObject({
    code: "unavailable",
  });
  await away.end();
});

test("partitions older than asked are dropped, the last eight days never", async () => {
  const names = async () =>
    (
      await pool.query<{ name: string }>(
        "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'telemetry.decision'::regclass",
      )
    ).rows.length;
  await pool.query("select telemetry.ensure_partitions((now() - interval '40 days')::date, now()::date)");
  const before = await names();
  await postgresSink(pool).upkeep(new Date(), 30);
  expect(await names()).toBeLessThan(before);
  await postgresSink(pool).upkeep(new Date(), 0);
  expect(await names()).toBeGreaterThanOrEqual(8);
});
