import { randomUUID } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { beforeEach, describe, expect, test } from "vitest";
import type { SampleEvent, SignalEvent } from "#lib/core/events/event.ts";
import { MINUTE_MS } from "#lib/core/time.ts";
import type { AggregateSource } from "./aggregate-source.ts";
import { type EventSink, SIGNAL_WAIT_MS, type SinkDecision } from "./event-sink.ts";

const EPOCH = "00000000-0000-4000-8000-00000000000a";

/** A UUIDv7 of a moment (epoch ms). */
export const idAt = (ms: number) => uuidv7({ msecs: ms });

/** A decision that was answered with AI, made `at` (epoch ms), with what the test cares about. */
export function aDecision(at: number, about: Partial<SinkDecision> = {}): SinkDecision {
  return {
    type: "decision",
    id: idAt(at),
    at: new Date(at).toISOString(),
    instance: "0199a000-0000-7000-8000-000000000001",
    feature: "reply-assistant",
    scenarios: ["billing"],
    cohorts: [],
    cohortsUnknown: [],
    release: "r-1",
    arm: "current",
    slot: 7,
    ruleset: { epoch: EPOCH, version: 5 },
    initiatedBy: "user",
    served: "primary",
    provider: "x",
    model: "x-large",
    mode: "autonomous",
    latencyMs: 800,
    safetyFiltered: false,
    controls: [],
    dimensions: {},
    source: "sdk",
    ...about,
  };
}

export function aSignal(at: number, about: Partial<SignalEvent> = {}): SignalEvent {
  return { type: "signal", id: idAt(at), at: new Date(at).toISOString(), kind: "edited", ...about };
}

function aSample(at: number, decisionId: string): SampleEvent {
  return { type: "sample", id: idAt(at), at: new Date(at).toISOString(), decisionId, input: "in", output: "out" };
}

