import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import pg from "pg";
import { beforeEach, expect, test, vi } from "vitest";
import { slotsOf } from "#lib/core/metrics/slots.ts";
import { MINUTE_MS } from "#lib/core/time.ts";
import { createPool } from "#lib/db/pool.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { createCohort, createEnvironment, createFeature, createScenario } from "#lib/testing/factories.ts";
import { aDecision, aSignal } from "../contract.ts";
import { SIGNAL_WAIT_MS } from "../event-sink.ts";
import { dumpRollups } from "./dump-rollups.ts";
import { postgresSink } from "./sink.ts";
import { inTurn } from "./transaction.ts";

const { pool, db, appUrl, ownerUrl } = await testDatabase();
const sink = postgresSink(pool);
/** A whole minute some hours ago. */
const start = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 6 * 3_600_000;
const minute = (count: number) => start + count * MINUTE_MS;

let environment = "";
beforeEach(() => {
  environment = randomUUID();
});

/** Connections that wait for a second at most. */
function impatientPool(): pg.Pool {
  const url = new URL(appUrl);
  url.searchParams.set("options", "-c statement_timeout=1000 -c role=evenkeel_app -c timezone=UTC");
  return new pg.Pool({ connectionString: url.href, max: 1 });
}

/** A measure by minutes after `start`, of one cut of the feature; minutes without any are left out. */
async function byMinute(measure: string, cut = ""): Promise<Record<number, number>> {
  const { rows } = await pool.query<{ bucket: Date; n: number }>(
    `select bucket, sum(${measure}) as n from telemetry.rollup
     where environment_id = $1 and feature = 'reply-assistant' and resolution = 'minute' and cut = $2 group by bucket having sum(${measure}) <> 0`,
    [environment, cut],
  );
  return Object.fromEntries(rows.map(({ bucket, n }) => [(bucket.getTime() - start) / MINUTE_MS, n]));
}

test("a task counts where its first decision was, and moves there when that comes last", async () => {
  const task = (at: number, scenario: string) => aDecision(minute(at), { task: "t", scenarios: [scenario] });
  await sink.append(environment, [task(5, "billing"), task(7, "billing")]);
  expect(await byMinute("tasks", "scenario:billing")).toEqual({ 5: 1 });
  await sink.append(environment, [task(2, "shipping")]);
  expect(await byMinute("tasks", "scenario:billing")).toEqual({});
  expect(await byMinute("tasks", "scenario:shipping")).toEqual({ 2: 1 });
  expect(await byMinute("repeats", "scenario:shipping")).toEqual({ 2: 2 });
  expect(await byMinute("repeats")).toEqual({ 2: 2 });
});

test("a task is a loop from its third regeneration on, whichever of its decisions they were said of", async () => {
  const decisions = [minute(1), minute(3)].map((at) => aDecision(at, { task: "t" }));
  const again = (at: number, about: number) =>
    aSignal(minute(at), { kind: "regenerated", decisionId: decisions[about]?.id });
  await sink.append(environment, [...decisions, again(2, 0), again(4, 1)]);
  expect(await byMinute("regenerate_loops")).toEqual({});
  await sink.append(environment, [again(5, 1)]);
  expect(await byMinute("regenerate_loops")).toEqual({ 1: 1 });
  expect(await byMinute("s_regenerated")).toEqual({ 2: 1, 4: 1 });
});

test("an output that was edited twice is one edited output, in the minute of the first edit, whenever that is heard of", async () => {
  const decision = aDecision(minute(0));
  const edited = (at: number, value: number) => aSignal(minute(at), { kind: "edited", decisionId: decision.id, value });
  await sink.append(environment, [decision, edited(9, 10)]);
  await sink.append(environment, [edited(4, 20)]);
  expect(await byMinute("s_edited", "scenario:billing")).toEqual({ 4: 1 });
  expect(await byMinute("correction_s")).toEqual({ 4: 20, 9: 10 });
  await sink.append(environment, [edited(6, 30)]);
  expect(await byMinute("s_edited")).toEqual({ 4: 1 });
  expect(await byMinute("signals")).toEqual({ 4: 1, 6: 1, 9: 1 });
});

test("a signal that waited is counted once its decision is there, in its own minute; one that waited in vain is not", async () => {
  const decision = aDecision(minute(3), { cohorts: ["region-de"] });
  await sink.append(environment, [
    aSignal(minute(1), { kind: "accepted", decisionId: decision.id }),
    aSignal(minute(1), { kind: "accepted", decisionId: aDecision(minute(0)).id, feature: "reply-assistant" }),
  ]);
  expect(await byMinute("signals")).toEqual({});
  await sink.append(environment, [decision]);
  await sink.settleSignals(new Date());
  await sink.settleSignals(new Date(Date.now() + SIGNAL_WAIT_MS + MINUTE_MS));
  await sink.settleSignals(new Date());
  expect(await byMinute("s_accepted", "cohort:region-de")).toEqual({ 1: 1 });
  expect(await byMinute("signals")).toEqual({ 1: 1 });
});

