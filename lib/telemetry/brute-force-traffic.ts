import { v7 as uuidv7 } from "uuid";
import type { SignalEvent } from "#lib/core/events/event.ts";
import { SIGNAL_KINDS } from "#lib/core/events/signal-kinds.ts";
import { seededRandom } from "#lib/core/stats/testing/random.ts";
import { HOUR_MS } from "#lib/core/time.ts";
import type { SinkDecision, SinkEvent } from "./event-sink.ts";

const EPOCH = "00000000-0000-4000-8000-00000000000a";
const USERS = 45;
const TASKS = 60;
const SWITCHES = ["turned-off", "turned-off", "turned-on", "turned-on"] as const;
/** Every one of them is refused by a store: text that cannot be kept, and a moment for which there is no room. */
const NUL = "half a \u0000 text";
const LONG_AGO = Date.parse("2001-02-03T04:05:06Z");

/** What is sent: batches in this order, and the decisions that come only when nobody waits for them any longer. */
export type Traffic = { batches: SinkEvent[][]; tooLate: SinkDecision[]; poisoned: ReadonlySet<string> };

type TrafficInput = {
  seed: number;
  /** The events happen in [from, to), epoch ms. */
  from: number;
  to: number;
  decisions: number;
};

/**
 * Random traffic of one environment, the same for the same seed: late, sent twice, out of order, poisoned, and with signals that come before their
 * decision or without one, with ids in capitals. Every amount is a multiple of a power of two, so that sums are exact in whatever order they are made.
 */
