import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SignalKind } from "#lib/core/events/event.ts";
import { harmOf, type WhichAnswers } from "#lib/core/events/harm.ts";
import { SIGNAL_KINDS } from "#lib/core/events/signal-kinds.ts";
import { DAY_MS, MINUTE_MS } from "#lib/core/time.ts";
import { aDecision, aSignal } from "./contract.ts";
import { type EventSink, SIGNAL_WAIT_MS, type SinkDecision, type SinkEvent } from "./event-sink.ts";
import type { EvidenceRow, EvidenceSource, LastAsked } from "./evidence-source.ts";
import type { Span } from "./figure-source.ts";

const FEATURE = "reply-assistant";
const ANN = "a".repeat(32);
const randomHash = () => randomUUID().replaceAll("-", "");

/** What every source of evidence must say of what a sink was given. `environment` is a new one for each test. */
export function describeEvidenceSource(name: string, store: { sink: EventSink; evidence: EvidenceSource }): void {
  const { sink, evidence } = store;
  const now = Date.now();
  const at = (minutesAgo: number) => now - minutesAgo * MINUTE_MS;
  const span: Span = { from: at(60), to: at(0) };
  const never = new AbortController().signal;
  let environment = "";
  const send = (...events: SinkEvent[]) => sink.append(environment, events);
  const readAll = async (feature: string, of: Span, signal = never, answers: WhichAnswers = "every") => {
    const pages: EvidenceRow[][] = [];
    for await (const page of evidence.read(environment, { feature, span: of, answers }, signal)) pages.push(page);
    return pages;
  };
  const count = (feature: string, answers: WhichAnswers = "every", from = environment) =>
    evidence.count(from, { feature, span, answers }, never);

  beforeAll(async () => {
    await sink.upkeep(new Date(), 30);
  });
  beforeEach(() => {
    environment = randomUUID();
  });

  describe(`${name}: evidence`, () => {
    test("is every decision of the feature in the span, oldest first, with what became of it", async () => {
      const about: Partial<SinkDecision> = {
        userHash: ANN,
        cohorts: ["beta"],
        controls: ["c"],
        task: "t",
        error: null,
      };
      const decision = aDecision(at(30), { ...about, confidence: 0.5 });
      await send(
        aDecision(at(20), { ruleset: null, userHash: undefined, release: null }),
        decision,
        aDecision(at(60) - 1),
        aDecision(at(0)),
        aDecision(at(25), { feature: "tagger" }),
        aDecision(at(24), { feature: null }),
      );
      await send(
        aSignal(at(-5), { decisionId: decision.id, kind: "reverted" }),
        aSignal(at(28), { decisionId: decision.id, value: 12, changed: 0.5, label: "tone", actor: "agent" }),
        aSignal(at(28), { feature: FEATURE }),
      );
      const [page = [], ...more] = await readAll(FEATURE, span);
      expect(more).toEqual([]);
      expect(page.map((row) => row.at)).toEqual([at(30), at(20)].map((ms) => new Date(ms).toISOString()));
      expect(page[0]).toEqual({
        ...{ decision: decision.id, at: decision.at, feature: FEATURE, scenarios: ["billing"], cohorts: ["beta"] },
        ...{ user: ANN, session: null, task: "t", release: "r-1", arm: "current", served: "primary", provider: "x" },
        ...{ model: "x-large", mode: "autonomous", ruleset: decision.ruleset, controls: ["c"], latencyMs: 800 },
        ...{ error: null, safetyFiltered: false, confidence: 0.5, instance: decision.instance },
        signals: [
          {
            at: new Date(at(28)).toISOString(),
            kind: "edited",
            value: 12,
            changed: 0.5,
            label: "tone",
            actor: "agent",
          },
          {
            at: new Date(at(-5)).toISOString(),
            kind: "reverted",
            value: null,
            changed: null,
            label: null,
            actor: null,
          },
        ],
      });
      expect(page[1]).toMatchObject({ user: null, release: null, ruleset: null, signals: [] });
      expect(await count(FEATURE)).toEqual({ decisions: 2, unnamed: 1, people: 1, exact: true });
      expect(await count("*")).toMatchObject({ decisions: 4 });
      expect(await count("")).toMatchObject({ decisions: 1 });
      expect((await readAll("", span)).flat()).toMatchObject([{ feature: "" }]);
      expect(await count(FEATURE, "every", randomUUID())).toEqual({
        ...{ decisions: 0, unnamed: 0, people: 0, exact: true },
      });
    });

    test("of those that hurt, is exactly those of which a signal says so", async () => {
      const cases = SIGNAL_KINDS.flatMap((kind) => [undefined, "misleading"].map((label) => ({ kind, label })));
      const said = cases.map((about, n) => ({ about, decision: aDecision(at(30) + n, { userHash: randomHash() }) }));
      const strays = [3 * 24 * 60, -5 * 60].map((minutes) =>
        aDecision(at(minutes), { at: new Date(at(30)).toISOString(), userHash: ANN }),
      );
      const elsewhere = [aDecision(at(25), { feature: "tagger" }), aDecision(at(61)), aDecision(at(20))];
      await send(...said.map(({ decision }) => decision), ...strays, ...elsewhere);
      await send(
        ...said.map(({ about, decision }) => aSignal(at(-5), { ...about, decisionId: decision.id })),
        ...[...strays.slice(0, 1), ...elsewhere.slice(0, 2)].map(({ id }) => aSignal(at(20), { decisionId: id })),
        aSignal(at(20), { feature: FEATURE }),
      );
      const hurt = said.filter(({ about }) => harmOf([{ kind: about.kind, label: about.label ?? null }]).length > 0);
      const rows = (await readAll(FEATURE, span, never, "harmed")).flat();
      expect(rows.map(({ decision }) => decision)).toEqual([...hurt.map((each) => each.decision.id), strays[0]?.id]);
      expect(rows.every(({ signals }) => harmOf(signals).length > 0)).toBe(true);
      const decisions = hurt.length + 1;
      expect(await count(FEATURE, "harmed")).toEqual({ decisions, unnamed: 0, people: decisions, exact: true });
      expect(await count("*", "harmed")).toMatchObject({ decisions: decisions + 1 });
      expect(await count(FEATURE)).toMatchObject({ decisions: cases.length + strays.length + 1 });
    });

    test("knows of how much harm no decision tells", async () => {
      const [known, lost] = [aDecision(at(30)), aDecision(at(30)).id];
      await send(known);
      await send(
        aSignal(at(20), { decisionId: known.id, kind: "escalated" }),
        ...["escalated", "audited", "shown"].map((kind) =>
          aSignal(at(60), { kind: kind as SignalKind, feature: FEATURE, userHash: ANN, label: "misleading" }),
        ),
        aSignal(at(20), { kind: "audited", feature: FEATURE, label: "fine" }),
        aSignal(at(20), { kind: "policy-violation", decisionId: lost, feature: FEATURE }),
        aSignal(at(20), { kind: "policy-violation", decisionId: lost }),
        aSignal(at(20), { kind: "escalated", feature: "tagger" }),
        aSignal(at(20), { kind: "escalated" }),
        ...[at(60) - 1, at(0)].map((moment) => aSignal(moment, { kind: "escalated", feature: FEATURE })),
      );
      const loose = (feature: string) => evidence.looseHarm(environment, feature, span);
      expect(await loose(FEATURE)).toEqual({ here: 3, anywhere: 1 });
      await sink.settleSignals(new Date(now + 2 * SIGNAL_WAIT_MS));
      expect(await loose(FEATURE)).toEqual({ here: 3, anywhere: 1 });
      expect(await loose("")).toEqual({ here: 1, anywhere: 1 });
      expect(await loose("*")).toEqual({ here: 6, anywhere: 0 });
      expect(await evidence.looseHarm(randomUUID(), FEATURE, span)).toEqual({ here: 0, anywhere: 0 });
    });

    test("of those that hurt, comes in pages too, each decision once", async () => {
      const decisions = Array.from({ length: 3000 }, (_, n) => aDecision(at(30) + (n % 50), { userHash: ANN }));
      const hurt = decisions.slice(0, 1500).map(({ id }) => id);
      const about = (kind: SignalKind) => (decisionId: string) => aSignal(at(20), { decisionId, kind });
      await send(...decisions, ...hurt.flatMap((id) => [about("edited")(id), about("reverted")(id)]));
      await send(...decisions.map(({ id }) => about("shown")(id)));
      const pages = await readAll(FEATURE, span, never, "harmed");
      expect(pages.length).toBeGreaterThan(1);
      expect(pages.flat().map(({ decision }) => decision)).toEqual(hurt.toSorted());
      expect(pages.flat().every(({ signals }) => signals.length === 3)).toBe(true);
      expect(await count(FEATURE, "harmed")).toEqual({ decisions: 1500, unnamed: 0, people: 1, exact: true });
    });

    test("comes in pages, none of which holds all, each decision once", async () => {
      const decisions = Array.from({ length: 2500 }, (_, index) => aDecision(at(30) + (index % 50)));
      await send(...decisions, ...decisions.map((decision) => aSignal(at(20), { decisionId: decision.id })));
      const pages = await readAll(FEATURE, span);
      expect(pages.length).toBeGreaterThan(1);
      const rows = pages.flat();
      expect(new Set(rows.map((row) => row.decision)).size).toBe(2500);
      expect(rows).toHaveLength(2500);
      expect(rows.every(({ signals }) => signals.length === 1)).toBe(true);
      expect(rows.map((row) => row.at)).toEqual(rows.map((row) => row.at).sort());
    });

    test("leaves out no decision that was reported long after it was made, or by a clock that was wrong", async () => {
      const made = (minutes: number, about = {}) =>
        aDecision(at(minutes), { at: new Date(at(30)).toISOString(), userHash: ANN, ...about });
      const decisions = [made(30), made(3 * 24 * 60), made(-5 * 60), made(31)];
      await send(
        ...decisions,
        made(24 * 60, { feature: "tagger" }),
        made(24 * 60, { at: new Date(at(90)).toISOString() }),
      );
      await send(aSignal(at(20), { decisionId: decisions[1]?.id }), aSignal(at(20), { decisionId: decisions[2]?.id }));
      const rows = (await readAll(FEATURE, span)).flat();
      expect(rows.map(({ decision }) => decision).sort()).toEqual(decisions.map(({ id }) => id).sort());
      expect(rows.filter(({ signals }) => signals.length === 1)).toHaveLength(2);
      expect(await count(FEATURE)).toEqual({ decisions: 4, unnamed: 0, people: 1, exact: true });
    });

    test("ends early when nobody wants it any longer", async () => {
      await send(...Array.from({ length: 2500 }, () => aDecision(at(30))));
      const ended = new AbortController();
      let pages = 0;
      for await (const _ of evidence.read(environment, { feature: FEATURE, span, answers: "every" }, ended.signal)) {
        pages += 1;
        ended.abort();
      }
      expect(pages).toBe(1);
      expect(await readAll(FEATURE, span, AbortSignal.abort())).toEqual([]);
    });

    test("reaches over midnight, and to signals that came days later", async () => {
      const decision = aDecision(at(4 * 24 * 60));
      await send(aDecision(at(3 * 24 * 60)), decision);
      await send(aSignal(at(10), { decisionId: decision.id }));
      const rows = (await readAll(FEATURE, { from: now - 5 * DAY_MS, to: now })).flat();
      expect(rows.map(({ signals }) => signals.length)).toEqual([1, 0]);
    });

    test("is not counted on when nobody waits for it any more", async () => {
      await send(aDecision(at(1)));
      const asked = { feature: FEATURE, span: { from: now - 6 * DAY_MS, to: now }, answers: "every" as const };
      const leaving = new AbortController();
      const counted = evidence.count(environment, asked, leaving.signal);
      leaving.abort();
      await expect(counted).rejects.toMatchObject({ code: "unavailable" });
      expect(await evidence.count(environment, asked, never)).toMatchObject({ decisions: 1 });
    });

    test("knows since when it is kept", async () => {
      await send(aDecision(at(1)));
      const since = await evidence.keptSince();
      expect(since).not.toBeNull();
      expect(since).toBeLessThanOrEqual(at(1));
      expect((since ?? 1) % DAY_MS).toBe(0);
    });

    test("shows what was said again of a decision, where the figures count that", async () => {
      const decision = aDecision(at(5 * 60));
      const about = (kind: SignalKind, value?: number) => [
        aSignal(at(5 * 60) + 1, { decisionId: decision.id, kind, value }),
        aSignal(at(1), { decisionId: decision.id, kind, value }),
      ];
      const kinds = ["edited", "judged", "audited", "moderated", "reviewed"] as const;
      await send(decision, ...kinds.flatMap((kind) => about(kind, 1)));
      const asked = { feature: FEATURE, scenario: null, span: { from: at(3 * 60), to: at(0) }, decisions: false };
      for (const kind of kinds) {
        expect(await evidence.last(environment, { ...asked, kinds: [kind] }, 20)).toMatchObject([{ at: at(1), kind }]);
      }
      expect(await evidence.last(environment, { ...asked, kinds }, 20)).toHaveLength(5);
    });

    test("shows what the span has room for, however much of the same hour came after it", async () => {
      const hour = Math.floor(at(2 * 60) / (60 * MINUTE_MS)) * 60 * MINUTE_MS;
      const times = [-9, -8, 5, 50, 51, 52, 53].map((minutes) => hour + minutes * MINUTE_MS);
      await send(...times.map((time) => aDecision(time)));
      const asked = {
        feature: FEATURE,
        scenario: null,
        span: { from: hour - 60 * MINUTE_MS, to: hour + 10 * MINUTE_MS },
      };
      const shown = await evidence.last(environment, { ...asked, kinds: [], decisions: true }, 3);
      expect(shown.map((event) => event.at)).toEqual(times.slice(0, 3).toReversed());
    });

    test("shows the newest events of the kinds that count, and leaves room for the rarer", async () => {
      const decisions = [5, 4, 3, 2, 1].map((ago) => aDecision(at(ago), { userHash: ANN, latencyMs: ago }));
      await send(...decisions, aDecision(at(0), { feature: "tagger" }));
      await send(
        aSignal(at(100), { decisionId: decisions[0]?.id, value: 9 }),
        aSignal(at(99), { decisionId: decisions[0]?.id, kind: "dismissed" }),
      );
      const asked = { feature: FEATURE, scenario: null, span: { from: at(200), to: now + 1 }, kinds: ["edited"] };
      const last = async (about: Partial<LastAsked> = {}) => {
        const events = await evidence.last(environment, { ...asked, decisions: true, ...about }, 3);
        return events.map(({ kind, at: moment }) => [kind, moment]);
      };
      const newest = [1, 2, 3].map((ago) => ["primary", at(ago)]);
      expect(await last({ kinds: [] })).toEqual(newest);
      expect(await last()).toEqual([...newest.slice(0, 2), ["edited", at(100)]]);
      expect(await last({ kinds: ["thumbs-up"] })).toEqual(newest);
      expect(await last({ decisions: false })).toEqual([["edited", at(100)]]);
      expect(await last({ feature: "nobody" })).toEqual([]);
      expect((await evidence.last(environment, { ...asked, decisions: true }, 3))[2]).toEqual({
        ...{ at: at(100), type: "signal", kind: "edited", scenarios: ["billing"], user: ANN },
        ...{ value: 9, label: null, latencyMs: null },
      });
      // Nothing from before or after the span, and nothing of another scenario.
      expect(await last({ span: { from: at(99), to: at(2) } })).toEqual([3, 4, 5].map((ago) => ["primary", at(ago)]));
      expect(await last({ scenario: "shipping" })).toEqual([]);
      await send(aDecision(at(50), { scenarios: ["shipping"] }));
      expect(await last({ scenario: "shipping" })).toEqual([["primary", at(50)]]);
    });
  });
}
