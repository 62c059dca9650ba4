import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type DecisionEvent, type SignalEvent, telemetryEvent } from "#lib/core/events/event.ts";
import { DAY_MS } from "#lib/core/time.ts";
import { timeOfId } from "#lib/telemetry/check-event.ts";
import { momentOf } from "./calendar.ts";
import { type HistoryEvent, historyOf } from "./generate.ts";
import { billingIncident } from "./stories/billing-incident.ts";
import { calmMonth } from "./stories/calm-month.ts";
import { everyStory } from "./stories/every-story.ts";
import { hiddenHarm } from "./stories/hidden-harm.ts";
import { lowTraffic } from "./stories/low-traffic.ts";
import type { Moment, Story } from "./story.ts";
import type { World } from "./world.ts";

const ZONE = "Europe/Berlin";
const NOW = Date.parse("2026-11-20T19:00:00Z");
const STOP = "00000000-0000-4000-8000-0000000000c1";

const known = new Map<string, string>();
function pseudonym(id: string): string {
  const hash = known.get(id) ?? createHmac("sha256", "test").update(id).digest("hex").slice(0, 32);
  known.set(id, hash);
  return hash;
}

function worldOf(story: Story, now = NOW, days = 60): World {
  const epoch = ([daysAgo, hour]: Moment) => momentOf(ZONE, now, daysAgo, hour);
  return {
    now,
    zone: ZONE,
    days,
    end: now - 180_000,
    pseudonym,
    releaseId: (feature, key) => `${feature} ${key}`,
    rulesets: [{ from: 0, name: { epoch: "e", version: 1 } }],
    stops: story.stops.map((stop) => ({ ...stop, control: STOP, from: epoch(stop.from), until: epoch(stop.until) })),
    instances: ["a", "b", "c"],
  };
}

const histories = new Map<Story, HistoryEvent[]>();
function eventsOf(story: Story): HistoryEvent[] {
  const events = histories.get(story) ?? historyOf(story, worldOf(story));
  histories.set(story, events);
  return events;
}

/** Decisions of a feature between two ages in days, and the signals that came of them. */
function between(story: Story, [from, to]: [number, number], of: (decision: DecisionEvent) => boolean = isReply) {
  const events = eventsOf(story);
  const decisions = events.filter(
    (event): event is DecisionEvent => event.type === "decision" && of(event) && age(event) <= from && age(event) > to,
  );
  const ids = new Set(decisions.map(({ id }) => id));
  const signals = events.filter(
    (event): event is SignalEvent => event.type === "signal" && ids.has(event.decisionId ?? ""),
  );
  const ai = decisions.filter(({ served }) => served === "primary" || served === "secondary").length;
  const share = (kind: string) => signals.filter((signal) => signal.kind === kind).length / ai;
  const edits = signals.filter((signal) => signal.kind === "edited");
  const correction = edits.reduce((sum, { value = 0 }) => sum + value, 0) / edits.length;
  return { decisions, signals, share, correction, perDay: decisions.length / (from - to) };
}

const age = ({ at }: HistoryEvent) => (NOW - Date.parse(at)) / DAY_MS;
const isReply = ({ feature }: DecisionEvent) => feature === "reply-assistant";
const isBilling = (decision: DecisionEvent) => isReply(decision) && decision.scenarios.includes("billing");

function byUser(decisions: readonly DecisionEvent[]): Map<string, DecisionEvent[]> {
  const users = new Map<string, DecisionEvent[]>();
  for (const decision of decisions) {
    const own = users.get(decision.userHash ?? "");
    if (own) own.push(decision);
    else users.set(decision.userHash ?? "", [decision]);
  }
  return users;
}

describe("every history", () => {
  it.each([calmMonth, hiddenHarm, billingIncident, lowTraffic, everyStory])(
    "$seed holds only events that the API would take, each at the time of its id",
    (story) => {
      const events = eventsOf(story);
      for (const event of events.filter((_, index) => index % 101 === 0)) {
        expect(telemetryEvent.parse(event)).toEqual(JSON.parse(JSON.stringify(event)));
      }
      const misplaced = events.filter(({ id, at }) => {
        const time = Date.parse(at);
        return timeOfId(id) !== time || time > NOW - 180_000;
      });
      expect(misplaced).toEqual([]);
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    },
  );

  it("tells no signal before its decision", () => {
    const seen = new Set<string>();
    for (const event of eventsOf(everyStory)) {
      if (event.type === "decision") seen.add(event.id);
      else if (event.decisionId && !seen.has(event.decisionId)) throw new Error(`${event.id} comes too early`);
    }
  });

  it("is the same again for the same seed and the same now, and another for another seed", () => {
    expect(historyOf(lowTraffic, worldOf(lowTraffic))).toEqual(eventsOf(lowTraffic));
    const other = { ...lowTraffic, seed: "another" };
    expect(historyOf(other, worldOf(other))).not.toEqual(eventsOf(lowTraffic));
  });

  it("has quiet weekends, quiet nights and people who differ", () => {
    const { decisions } = between(calmMonth, [56, 0]);
    const weekday = (day: number) => decisions.filter(({ at }) => new Date(at).getUTCDay() === day).length;
    expect(weekday(0)).toBeLessThan(0.75 * weekday(3));
    const hour = (wanted: number) => decisions.filter(({ at }) => new Date(at).getUTCHours() === wanted).length;
    expect(hour(2)).toBeLessThan(0.2 * hour(10));
    const perUser = byUser(decisions);
    const counts = [...perUser.values()].map((own) => own.length).sort((a, b) => a - b);
    expect(counts.at(-1)).toBeGreaterThan(5 * (counts[counts.length >> 1] ?? 0));
  });
});