export function randomTraffic({ seed, from, to, decisions: count }: TrafficInput): Traffic {
  const { uniform } = seededRandom(seed);
  const below = (limit: number) => Math.floor(uniform() * limit);
  const chance = (share: number) => uniform() < share;
  const pick = <T>(...of: readonly T[]): T => of[below(of.length)] as T;
  const some = <T>(...of: readonly T[]): T[] => of.filter(() => chance(0.4));
  const idAt = (at: number) => uuidv7({ msecs: at, random: Uint8Array.from({ length: 16 }, () => below(256)) });
  const users = Array.from({ length: USERS }, () =>
    Array.from({ length: 16 }, () => below(256).toString(16).padStart(2, "0")).join(""),
  );
  /** Somebody who has come by then: new people come for half of the time. */
  const someone = (at: number) => {
    const come = Math.min(1, (2 * (at - from)) / (to - from));
    return pick(...users.slice(0, 5 + Math.floor((USERS - 5) * come)));
  };
  const clocks = new Set<number>();
  /** A moment that no other event has: which switch of a user was the last must never be a draw. */
  const moment = (earliest: number, latest: number) => {
    let at = Math.floor(earliest + uniform() * (latest - earliest));
    while (clocks.has(at)) at += 1;
    clocks.add(at);
    return at;
  };
  const latency = () => pick(below(80_000) / 8, below(80_000) / 8, 2 ** below(12), 0);

  const aDecision = (): SinkDecision => {
    const at = moment(from, to);
    const feature = pick("reply-assistant", "reply-assistant", "tagger", null);
    return {
      type: "decision",
      // The host makes the id a little before or after the event's own time: perhaps on another side of midnight.
      id: idAt(at + below(6000) - 3000),
      at: new Date(at).toISOString(),
      instance: pick("desk-1", "desk-2", "desk-3"),
      feature,
      scenarios: some("billing", "refunds", "shipping"),
      cohorts: some("region-de", "beta"),
      cohortsUnknown: some("region-de"),
      release: pick("r-1", "r-1", "r-2", null),
      arm: pick("current", "current", "candidate", null),
      slot: null,
      ruleset: chance(0.9) ? { epoch: EPOCH, version: below(9) } : null,
      userHash: chance(0.85) ? someone(at) : undefined,
      sessionHash: undefined,
      task: chance(0.5) ? `task ${below(TASKS)}` : undefined,
      initiatedBy: pick("user", "user", "system"),
      served: pick("primary", "primary", "primary", "secondary", "cached", "template", "static", "manual", "person"),
      provider: pick("x", "y", null),
      model: pick("x-large", null),
      mode: pick("autonomous", "suggestion"),
      latencyMs: chance(0.8) ? latency() : null,
      costUsd: chance(0.6) ? below(100) / 1024 : null,
      tokensIn: chance(0.6) ? pick(0, below(5000), below(5000)) : undefined,
      tokensOut: chance(0.6) ? pick(0, below(900), below(900)) : null,
      error: chance(0.3) ? pick("timeout", "too-late", "low-confidence", "error:503", "stopped") : null,
      safetyFiltered: chance(0.05),
      confidence: chance(0.5) ? below(64) / 64 : null,
      controls: chance(0.3) ? some("control-1", "control-2") : [],
      dimensions: Object.fromEntries([
        ...(chance(0.6) ? [["country", pick("de", "fr", "us")]] : []),
        ...(chance(0.3) ? [["seats", pick(1, 25)]] : []),
        ...(chance(0.2) ? [["trial", chance(0.5)]] : []),
      ]),
      source: chance(0.9) ? "sdk" : "otlp",
    };
  };

  const VALUES: Partial<Record<SignalEvent["kind"], () => number>> = {
    edited: () => below(4000) / 4,
    reviewed: () => below(4000) / 4,
    judged: () => below(17) / 16,
  };
  const aSignal = (at: number, about: Partial<SignalEvent>): SignalEvent => {
    const kind = pick(
      ...SIGNAL_KINDS,
      "edited",
      "edited",
      "regenerated",
      "regenerated",
      "judged",
      "reviewed",
      ...SWITCHES,
    );
    return {
      type: "signal",
      id: idAt(at),
      at: new Date(at).toISOString(),
      kind,
      value: chance(0.8) ? VALUES[kind]?.() : undefined,
      changed: chance(0.5) ? below(65) / 64 : undefined,
      label: chance(0.5) ? pick("misleading", "false-positive", "fine") : undefined,
      ...about,
    };
  };
  /** Most within the hour, some days later. */
  const after = (decision: SinkDecision) => {
    const at = Date.parse(decision.at);
    return moment(at, Math.min(to, at + (chance(0.8) ? HOUR_MS : to - from)));
  };
  const ofDecision = (decision: SinkDecision) => aSignal(after(decision), { decisionId: decision.id });

  /** Some hosts write ids in capitals, or say an id in another way than the one who made it. */
  const inCapitals = (id: string) => (chance(0.2) ? id.toUpperCase() : id);
  const writing = (event: SinkEvent): SinkEvent => ({
    ...event,
    id: inCapitals(event.id),
    ...("decisionId" in event && event.decisionId && { decisionId: inCapitals(event.decisionId) }),
  });

  const decisions = Array.from({ length: count }, aDecision);
  const signals = decisions.flatMap((decision) => Array.from({ length: below(5) }, () => ofDecision(decision)));
  /** Several people look at the same answer, not all of one mind. */
  const verdicts = decisions
    .filter(() => chance(0.1))
    .flatMap((decision) => {
      const kind = pick("audited" as const, "moderated" as const, "reviewed" as const);
      return Array.from({ length: 2 + below(2) }, () => ({ ...ofDecision(decision), kind }));
    });
  const direct = Array.from({ length: count >> 3 }, () =>
    aSignal(moment(from, to), {
      feature: pick("reply-assistant", "tagger"),
      scenarios: pick(undefined, ["billing"], ["refunds", "billing"]),
      userHash: chance(0.8) ? pick(...users) : undefined,
    }),
  );
  const tooLate = Array.from({ length: 12 }, aDecision);
  const never = Array.from({ length: 12 }, () => aSignal(moment(from, to), { decisionId: idAt(moment(from, to)) }));
  const poison: SinkEvent[] = Array.from({ length: 15 }, () =>
    chance(0.5)
      ? { ...aDecision(), id: idAt(LONG_AGO + below(HOUR_MS)) }
      : pick<SinkEvent>(
          { ...aDecision(), instance: NUL },
          aSignal(moment(from, to), { feature: "tagger", label: NUL }),
        ),
  );

  const lateness = () => (chance(0.7) ? uniform() * 0.1 * HOUR_MS : uniform() * 72 * HOUR_MS);
  const inOrder = [...decisions, ...signals, ...verdicts, ...direct, ...tooLate.map(ofDecision), ...never, ...poison]
    .map((event) => ({ event, sentAt: Date.parse(event.at) + lateness() }))
    .sort((a, b) => a.sentAt - b.sentAt)
    .map(({ event }) => event);
  const batches: SinkEvent[][] = [];
  for (let start = 0; start < inOrder.length; ) {
    const fresh = inOrder.slice(start, start + 1 + below(chance(0.2) ? 12 : 500));
    start += fresh.length;
    // Some of what came before comes again, and some twice in one batch.
    const again = Array.from({ length: below(40) }, () => inOrder[below(start)] as SinkEvent);
    const batch = [...fresh, ...again].map((event) => ({ event: writing(event), order: uniform() }));
    batches.push(batch.sort((a, b) => a.order - b.order).map(({ event }) => event));
    if (chance(0.2)) batches.push(batches[below(batches.length)] ?? []);
  }
  return { batches, tooLate, poisoned: new Set(poison.map(({ id }) => id)) };
}
