import { expect, test } from "vitest";
import { getDb } from "#lib/db/client.ts";
import { aDecision } from "#lib/telemetry/contract.ts";
import { authenticate } from "./authenticate.ts";
import { noteDecisions } from "./note-decisions.ts";
import { apiEnvironment } from "./testing/api-environment.ts";

const api = await apiEnvironment();
const { token } = await api.makeKey("server");
const { pool, db } = api.database;

test("while exposures cannot be written, a flood of new people leaves the connections of a stop free", async () => {
  const ctx = await authenticate(getDb(), new Headers({ authorization: `Bearer ${token}` }), "r", "events.write");
  const met = (n: number) => {
    const userHash = n.toString(16).padStart(32, "0");
    return aDecision(Date.now(), { served: "primary", release: "r-current", userHash });
  };
  const slow = await pool.connect();
  await slow.query('begin; lock table "Exposure" in access exclusive mode');
  const flood = Promise.all(Array.from({ length: 40 }, (_, n) => noteDecisions(ctx, [met(2 * n), met(2 * n + 1)])));
  const waiting = async () =>
    (
      await pool.query(
        "select from pg_stat_activity where datname = current_database() and wait_event = 'relation' and query like '%\"Exposure\"%'",
      )
    ).rowCount ?? 0;
  while ((await waiting()) === 0) await new Promise((resolve) => setImmediate(resolve));
  const others = await Promise.all(Array.from({ length: 8 }, () => getDb().environment.count()));
  expect(others).toEqual(Array(8).fill(1));
  expect(await waiting()).toBe(1);
  await slow.query("commit");
  slow.release();
  await flood;
  expect(await db.exposure.count()).toBe(80);
});
