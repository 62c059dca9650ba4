import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Measures } from "#lib/core/metrics/measures.ts";
import { histogramQuantile } from "#lib/core/stats/histogram-quantile.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#lib/core/time.ts";
import { aDecision, aSignal, idAt } from "./contract.ts";
import { type EventSink, SIGNAL_WAIT_MS, type SinkEvent } from "./event-sink.ts";
import type { FigureSource, Span } from "./figure-source.ts";
import { ingest } from "./ingest.ts";
import { IngestQueue } from "./ingest-queue.ts";

const FEATURE = "reply-assistant";
const ALL = { feature: FEATURE, cut: "" };

/** Pseudonyms; the first five bits of them are their group. */
const [ANN, BOB, CAT] = ["00", "ff", "88"].map((byte) => byte.repeat(16)) as [string, string, string];

/**
 * What every source of figures must say of what a sink was given, in an organisation whose days are those of UTC. `environment` is a new one for each test.
 */
export function describeFigureSource(name: string, store: { sink: EventSink; figures: FigureSource }): void {
  const { sink, figures } = store;
  /** Six days ago at midnight: all days of the tests are over, and young enough for every store. */
  const start = Math.floor(Date.now() / DAY_MS) * DAY_MS - 6 * DAY_MS;
  const at = (day: number, hour = 0, minute = 0) => start + day * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS;
  const days = (first: number, count: number): Span => ({ from: at(first), to: at(first + count) });
  let environment = "";
  const send = (...events: SinkEvent[]) => sink.append(environment, events);
  const soon = { receivedAt: (event: SinkEvent) => Date.parse(event.at) + 1000 };
  const sumOf = (buckets: readonly { measures: Measures }[], measure: keyof Measures) =>
    buckets.reduce((sum, { measures }) => sum + (measures[measure] ?? 0), 0);

  beforeAll(async () => {
    await sink.upkeep(new Date(), 30);
  });
  beforeEach(() => {
    environment = randomUUID();
  });

  describe(`${name}: figures`, () => {
    test("of nothing are nothing", async () => {
      const span = days(0, 3);
      expect(await figures.window(environment, ALL, span, "hour")).toEqual([]);
      expect(await figures.userSums(environment, ALL, span)).toEqual([]);
      expect(await figures.quantiles(environment, ALL, span, "day")).toEqual([]);
      expect(await figures.users(environment, FEATURE, span)).toEqual({ users: 0, exact: true });
      expect(await figures.segments(environment, FEATURE, span)).toEqual({ cuts: [], releases: [] });
      expect(await figures.instances(environment, "*", span)).toEqual([]);
      expect(await figures.controlHours(environment, ["c"], span)).toEqual([]);
      expect(await figures.lost(environment, span)).toEqual({ unattributed: 0, unassigned: 0, waiting: 0 });
      expect((await figures.userDays(environment, FEATURE, span)).map(({ users1 }) => users1)).toEqual([0, 0, 0]);
    });

    test("count decisions in their own bucket, by release and arm, and leave empty buckets out", async () => {
      await send(
        aDecision(at(0, 9, 5)),
        aDecision(at(0, 9, 5) + 59_999),
        aDecision(at(0, 9, 6)),
        aDecision(at(0, 11), { release: "r-2", arm: "candidate" }),
        aDecision(at(1), { release: null, arm: null }),
      );
      const counted = async (resolution: "minute" | "hour" | "day") =>
        (await figures.window(environment, ALL, days(0, 2), resolution)).map(({ bucket, release, arm, measures }) => [
          bucket,
          release,
          arm,
          measures.decisions,
        ]);
      const last = [
        [at(0, 11), "r-2", "candidate", 1],
        [at(1), "", "", 1],
      ];
      expect(await counted("minute")).toEqual([
        [at(0, 9, 5), "r-1", "current", 2],
        [at(0, 9, 6), "r-1", "current", 1],
        ...last,
      ]);
      expect(await counted("hour")).toEqual([[at(0, 9), "r-1", "current", 3], ...last]);
      expect(await counted("day")).toEqual([
        [at(0), "r-1", "current", 3],
        [at(0), "r-2", "candidate", 1],
        [at(1), "", "", 1],
      ]);
      expect(await figures.window(environment, ALL, { from: at(0, 11), to: at(1) }, "hour")).toHaveLength(1);
      expect(await figures.window(randomUUID(), ALL, days(0, 2), "day")).toEqual([]);
    });

    test("tell one part of the traffic at a time, the environment, and what has no feature", async () => {
      await send(
        aDecision(at(0), {
          scenarios: ["billing", "refunds"],
          cohorts: ["beta"],
          dimensions: { country: "de", seats: 5 },
        }),
        aDecision(at(0), { scenarios: [], dimensions: { country: "fr" } }),
        aDecision(at(0), { feature: "tagger", scenarios: ["billing"] }),
        aDecision(at(0), { feature: null }),
      );
      const decisions = async (feature: string, cut: string) =>
        sumOf(await figures.window(environment, { feature, cut }, days(0, 1), "day"), "decisions");
      expect(await decisions(FEATURE, "")).toBe(2);
      expect(await decisions(FEATURE, "scenario:billing")).toBe(1);
      expect(await decisions(FEATURE, "cohort:beta")).toBe(1);
      expect(await decisions(FEATURE, "dimension:country=de")).toBe(1);
      expect(await decisions(FEATURE, "dimension:seats=5")).toBe(1);
      expect(await decisions("*", "")).toBe(4);
      expect(await decisions("", "")).toBe(1);
      expect(await figures.lost(environment, days(0, 1))).toMatchObject({ unassigned: 1 });
    });

    test("count what is sent with ids in capitals as what it is, whatever came before it or comes with it", async () => {
      const sent = async (...events: object[]) => {
        const about = { environmentId: environment, now: Date.now(), pseudonym: () => null, note: async () => {} };
        return ingest(new IngestQueue(sink), { ...about, events });
      };
      const inCapitals = <E extends { id: string }>(event: E) => ({ ...event, id: event.id.toUpperCase() });
      const [known, late] = [aDecision(at(0, 1)), aDecision(at(0, 2))];
      await send(known);
      expect(await sent(known, inCapitals(late), inCapitals(known))).toMatchObject({ accepted: 1, duplicates: 2 });
      const edits = [known.id.toUpperCase(), known.id].map((decisionId) => aSignal(at(0, 3), { decisionId }));
      expect(await sent(...edits.map(inCapitals))).toEqual({ accepted: 2, duplicates: 0, rejected: [] });
      const [day] = await figures.window(environment, ALL, days(0, 1), "day");
      expect(day?.measures).toMatchObject({ decisions: 2, s_edited: 1, signals: 2 });
    });

    test("tell 50 values of a dimension apart and put all further ones together", async () => {
      const values = Array.from({ length: 60 }, (_, index) => aDecision(at(0), { dimensions: { host: `h-${index}` } }));
      await send(...values);
      const { cuts } = await figures.segments(environment, FEATURE, days(0, 1));
      const hosts = cuts.filter(({ cut }) => cut.startsWith("dimension:host="));
      expect(hosts).toHaveLength(51);
      expect(hosts[0]).toEqual({ cut: "dimension:host=(other)", decisions: 10 });
    });

    test("count a signal in its own minute, where its decision belongs", async () => {
      const decision = aDecision(at(0, 9), { cohorts: ["beta"], release: "r-2", arm: "candidate", userHash: BOB });
      await sink.append(environment, [decision, aSignal(at(1, 10), { decisionId: decision.id, value: 30 })], soon);
      const [, edited] = await figures.window(
        environment,
        { feature: FEATURE, cut: "cohort:beta" },
        days(0, 2),
        "minute",
      );
      expect(edited).toEqual({
        ...{ bucket: at(1, 10), release: "r-2", arm: "candidate" },
        measures: { signals: 1, s_edited: 1, correction_n: 1, correction_s: 30, correction_ss: 900 },
      });
    });

    test("count an output that was edited twice once, when it was edited first, whatever came first", async () => {
      const decision = aDecision(at(0));
      const edited = (minute: number) => aSignal(at(0, 1, minute), { decisionId: decision.id });
      await send(edited(20), decision);
      await send(edited(30));
      await sink.settleSignals(new Date());
      const first = async () =>
        (await figures.window(environment, ALL, days(0, 1), "minute"))
          .filter(({ measures }) => measures.s_edited)
          .map(({ bucket, measures }) => [bucket, measures.s_edited]);
      expect(await first()).toEqual([[at(0, 1, 20), 1]]);
      await send(edited(10));
      expect(await first()).toEqual([[at(0, 1, 10), 1]]);
      expect(sumOf(await figures.window(environment, ALL, days(0, 1), "day"), "signals")).toBe(3);
    });

    test("count each verdict of an answer, and by how many requests the tokens were told", async () => {
      const [decision, other] = [
        aDecision(at(0), { tokensIn: 700, tokensOut: 100 }),
        aDecision(at(0), { tokensOut: 0 }),
      ];
      const said = (kind: "audited" | "moderated" | "reviewed", label?: string) =>
        aSignal(at(0, 2), { decisionId: decision.id, kind, label });
      await send(decision, other, aDecision(at(0), { tokensIn: null, tokensOut: null }));
      await send(
        said("audited", "misleading"),
        said("audited"),
        said("moderated"),
        said("moderated", "false-positive"),
      );
      await send(said("audited", "misleading"), said("reviewed"));
      const [day] = await figures.window(environment, ALL, days(0, 1), "day");
      expect(day?.measures).toMatchObject({
        ...{ decisions: 3, tokens_n: 1, tokens_in: 700, tokens_out: 100 },
        ...{
          s_audited: 1,
          audits: 3,
          audited_misleading: 2,
          s_moderated: 1,
          moderations: 2,
          reviews: 1,
          false_positives: 1,
        },
      });
    });

    test("count tasks where they began, and their repeats and loops with them", async () => {
      const [late, early] = [aDecision(at(0, 5), { task: "t" }), aDecision(at(0, 3), { task: "t" })];
      await send(late);
      await send(early, aDecision(at(0, 4), { task: "t", feature: "tagger" }));
      await send(...[1, 2, 3].map((minute) => aSignal(at(0, 6, minute), { decisionId: late.id, kind: "regenerated" })));
      const buckets = await figures.window(environment, ALL, days(0, 1), "hour");
      expect(buckets.filter(({ measures }) => measures.tasks)).toMatchObject([
        { bucket: at(0, 3), measures: { tasks: 1, repeats: 1, regenerate_loops: 1 } },
      ]);
    });

    test("count late events as such, in their own minute", async () => {
      const decision = aDecision(at(0));
      const receivedAt = () => at(0, 0, 5) + 1;
      await sink.append(environment, [decision, aDecision(at(0) + 1)], { receivedAt });
      const [bucket] = await figures.window(environment, ALL, days(0, 1), "minute");
      expect(bucket).toMatchObject({ bucket: at(0), measures: { decisions: 2, late_decisions: 1 } });
    });

    test("add up by group of users, without those that nobody can name", async () => {
      const of = (userHash: string | undefined, served: "primary" | "manual") =>
        aDecision(at(1, 3), { userHash, served });
      await send(of(ANN, "primary"), of(ANN, "manual"), of(BOB, "primary"), of(undefined, "primary"));
      const sums = await figures.userSums(environment, ALL, days(0, 3));
      expect(sums.map(({ group, measures }) => [group, measures.decisions, measures.ai])).toEqual([
        [0, 2, 1],
        [31, 1, 1],
      ]);
      expect(await figures.userSums(environment, ALL, days(2, 1))).toEqual([]);
    });

    test("keep latencies of AI answers in bins that add up", async () => {
      const latencies = Array.from({ length: 200 }, (_, index) => 10 * (index + 1));
      await send(...latencies.map((latencyMs) => aDecision(at(0, 3), { latencyMs })));
      await send(aDecision(at(0, 3), { served: "template", latencyMs: 1 }), aDecision(at(0, 3), { latencyMs: null }));
      for (const resolution of ["minute", "hour", "day"] as const) {
        const bins = await figures.quantiles(environment, ALL, days(0, 1), resolution);
        const pairs = bins.map(({ bin, n }) => [bin, n] as const);
        const { values } = histogramQuantile({ scale: 5, bins: pairs, quantiles: [0.5, 0.95] });
        expect(pairs.reduce((sum, [, n]) => sum + n, 0)).toBe(200);
        expect(Math.abs((values[0] ?? 0) - 1000)).toBeLessThan(11);
        expect(Math.abs((values[1] ?? 0) - 1900)).toBeLessThan(21);
      }
      expect(await figures.quantiles(environment, { ...ALL, cut: "scenario:billing" }, days(0, 1), "day")).not.toEqual(
        [],
      );
    });

    test("say who came, who came back, and who started it again, day by day", async () => {
      const used = (day: number, userHash: string, initiatedBy: "user" | "system" = "user") =>
        aDecision(at(day, 5), { userHash, initiatedBy });
      const turned = (hour: number, kind: "turned-on" | "turned-off", userHash: string) =>
        aSignal(at(2, hour), { feature: FEATURE, kind, userHash });
      await send(used(2, ANN), used(0, ANN), used(0, BOB), used(3, BOB, "system"), used(1, CAT));
      await send(turned(9, "turned-off", ANN), turned(7, "turned-on", ANN), turned(8, "turned-off", CAT));
      await send(turned(10, "turned-on", CAT));
      const told = await figures.userDays(environment, FEATURE, days(0, 5));
      expect(told.map(({ users1 }) => users1)).toEqual([2, 1, 1, 1, 0]);
      expect(told.map(({ users7 }) => users7)).toEqual([2, 3, 3, 3, 3]);
      expect(told.map(({ users28 }) => users28)).toEqual([2, 3, 3, 3, 3]);
      expect(told.map(({ newUsers }) => newUsers)).toEqual([2, 1, 0, 0, 0]);
      expect(told.map(({ cameBack }) => cameBack)).toEqual([2, 0, 0, 0, 0]);
      expect(told.map(({ startedAgain }) => startedAgain)).toEqual([1, 0, 0, 0, 0]);
      expect(told.map(({ usedOrSwitched }) => usedOrSwitched)).toEqual([2, 1, 2, 1, 0]);
      expect(told.map(({ leftOff }) => leftOff)).toEqual([0, 0, 1, 0, 0]);
      expect(await figures.users(environment, FEATURE, days(2, 1))).toEqual({ users: 1, exact: true });
      expect(await figures.users(environment, FEATURE, days(2, 3))).toEqual({ users: 2, exact: true });
      expect(await figures.users(environment, FEATURE, days(3, 2))).toEqual({ users: 1, exact: true });
      expect(await figures.users(environment, FEATURE, days(-1, 7))).toEqual({ users: 3, exact: true });
    });

    test("count nobody as there because others did something with an answer, or because they went without one", async () => {
      const decision = aDecision(at(0, 9), { userHash: ANN });
      const kinds = ["judged", "audited", "moderated", "reviewed", "escalated", "task-completed"] as const;
      await send(decision, ...kinds.map((kind) => aSignal(at(1, 2), { decisionId: decision.id, kind })));
      await send(
        aSignal(at(1), { feature: FEATURE, kind: "manual-path", userHash: BOB }),
        aSignal(at(1), { feature: FEATURE, kind: "turned-off", userHash: CAT }),
      );
      const told = await figures.userDays(environment, FEATURE, days(0, 3));
      expect(told.map(({ users1, newUsers }) => `${users1} there, ${newUsers} new`)).toEqual([
        ...["1 there, 1 new", "0 there, 0 new", "0 there, 0 new"],
      ]);
      expect(told[0]?.cameBack).toBe(0);
      expect(await figures.users(environment, FEATURE, days(0, 7))).toEqual({ users: 1, exact: true });
      expect(await figures.users(environment, FEATURE, days(0, 3))).toEqual({ users: 1, exact: true });
      // What was only a switch becomes a first day when a decision of it comes late.
      await send(aDecision(at(1, 1), { userHash: CAT }));
      const later = await figures.userDays(environment, FEATURE, days(0, 3));
      expect(later.map(({ newUsers }) => newUsers)).toEqual([1, 1, 0]);
    });

    test("know by the last switch who still has it on two weeks later, whoever was away and whatever came first", async () => {
      const began = -10;
      const switched = (day: number, kind: "turned-on" | "turned-off", userHash: string, hour = 9) =>
        aSignal(at(began + day, hour), { feature: FEATURE, kind, userHash });
      const keptOn = async () => (await figures.userDays(environment, FEATURE, days(began, 1)))[0]?.keptOn;
      for (const day of [began - 30, began]) await sink.upkeep(new Date(at(day)), 60);
      await send(...[ANN, BOB, CAT].map((userHash) => aDecision(at(began, 8), { userHash })));
      expect(await keptOn()).toBe(3);
      // On the last day that counts, and on the one after.
      await send(switched(14, "turned-off", ANN, 23), switched(15, "turned-off", BOB, 0));
      expect(await keptOn()).toBe(2);
      // Off and on again counts as on; what comes late of an earlier time is not the last.
      await send(switched(9, "turned-on", CAT), switched(5, "turned-off", CAT));
      expect(await keptOn()).toBe(2);
      await send(switched(9, "turned-off", CAT, 10));
      expect(await keptOn()).toBe(1);
      // Off long before they ever met it, and that day, too, turns out to be another.
      await send(switched(-30, "turned-off", BOB));
      expect(await keptOn()).toBe(0);
      await send(aDecision(at(began - 1), { userHash: BOB }));
      const told = await figures.userDays(environment, FEATURE, days(began - 1, 2));
      expect(told.map(({ newUsers, keptOn: on }) => [newUsers, on])).toEqual([
        [1, 0],
        [2, 0],
      ]);
    });

    test("list the parts by what they carry, and releases with their users since they began", async () => {
      await send(
        aDecision(at(0, 1), { userHash: ANN, scenarios: ["refunds"] }),
        aDecision(at(3, 1), { userHash: ANN }),
        aDecision(at(3, 2), { userHash: BOB }),
        aDecision(at(3, 2), { userHash: CAT, release: "r-2", arm: "candidate" }),
      );
      expect(await figures.segments(environment, FEATURE, days(0, 4))).toEqual({
        cuts: [
          { cut: "scenario:billing", decisions: 3 },
          { cut: "scenario:refunds", decisions: 1 },
        ],
        releases: [
          { release: "r-1", arm: "current", firstAt: at(0, 1), lastAt: at(3, 2), users: 2 },
          { release: "r-2", arm: "candidate", firstAt: at(3, 2), lastAt: at(3, 2), users: 1 },
        ],
      });
      const early = await figures.segments(environment, FEATURE, days(0, 1));
      expect(early.cuts).toEqual([{ cut: "scenario:refunds", decisions: 1 }]);
      expect(early.releases).toHaveLength(1);
    });

    test("name the instances that reported, and count where controls acted", async () => {
      await send(
        aDecision(at(0, 1), { instance: "desk-1", controls: ["c-1", "c-2"] }),
        aDecision(at(0, 2), { instance: "desk-1", controls: ["c-1"] }),
        aDecision(at(0, 2), { instance: "desk-2", feature: "tagger", controls: ["c-1"] }),
      );
      expect(await figures.instances(environment, FEATURE, days(0, 1))).toEqual([
        { instance: "desk-1", decisions: 2, lastAt: at(0, 2) },
      ]);
      expect(await figures.instances(environment, "*", days(0, 1))).toHaveLength(2);
      expect(await figures.controlHours(environment, ["c-1"], days(0, 1))).toEqual([
        { control: "c-1", hour: at(0, 1), decisions: 1 },
        { control: "c-1", hour: at(0, 2), decisions: 2 },
      ]);
    });

    test("say how many signals wait, and how many lost their decision", async () => {
      await send(aSignal(at(0, 1), { decisionId: idAt(at(0)) }), aSignal(at(2, 1), { decisionId: idAt(at(2)) }));
      expect(await figures.lost(environment, days(0, 1))).toEqual({ unattributed: 0, unassigned: 0, waiting: 1 });
      await sink.settleSignals(new Date(Date.now() + SIGNAL_WAIT_MS + MINUTE_MS));
      expect(await figures.lost(environment, days(0, 1))).toEqual({ unattributed: 1, unassigned: 0, waiting: 0 });
      expect(await figures.window(environment, { feature: "*", cut: "" }, days(0, 3), "day")).toEqual([]);
    });

    test("do not count anything twice that is sent twice", async () => {
      const decision = aDecision(at(0), { userHash: ANN, task: "t", controls: ["c"] });
      const batch = [decision, aSignal(at(0, 1), { decisionId: decision.id })];
      const all = async () => [
        await figures.window(environment, ALL, days(0, 1), "day"),
        await figures.userSums(environment, ALL, days(0, 1)),
        await figures.quantiles(environment, ALL, days(0, 1), "day"),
        await figures.userDays(environment, FEATURE, days(0, 1)),
        await figures.segments(environment, FEATURE, days(0, 1)),
        await figures.instances(environment, "*", days(0, 1)),
        await figures.controlHours(environment, ["c"], days(0, 1)),
      ];
      await send(...batch);
      const once = await all();
      await send(...batch, ...batch.toReversed());
      expect(await all()).toEqual(once);
    });
  });
}
