import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { SIGNAL_KINDS } from "#lib/core/events/signal-kinds.ts";
import { DAY_MS, HOUR_MS } from "#lib/core/time.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { aDecision, aSignal } from "../contract.ts";
import type { SinkDecision, SinkEvent } from "../event-sink.ts";
import { dumpRollups } from "./dump-rollups.ts";
import { postgresSink } from "./sink.ts";

const { pool } = await testDatabase();
await pool.query("select telemetry.ensure_partitions('2025-10-15', '2025-11-09')");
/** The clocks of Berlin go back within these days, and the first two weeks of some people end. */
const FIRST = Date.parse("2025-10-17T00:00:00Z");
const DAYS = 21;

/** Few of everything, so that they meet. */
const user = fc.constantFrom("0a".repeat(16), "7f".repeat(16), "f0".repeat(16), undefined);
const moment = fc.integer({ min: 0, max: DAYS * 48 }).map((half) => FIRST + half * (HOUR_MS / 2) + 1);
const decision = fc
  .record({
    at: moment,
    userHash: user,
    feature: fc.constantFrom("reply-assistant", "tagger", null),
    scenarios: fc.subarray(["billing", "shipping"]),
    cohorts: fc.subarray(["region-de"]),
    dimensions: fc.constantFrom<SinkDecision["dimensions"][]>(
      {},
      { channel: "mail" },
      { channel: "chat", urgent: true },
    ),
    release: fc.constantFrom("r-1", "r-2", null),
    arm: fc.constantFrom("current", "candidate"),
    task: fc.constantFrom("t-1", "t-2", undefined),
    initiatedBy: fc.constantFrom("user" as const, "system" as const),
    served: fc.constantFrom("primary" as const, "secondary" as const, "manual" as const),
    latencyMs: fc.constantFrom(0, 800, 801, 5000, null),
    costUsd: fc.constantFrom(0.25, 0.5, null),
    controls: fc.constantFrom<string[][]>([], ["control-1"]),
  })
  .map(({ at, ...about }) => aDecision(at, about));

const signal = (decisions: readonly SinkDecision[]) =>
  fc
    .record({
      at: moment,
      about: fc.nat(decisions.length),
      kind: fc.constantFrom(...SIGNAL_KINDS, "regenerated", "regenerated", "turned-off", "turned-on"),
      value: fc.constantFrom(0.5, 40, undefined),
      userHash: user,
    })
    .map(({ at, about, userHash, ...fields }) => {
      const decisionId = decisions[about]?.id;
      return aSignal(at, { ...fields, ...(decisionId ? { decisionId } : { feature: "tagger", userHash }) });
    });

const history = fc
  .array(decision, { minLength: 5, maxLength: 30 })
  .chain((decisions) =>
    fc.record({ decisions: fc.constant(decisions), signals: fc.array(signal(decisions), { maxLength: 30 }) }),
  )
  .chain(({ decisions, signals }) => {
    const events: SinkEvent[] = [...decisions, ...signals];
    const order = fc.shuffledSubarray(events, { minLength: events.length });
    const again = fc.subarray(events, { maxLength: 5 });
    return fc.record({ events: fc.constant(events), order, again, size: fc.integer({ min: 1, max: 20 }) });
  });

/** Late by a quarter of an hour, some of them. */
const receivedAt = (event: SinkEvent) => Date.parse(event.at) + (event.id.endsWith("0") ? 900_000 : 1000);

async function stored(events: readonly SinkEvent[], size: number) {
  const sink = postgresSink(pool, async () => "Europe/Berlin");
  const environment = randomUUID();
  for (let at = 0; at < events.length; at += size) {
    await sink.append(environment, events.slice(at, at + size), { receivedAt });
  }
  await sink.settleSignals(new Date(FIRST));
  return dumpRollups(pool, environment);
}

test("the same events give the same figures, in whatever order, however often and in whatever batches they come", async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ events, order, again, size }) => {
      const inOrder = await stored(
        events.toSorted((a, b) => a.at.localeCompare(b.at)),
        1000,
      );
      expect(await stored([...order, ...again], size)).toEqual(inOrder);
    }),
    { numRuns: 25 },
  );
}, 120_000);

test("what comes alone is there in every table", async () => {
  const about = { userHash: "0a".repeat(16), task: "t-1", dimensions: { channel: "mail" }, controls: ["control-1"] };
  const made = aDecision(FIRST, about);
  const dump = await stored([made, aSignal(FIRST + DAY_MS, { decisionId: made.id })], 1);
  for (const [table, rows] of Object.entries(dump)) expect(rows.length, table).toBeGreaterThan(0);
});
