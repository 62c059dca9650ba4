import { expect, test, vi } from "vitest";
import { POST as takeEvents } from "#app/api/v1/events/route.ts";
import { MAX_EVENTS } from "#lib/core/events/event.ts";
import { getDb } from "#lib/db/client.ts";
import { aDecision } from "#lib/telemetry/contract.ts";
import { ingestQueue } from "#lib/telemetry/store.ts";
import { authenticate } from "./authenticate.ts";
import { noteDecisions } from "./note-decisions.ts";
import { call } from "./testing/api-calls.ts";
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

test("while exposures cannot be written, what waits for them is bounded; who is told to come back loses none", async () => {
  await api.publish();
  const before = await db.exposure.count();
  const slow = await pool.connect();
  await slow.query('begin; lock table "Exposure" in access exclusive mode');
  const now = Date.now();
  const FULL = 20;
  let people = 1000;
  const batch = () =>
    Array.from({ length: MAX_EVENTS }, () => {
      const { source: _, ...event } = aDecision(now, { userHash: (people++).toString(16).padStart(32, "0") });
      return event;
    });
  const batches = Array.from({ length: FULL + 3 }, batch);
  const answered: { status: number; batch: object[] }[] = [];
  const send = async (body: object[]) => {
    const { status, headers } = await call(takeEvents, token, { body });
    if (status === 503) expect(headers.get("retry-after")).toBe("2");
    answered.push({ status, batch: body });
  };
  const sent = batches.slice(0, FULL).map(send);
  const stored = async () =>
    (await pool.query<{ n: number }>("select count(*)::int as n from telemetry.decision")).rows[0]?.n;
  await vi.waitFor(async () => expect(await stored()).toBe(FULL * MAX_EVENTS), { timeout: 60_000, interval: 200 });
  await Promise.all(batches.slice(FULL).map(send));
  expect(answered.map(({ status }) => status)).toEqual([503, 503, 503]);
  expect(ingestQueue().held).toBe(FULL * MAX_EVENTS);

  const again = answered.splice(0).map((each) => each.batch);
  await slow.query("commit");
  slow.release();
  await Promise.all(sent);
  await Promise.all(again.map(send));
  expect(answered.every(({ status }) => status === 202)).toBe(true);
  expect(await db.exposure.count()).toBe(before + batches.length * MAX_EVENTS);
  expect(ingestQueue().held).toBe(0);
}, 120_000);