test("an environment that can not be settled keeps no other waiting, and loses none of its own", async () => {
  const [busy, other] = [environment, randomUUID()];
  const early = async (of: string) => {
    const decision = aDecision(minute(1));
    const never = aSignal(minute(2), { decisionId: aDecision(minute(0)).id });
    await sink.append(of, [aSignal(minute(2), { decisionId: decision.id }), never]);
    await sink.append(of, [decision]);
  };
  await Promise.all([busy, other].map(early));
  const states = async (of: string) =>
    (
      await pool.query<{ attribution: string }>(
        "select attribution from telemetry.signal where environment_id = $1 order by attribution",
        [of],
      )
    ).rows.map(({ attribution }) => attribution);
  const impatient = impatientPool();
  const late = new Date(Date.now() + SIGNAL_WAIT_MS + MINUTE_MS);
  const turn = new EventEmitter();
  const taken = once(turn, "taken");
  const hold = () => {
    turn.emit("taken");
    return once(turn, "over");
  };
  const holding = inTurn(pool, busy, hold, async () => {});
  await taken;
  await expect(postgresSink(impatient).settleSignals(late)).rejects.toThrow();
  expect(await states(other)).toEqual(["decision", "unattributed"]);
  expect(await states(busy)).toEqual(["waiting", "waiting"]);
  turn.emit("over");
  await holding;
  await postgresSink(impatient).settleSignals(late);
  expect(await states(busy)).toEqual(["decision", "unattributed"]);
  await impatient.end();
});

test("the first 50 values of a dimension are told apart, all others are one", async () => {
  const decisions = Array.from({ length: 60 }, (_, index) =>
    aDecision(minute(0), { dimensions: { customer: index, plan: "pro" } }),
  );
  await sink.append(environment, decisions.slice(0, 30));
  await sink.append(environment, decisions.slice(30));
  await postgresSink(pool).append(
    environment,
    decisions.map(({ id }) => aSignal(minute(0), { kind: "shown", decisionId: id })),
  );
  expect(await byMinute("decisions", "dimension:customer=(other)")).toEqual({ 0: 10 });
  expect(await byMinute("s_shown", "dimension:customer=(other)")).toEqual({ 0: 10 });
  expect(await byMinute("s_shown", "dimension:customer=49")).toEqual({ 0: 1 });
  expect(await byMinute("decisions", "dimension:plan=pro")).toEqual({ 0: 60 });
});

test("the first 200 scenarios and cohorts of a feature are told apart, all others are one", async () => {
  const many = (name: string, from: number) => Array.from({ length: 20 }, (_, index) => `${name}-${from + index}`);
  const batches = Array.from({ length: 12 }, (_, batch) =>
    aDecision(minute(0), { scenarios: many("ticket", batch * 20), cohorts: many("person", batch * 20) }),
  );
  for (const decision of batches) await sink.append(environment, [decision]);
  expect(await byMinute("decisions", "scenario:ticket-199")).toEqual({ 0: 1 });
  expect(await byMinute("decisions", "scenario:(other)")).toEqual({ 0: 2 });
  expect(await byMinute("decisions", "cohort:(other)")).toEqual({ 0: 2 });
  expect(await byMinute("decisions", "scenario:ticket-200")).toEqual({});
});

test("a scenario or a cohort that is declared is told apart, whatever hosts sent before", async () => {
  const { id } = await createEnvironment(db);
  environment = id;
  const { id: featureId } = await createFeature(db, { key: "reply-assistant" });
  const tickets = Array.from({ length: 300 }, (_, n) =>
    aDecision(minute(0), { scenarios: [`ticket-${n}`], cohorts: [`person-${n}`] }),
  );
  const named = (at: number) =>
    aDecision(minute(at), { scenarios: ["refunds", "closed"], cohorts: ["german", "other"] });
  await sink.append(environment, [...tickets, named(0)]);
  await createScenario(db, featureId, { key: "refunds" });
  await createScenario(db, featureId, { key: "closed", archivedAt: new Date() });
  await createCohort(db, environment, { kind: "all", of: [] }, "german");
  await createCohort(db, (await createEnvironment(db)).id, { kind: "all", of: [] }, "other");
  // At once by who has not asked yet, soon by who has.
  await postgresSink(pool).append(environment, [named(1)]);
  const now = performance.now();
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now + 11_000);
  for (const at of [2, 3]) await sink.append(environment, [named(at), ...(at === 2 ? [] : [aSignal(minute(3))])]);
  clock.mockRestore();
  for (const cut of ["scenario:refunds", "cohort:german"]) {
    expect(await byMinute("decisions", cut)).toEqual({ 1: 1, 2: 1, 3: 1 });
  }
  for (const cut of ["scenario:closed", "cohort:other"]) expect(await byMinute("decisions", cut)).toEqual({});
  expect(await byMinute("decisions", "scenario:(other)")).toEqual({ 0: 101, 1: 1, 2: 1, 3: 1 });
});