describe("calm-month", () => {
  it("is much the same from week to week", () => {
    for (const from of [49, 35, 21, 7]) {
      const week = between(calmMonth, [from, from - 7]);
      expect(week.perDay).toBeGreaterThan(300);
      expect(week.perDay).toBeLessThan(500);
      expect(week.share("accepted")).toBeCloseTo(0.84, 1);
      expect(week.correction).toBeGreaterThan(19);
      expect(week.correction).toBeLessThan(25);
      expect(week.share("policy-violation")).toBeLessThan(0.01);
    }
  });

  it("has about 250 people on a working day", () => {
    const { decisions } = between(calmMonth, [8, 7]);
    expect(new Set(decisions.map(({ userHash }) => userHash)).size).toBeGreaterThan(200);
  });
});

describe("hidden-harm", () => {
  const before = between(hiddenHarm, [30, 10]);
  const since = between(hiddenHarm, [5, 0]);

  it("looks good: usage is up, acceptance and complaints are as they were", () => {
    expect(since.perDay).toBeGreaterThan(1.05 * before.perDay);
    expect(since.share("accepted")).toBeGreaterThan(0.81);
    expect(since.share("thumbs-down")).toBeLessThan(1.5 * before.share("thumbs-down"));
    expect(since.share("escalated")).toBeLessThan(1.5 * before.share("escalated"));
  });

  it("takes twice as long to put right, since the new release", () => {
    expect(before.correction).toBeLessThan(25);
    expect(since.correction).toBeGreaterThan(38);
    expect(since.share("edited")).toBeGreaterThan(before.share("edited"));
    expect(new Set(before.decisions.map(({ release }) => release))).toEqual(new Set(["reply-assistant 2.2"]));
    expect(new Set(since.decisions.map(({ release }) => release)).has("reply-assistant 2.2")).toBe(false);
  });

  it("gives the candidate to about a quarter of the people, always the same ones", () => {
    const { decisions } = between(hiddenHarm, [2, 0]);
    const people = byUser(decisions);
    const arms = [...people.values()].map((own) => new Set(own.map(({ arm }) => arm)));
    expect(arms.every((each) => each.size === 1)).toBe(true);
    const share = arms.filter((each) => each.has("candidate")).length / arms.length;
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.35);
  });
});

describe("billing-incident", () => {
  it("breaks policies for some hours, in billing only", () => {
    const [stop] = worldOf(billingIncident).stops;
    const placed = (NOW - (stop?.from ?? 0)) / DAY_MS;
    const hours = between(billingIncident, [placed + 7 / 24, placed], isBilling);
    const month = between(billingIncident, [45, 14], isBilling);
    expect(hours.share("policy-violation")).toBeGreaterThan(0.2);
    expect(month.share("policy-violation")).toBeLessThan(0.02);
    expect(hours.share("escalated")).toBeGreaterThan(4 * month.share("escalated"));
    expect(hours.share("thumbs-down")).toBeGreaterThan(4 * month.share("thumbs-down"));
    const others = between(billingIncident, [placed + 7 / 24, placed], (each) => isReply(each) && !isBilling(each));
    expect(others.share("policy-violation")).toBeLessThan(0.03);
  });

  it("answers billing from the ladder while the stop holds, and names the stop", () => {
    const [stop] = worldOf(billingIncident).stops;
    const [from, until] = [(NOW - (stop?.from ?? 0)) / DAY_MS, (NOW - (stop?.until ?? 0)) / DAY_MS];
    const { decisions } = between(billingIncident, [from, until], isBilling);
    expect(decisions.length).toBeGreaterThan(100);
    expect(new Set(decisions.map(({ served }) => served))).toEqual(new Set(["template", "manual"]));
    expect(decisions.every(({ controls }) => controls.includes(STOP))).toBe(true);
    const after = between(billingIncident, [until, 0], isBilling);
    expect(after.decisions.some(({ controls }) => controls.length > 0)).toBe(false);
    expect(after.share("policy-violation")).toBeLessThan(0.02);
  });

  it("leaves people on the manual way for days", () => {
    const perDay = (from: number, to: number) =>
      eventsOf(billingIncident).filter(
        (event) =>
          event.type === "signal" &&
          !event.decisionId &&
          event.feature === "reply-assistant" &&
          age(event) <= from &&
          age(event) > to,
      ).length /
      (from - to);
    expect(perDay(9, 6)).toBeGreaterThan(1.5 * perDay(45, 14));
    expect(perDay(3, 0)).toBeLessThan(0.8 * perDay(9, 6));
  });
});

describe("low-traffic", () => {
  it.each(["reply-assistant", "case-summary", "knowledge-answers"])(
    "gives %s ten to twenty requests a day",
    (feature) => {
      const { perDay } = between(lowTraffic, [28, 0], (decision) => decision.feature === feature);
      expect(perDay).toBeGreaterThan(8);
      expect(perDay).toBeLessThan(22);
    },
  );
});

describe("every-story", () => {
  it("has the incident behind it and the hidden harm now, beside a calm and a quiet feature", () => {
    expect(between(everyStory, [7, 0]).correction).toBeGreaterThan(38);
    const controlled = between(everyStory, [13, 8]).decisions.filter(({ controls }) => controls.length > 0);
    expect(controlled.length).toBeGreaterThan(100);
    const of = (feature: string) => between(everyStory, [7, 0], (decision) => decision.feature === feature);
    expect(of("case-summary").perDay).toBeLessThan(22);
    expect(of("knowledge-answers").correction).toBeLessThan(25);
  });
});