/** What every store of telemetry must do; run it against each implementation. `environment` is a new one for each test. */
export function describeTelemetryStore(name: string, store: { sink: EventSink; source: AggregateSource }): void {
  const { sink, source } = store;
  const now = Date.now();
  const at = (minutesAgo: number) => now - minutesAgo * MINUTE_MS;
  let environment = "";
  beforeEach(() => {
    environment = randomUUID();
  });

  describe(`${name}: sink`, () => {
    test("stores each event once, whatever it comes with and however often", async () => {
      const decision = aDecision(at(1));
      const batch = [decision, aSignal(at(1), { decisionId: decision.id }), aSample(at(1), decision.id)];
      expect(await sink.append(environment, batch)).toEqual(["stored", "stored", "stored"]);
      expect(await sink.append(environment, [...batch, aDecision(at(1))])).toEqual([
        "duplicate",
        "duplicate",
        "duplicate",
        "stored",
      ]);
      const twice = aDecision(at(1));
      expect(await sink.append(environment, [twice, twice])).toEqual(["stored", "duplicate"]);
      expect((await source.traffic(environment, {}, new Date(now))).windowMs).toBeGreaterThan(0);
    });

    test("the same batch from many senders at once is stored once", async () => {
      const batch = Array.from({ length: 200 }, () => aDecision(at(2)));
      const answers = await Promise.all(
        [batch, batch.toReversed(), batch].map((events) => sink.append(environment, events)),
      );
      expect(answers.flat().filter((state) => state === "stored")).toHaveLength(200);
    });

    test("one environment's events are not another's, even with the same id", async () => {
      const decision = aDecision(at(1));
      await sink.append(environment, [decision]);
      expect(await sink.append(randomUUID(), [decision])).toEqual(["stored"]);
      expect((await source.aiPerHourByFeature(environment, new Date(now))).size).toBe(1);
      expect((await source.aiPerHourByFeature(randomUUID(), new Date(now))).size).toBe(0);
    });

    test("a signal that comes before its decision waits, and is settled when it came", async () => {
      const decision = aDecision(at(1));
      await sink.append(environment, [aSignal(at(0), { decisionId: decision.id })]);
      expect(await source.health(environment, new Date())).toMatchObject({ waiting: 1, unattributed: 0 });
      await sink.append(environment, [decision]);
      await sink.settleSignals(new Date());
      expect(await source.health(environment, new Date())).toMatchObject({ waiting: 0, unattributed: 0 });
    });

    test("a signal whose decision never came is kept as unattributed, and shown as such", async () => {
      await sink.append(environment, [
        aSignal(at(0), { decisionId: idAt(at(1)) }),
        aSignal(at(0), { feature: "reply-assistant" }),
      ]);
      await sink.settleSignals(new Date(Date.now() + SIGNAL_WAIT_MS + MINUTE_MS));
      expect(await source.health(environment, new Date())).toMatchObject({ waiting: 0, unattributed: 1 });
    });

    test("room is made for every day on which an event may come", async () => {
      await sink.upkeep(new Date(), 30);
      const week = [at(7 * 24 * 60 - 5), at(3 * 24 * 60), at(-23 * 60)].map((ms) => aDecision(ms));
      expect(await sink.append(environment, week)).toEqual(["stored", "stored", "stored"]);
    });
  });

  describe(`${name}: aggregates`, () => {
    test("nobody reported: not known, which is not zero", async () => {
      const unknown = { aiPerHour: null, peoplePerHour: null, unnamedPerHour: null, withoutValue: null };
      expect(await source.traffic(environment, {}, new Date(now))).toMatchObject(unknown);
      expect(await source.lastReportedAt(environment, null, new Date(now))).toBeNull();
    });

    test("counts AI decisions and people of the last hour in each scope", async () => {
      const users = ["a", "b", "a", "c"].map((letter) => letter.repeat(32));
      const billing = users.map((userHash) => aDecision(at(30), { userHash }));
      await sink.append(environment, [
        ...billing,
        aDecision(at(60) + 1, { scenarios: ["shipping"], model: "x-small", cohorts: ["region-de"] }),
        aDecision(at(30), { served: "template", model: null, provider: null }),
        aDecision(at(90)),
      ]);
      const traffic = (scope: object) => source.traffic(environment, scope, new Date(now));
      expect(await traffic({})).toMatchObject({ aiPerHour: 5, peoplePerHour: 3, unnamedPerHour: 1 });
      expect(await traffic({ feature: "reply-assistant", scenario: "billing" })).toMatchObject({
        ...{ aiPerHour: 4, peoplePerHour: 3, unnamedPerHour: 0 },
      });
      expect(await traffic({ model: "x-small" })).toMatchObject({
        aiPerHour: 1,
        peoplePerHour: null,
        unnamedPerHour: 1,
      });
      expect(await traffic({ provider: "y" })).toMatchObject({ aiPerHour: 0, peoplePerHour: 0 });
      expect(await traffic({ cohort: "region-de" })).toMatchObject({ aiPerHour: 1 });
      expect(await source.aiPerHourByFeature(environment, new Date(now))).toEqual(new Map([["reply-assistant", 5]]));
    });

    test("a decision that named no scenario counts in each of them, and its share is told", async () => {
      await sink.append(environment, [aDecision(at(59)), aDecision(at(30), { scenarios: [] })]);
      const traffic = await source.traffic(
        environment,
        { feature: "reply-assistant", scenario: "billing" },
        new Date(now),
      );
      expect(traffic).toMatchObject({ aiPerHour: 2, withoutValue: 0.5 });
    });

    test("a decision that carries no value for a cohort counts in it, as one of a span does, and its share is told", async () => {
      const cohortsUnknown = ["region-de"];
      await sink.append(environment, [
        aDecision(at(59), { cohorts: ["region-de"], userHash: "a".repeat(32) }),
        aDecision(at(30), { cohortsUnknown, userHash: "b".repeat(32) }),
        aDecision(at(30), { source: "otlp", ruleset: null, userHash: "c".repeat(32) }),
        aDecision(at(30), { cohorts: ["region-fr"], userHash: "d".repeat(32) }),
        aDecision(at(30), { feature: "tagger", cohortsUnknown }),
      ]);
      const traffic = (scope: object) => source.traffic(environment, scope, new Date(now));
      const german = { feature: "reply-assistant", cohort: "region-de" };
      expect(await traffic(german)).toMatchObject({ aiPerHour: 3, peoplePerHour: 3, withoutValue: 0.5 });
      expect(await traffic({ cohort: "region-de" })).toMatchObject({ aiPerHour: 4, withoutValue: 0.6 });
      expect(await traffic({ ...german, scenario: "billing" })).toMatchObject({ aiPerHour: 3, withoutValue: 0.5 });
      expect(await traffic({ ...german, scenario: "shipping" })).toMatchObject({ aiPerHour: 0, withoutValue: 0 });
      expect(await traffic({ feature: "reply-assistant" })).toMatchObject({ withoutValue: null });
      const since = new Date(at(60));
      expect(await source.olderDecisionsSince(environment, german, { epoch: EPOCH, version: 9 }, since)).toBe(2);
    });

    test("a first few minutes of reporting are read as a rate", async () => {
      await sink.append(
        environment,
        Array.from({ length: 10 }, () => aDecision(at(6))),
      );
      expect(await source.traffic(environment, {}, new Date(now))).toMatchObject({
        aiPerHour: 100,
        windowMs: 6 * MINUTE_MS,
      });
      expect(await source.aiPerHourByFeature(environment, new Date(now))).toEqual(new Map([["reply-assistant", 100]]));
    });

    test.each([61, 119, 121, 3 * 24 * 60])(
      "a quiet hour is an hour where something was reported %d minutes ago",
      async (ago) => {
        await sink.append(environment, [aDecision(at(ago), { feature: "tagger" }), aDecision(at(0.2))]);
        expect(await source.traffic(environment, {}, new Date(now))).toMatchObject({
          aiPerHour: 1,
          windowMs: 60 * MINUTE_MS,
        });
        expect(await source.aiPerHourByFeature(environment, new Date(now))).toEqual(new Map([["reply-assistant", 1]]));
      },
    );

    test("AI decisions under an older ruleset since a moment, in scope only", async () => {
      const older = (version: number, about: Partial<SinkDecision> = {}) =>
        aDecision(at(5), { ruleset: { epoch: EPOCH, version }, ...about });
      await sink.append(environment, [
        older(8),
        older(9),
        older(8, { scenarios: ["shipping"] }),
        older(8, { served: "template" }),
        older(99, { ruleset: { epoch: randomUUID(), version: 99 } }),
        older(8, { ruleset: null }),
        aDecision(at(20), { ruleset: { epoch: EPOCH, version: 1 } }),
      ]);
      const scope = { feature: "reply-assistant", scenario: "billing" };
      expect(await source.olderDecisionsSince(environment, scope, { epoch: EPOCH, version: 9 }, new Date(at(10)))).toBe(
        2,
      );
    });

    test("unassigned decisions are counted, never given to a feature", async () => {
      await sink.append(environment, [aDecision(at(1), { feature: null }), aDecision(at(1))]);
      expect(await source.health(environment, new Date(now))).toMatchObject({ unassigned: 1 });
      expect((await source.aiPerHourByFeature(environment, new Date(now))).size).toBe(1);
      expect(await source.lastReportedAt(environment, "reply-assistant", new Date(now))).toBe(at(1));
    });

    test("when anybody last reported is known of days back, by feature, and is never ahead", async () => {
      const HOURS = 60;
      const ahead = aDecision(at(-2 * HOURS), { feature: "summaries" });
      const early = aDecision(at(7 * 24 * HOURS - 1), { feature: "translator" });
      await sink.append(environment, [
        ...[ahead, early, aDecision(at(5 * 24 * HOURS)), aDecision(at(3 * 24 * HOURS + 7))],
        aDecision(at(30), { feature: "tagger" }),
      ]);
      const last = (feature: string | null) => source.lastReportedAt(environment, feature, new Date(now));
      expect(await last("reply-assistant")).toBe(at(3 * 24 * HOURS + 7));
      expect(await last("translator")).toBe(at(7 * 24 * HOURS - 1));
      expect(await last("tagger")).toBe(at(30));
      expect(await last(null)).toBe(at(30));
      expect(await last("summaries")).toBeNull();
      expect(await source.lastReportedAt(environment, "summaries", new Date(at(-3 * HOURS)))).toBe(at(-2 * HOURS));
    });
  });
}