test("a signal that has the id of a decision, by chance or by a careless host, is counted where it belongs", async () => {
  const decision = aDecision(minute(0));
  const direct = aSignal(minute(1), { id: decision.id, feature: "tagger", kind: "manual-path" });
  await sink.append(environment, [decision, direct, aSignal(minute(2), { decisionId: decision.id })]);
  expect(await byMinute("s_manual_path")).toEqual({});
  expect(await byMinute("s_edited", "scenario:billing")).toEqual({ 2: 1 });
});

test("a batch that takes longer than a statement may is stored in parts, once", async () => {
  const owner = createPool(ownerUrl, { max: 1, limited: false });
  await owner.query(`create function telemetry.dawdle() returns trigger language plpgsql as 'begin perform pg_sleep(0.004); return new; end';
    create trigger dawdle before insert on telemetry.decision for each row when (new.instance = 'slow') execute function telemetry.dawdle()`);
  await owner.end();
  const impatient = impatientPool();
  const decisions = Array.from({ length: 400 }, (_, index) => aDecision(minute(index % 5), { instance: "slow" }));
  expect((await impatient.query("show statement_timeout")).rows).toEqual([{ statement_timeout: "1s" }]);
  const states = await postgresSink(impatient).append(environment, decisions);
  await impatient.end();
  expect(new Set(states)).toEqual(new Set(["stored"]));
  expect(await byMinute("decisions")).toEqual({ 0: 80, 1: 80, 2: 80, 3: 80, 4: 80 });
});

test("while no room can be made for a day, its events are to be kept; none of them is refused", async () => {
  const owner = createPool(ownerUrl, { max: 1, limited: false });
  const longAgo = Date.now() - 6 * 24 * 60 * MINUTE_MS;
  const day = new Date(longAgo).toISOString().slice(0, 10).replaceAll("-", "");
  for (const table of ["decision", "signal", "sample", "first_signal"])
    await owner.query(`drop table telemetry.${table}_${day}`);
  // As a dump of the database holds it.
  await owner.query("begin; lock table telemetry.decision in access share mode");
  const impatient = impatientPool();
  const [events, store] = [[aDecision(longAgo), aDecision(longAgo)], postgresSink(impatient)];
  await expect(store.append(environment, events)).rejects.toMatchObject({ code: "unavailable" });
  await owner.query("rollback");
  expect(await store.append(environment, events)).toEqual(["stored", "stored"]);
  await Promise.all([impatient.end(), owner.end()]);
});

test("where clocks go back at midnight a day begins at the first of its two midnights, for the store as for charts", async () => {
  const zone = "Atlantic/Azores";
  const span = { from: Date.parse("2026-10-24T12:00:00Z"), to: Date.parse("2026-10-26T12:00:00Z") };
  const days = slotsOf(span, "day", zone);
  await pool.query("select telemetry.ensure_partitions('2026-10-23', '2026-10-27')");
  const moments = days.flatMap(({ at, until }) => [at, at + 30 * MINUTE_MS, until - 1]);
  await postgresSink(pool, async () => zone).append(
    environment,
    moments.map((at) => aDecision(at)),
  );
  const { rows } = await pool.query<{ bucket: Date; decisions: number }>(
    "select bucket, decisions from telemetry.rollup where environment_id = $1 and feature = '*' and resolution = 'day' order by bucket",
    [environment],
  );
  expect(rows).toEqual(days.map(({ at }) => ({ bucket: new Date(at), decisions: 3 })));
});

test("of two events with one id the first is the one that is stored and counted", async () => {
  const decision = aDecision(minute(0));
  const states = await sink.append(environment, [decision, { ...decision, at: new Date(minute(9)).toISOString() }]);
  expect(states).toEqual(["stored", "duplicate"]);
  await sink.append(environment, [{ ...decision, scenarios: ["shipping"] }]);
  expect(await byMinute("decisions")).toEqual({ 0: 1 });
  expect(await byMinute("decisions", "scenario:shipping")).toEqual({});
});

test("a poisoned event costs itself: the others are counted once", async () => {
  const good = Array.from({ length: 9 }, () => aDecision(minute(1)));
  const bad = aDecision(minute(1), { model: "half a \u0000 text" });
  const states = await sink.append(environment, [...good.slice(0, 4), bad, ...good.slice(4)]);
  expect(states.flatMap((state, index) => (state === "refused" ? [index] : []))).toEqual([4]);
  expect(await byMinute("decisions")).toEqual({ 1: 9 });
});

test("names that are too long for an index together cost their own event", async () => {
  const long = (step: number) =>
    String.fromCodePoint(...Array.from({ length: 200 }, (_, i) => 0x4e00 + ((i * step) % 20_000)));
  const names = { feature: long(7919), release: long(7927), arm: long(7933), dimensions: { [long(7937)]: long(7949) } };
  const [first, last] = [aDecision(minute(1)), aDecision(minute(1))];
  const states = await sink.append(environment, [first, aDecision(minute(1), names), last]);
  expect(states).toEqual(["stored", "refused", "stored"]);
  expect(await byMinute("decisions")).toEqual({ 1: 2 });
});

test("many senders of several processes, each batch sent twice: everything is counted once", async () => {
  const other = createPool(appUrl, { max: 4 });
  const sinks = [sink, postgresSink(other)];
  const batches = Array.from({ length: 12 }, (_, batch) =>
    Array.from({ length: 40 }, (_, index) =>
      aDecision(minute(index % 5), {
        userHash: (batch * 40 + index).toString(16).padStart(32, "0"),
        task: `t-${index}`,
      }),
    ),
  );
  const sent = [...batches, ...batches.toReversed()].map((batch, index) =>
    sinks[index % 2]?.append(environment, batch),
  );
  const states = (await Promise.all(sent)).flat();
  await other.end();
  expect(states.filter((state) => state === "stored")).toHaveLength(480);
  expect(await byMinute("decisions")).toEqual({ 0: 96, 1: 96, 2: 96, 3: 96, 4: 96 });
  const sums = await Promise.all(["tasks", "repeats"].map((measure) => byMinute(measure)));
  expect(sums.map((by) => Object.values(by).reduce((sum, n) => sum + n, 0))).toEqual([40, 440]);
});

test("days are dropped and signals settled while batches come: nobody waits in a circle", async () => {
  const other = createPool(appUrl, { max: 6 });
  const { rows } = await pool.query<{ n: string }>(
    "select deadlocks as n from pg_stat_database where datname = current_database()",
  );
  await pool.query(
    "select telemetry.ensure_partitions((now() - interval '60 days')::date, (now() - interval '31 days')::date)",
  );
  const decisions = Array.from({ length: 30 }, (_, index) => aDecision(minute(index % 5)));
  const dropped = [50, 40, 30].reduce(
    (before, days) => before.then(() => sink.upkeep(new Date(), days)),
    Promise.resolve(),
  );
  const sent = decisions.flatMap((decision) => [
    sink.append(environment, [aSignal(minute(5), { kind: "edited", decisionId: decision.id })]),
    postgresSink(other).append(environment, [decision]),
    sink.settleSignals(new Date()),
  ]);
  await Promise.all([dropped, ...sent]);
  await sink.settleSignals(new Date());
  await other.end();
  expect(await byMinute("decisions")).toEqual({ 0: 6, 1: 6, 2: 6, 3: 6, 4: 6 });
  expect(await byMinute("s_edited")).toEqual({ 5: 30 });
  const after = await pool.query<{ n: string }>(
    "select deadlocks as n from pg_stat_database where datname = current_database()",
  );
  expect(after.rows).toEqual(rows);
});

test("a connection that is lost half-way leaves nothing, and the same batch sent again is counted once", async () => {
  const lost = createPool(appUrl, { max: 1, name: "to be lost" });
  const decision = aDecision(minute(0), { userHash: "0a".repeat(16), task: "t" });
  const batch = [decision, aSignal(minute(1), { kind: "edited", decisionId: decision.id, value: 3 })];
  const blocker = await pool.connect();
  await blocker.query("begin; lock table telemetry.rollup in access exclusive mode");
  const appended = postgresSink(lost).append(environment, batch);
  const failed = expect(appended).rejects.toMatchObject({ code: "unavailable" });
  const waiting = "select pid from pg_stat_activity where application_name = 'to be lost' and wait_event_type = 'Lock'";
  await expect.poll(async () => (await pool.query(waiting)).rows.length).toBe(1);
  await pool.query(`select pg_terminate_backend(pid) from (${waiting}) w`);
  await failed;
  await blocker.query("rollback");
  blocker.release();
  expect(Object.values(await dumpRollups(pool, environment)).flat()).toEqual([]);
  expect(await postgresSink(lost).append(environment, batch)).toEqual(["stored", "stored"]);
  const once = await dumpRollups(pool, environment);
  expect(await postgresSink(lost).append(environment, batch)).toEqual(["duplicate", "duplicate"]);
  expect(await dumpRollups(pool, environment)).toEqual(once);
  await lost.end();
});
