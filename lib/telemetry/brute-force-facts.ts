import type { SignalEvent } from "#lib/core/events/event.ts";
import { type Measures, signalMeasure } from "#lib/core/metrics/measures.ts";
import { expBucketIndex } from "#lib/core/stats/exp-bucket.ts";
import type { SinkDecision, SinkEvent } from "./event-sink.ts";

/** An event as it arrived, each as often as it was sent. `receivedAt` in epoch ms. */
export type Received = { environmentId: string; event: SinkEvent; receivedAt: number };

/** Something that counts at a moment, for a part of the traffic. `latencyMs` of an AI answer that told it. */
export type Fact = {
  at: number;
  feature: string;
  cuts: readonly string[];
  release: string;
  arm: string;
  user: string | null;
  measures: Measures;
  latencyMs: number | null;
};

/** A user that met a feature: there was a decision for them. */
export type Presence = { at: number; feature: string; user: string; started: boolean };

/** A user that turned a feature off or on. */
export type Switch = { at: number; feature: string; user: string; off: boolean };

/** The events of one environment, each once, with what each signal belongs to. */
export type Told = {
  decisions: { event: SinkDecision; receivedAt: number }[];
  signals: { event: SignalEvent; receivedAt: number; about: SinkDecision | null }[];
  /** Signals that name a decision which is not known, or came too late to be waited for. */
  lost: SignalEvent[];
};

const LATE_MS = 5 * 60_000;
const timeOf = (event: SinkEvent) => Date.parse(event.at);
const one = (is: boolean) => (is ? 1 : 0);
const told = (value: number | null | undefined): value is number => value !== null && value !== undefined;
const isAi = ({ served }: SinkDecision) => served === "primary" || served === "secondary";

/** Each event once; `givenUp` are the ids of signals that had waited for too long when their decision came. */
export function tell(received: readonly Received[], environmentId: string, givenUp: ReadonlySet<string>): Told {
  const decisions = new Map<string, Told["decisions"][number]>();
  const signals = new Map<string, { event: SignalEvent; receivedAt: number }>();
  for (const { event, receivedAt, ...from } of received) {
    if (from.environmentId !== environmentId) continue;
    if (event.type === "decision" && !decisions.has(event.id)) decisions.set(event.id, { event, receivedAt });
    if (event.type === "signal" && !signals.has(event.id)) signals.set(event.id, { event, receivedAt });
  }
  const lost: SignalEvent[] = [];
  const attributed: Told["signals"] = [];
  for (const signal of signals.values()) {
    const { decisionId, id } = signal.event;
    const about = decisionId ? (decisions.get(decisionId)?.event ?? null) : null;
    if (decisionId && (!about || givenUp.has(id))) lost.push(signal.event);
    else attributed.push({ ...signal, about });
  }
  return { decisions: [...decisions.values()], signals: attributed, lost };
}

function decisionMeasures(decision: SinkDecision, receivedAt: number): Measures {
  const ai = isAi(decision);
  const { error = null, latencyMs, costUsd } = decision;
  return {
    decisions: 1,
    ai: one(ai),
    tried: one(ai || error !== null || decision.safetyFiltered),
    [`served_${decision.served}`]: 1,
    suggestions: one(decision.mode === "suggestion"),
    user_started: one(decision.initiatedBy === "user"),
    errors: one(error !== null && !["timeout", "too-late", "low-confidence"].includes(error)),
    timeouts: one(error === "timeout" || error === "too-late"),
    low_confidence: one(error === "low-confidence"),
    safety_filtered: one(decision.safetyFiltered),
    latency_n: one(ai && told(latencyMs)),
    latency_ms: ai && told(latencyMs) ? latencyMs : 0,
    cost_n: one(told(costUsd)),
    cost_usd: costUsd ?? 0,
    tokens_n: one(Boolean(decision.tokensIn) || Boolean(decision.tokensOut)),
    tokens_in: decision.tokensIn ?? 0,
    tokens_out: decision.tokensOut ?? 0,
    controlled: one(decision.controls.length > 0),
    late_decisions: one(receivedAt - timeOf(decision) > LATE_MS),
  };
}

function signalMeasures(signal: SignalEvent, receivedAt: number): Measures {
  const { kind, value, changed, label } = signal;
  const measured = (is: string) => (kind === is && told(value) ? value : null);
  const [correction, review] = [measured("edited"), measured("reviewed")];
  const judgement = measured("judged");
  const score = judgement !== null && judgement >= 0 && judgement <= 1 ? judgement : null;
  const rewritten = kind === "edited" && told(changed) ? changed : null;
  return {
    signals: 1,
    late_signals: one(receivedAt - timeOf(signal) > LATE_MS),
    correction_n: one(correction !== null),
    correction_s: correction ?? 0,
    correction_ss: (correction ?? 0) ** 2,
    changed_n: one(rewritten !== null),
    changed_sum: rewritten ?? 0,
    review_n: one(review !== null),
    review_s: review ?? 0,
    judged_n: one(score !== null),
    judged_sum: score ?? 0,
    judged_ss: (score ?? 0) ** 2,
    audits: one(kind === "audited"),
    moderations: one(kind === "moderated"),
    reviews: one(kind === "reviewed"),
    audited_misleading: one(kind === "audited" && label === "misleading"),
    false_positives: one((kind === "moderated" || kind === "reviewed") && label === "false-positive"),
  };
}

type Place = Omit<Fact, "at" | "measures" | "latencyMs">;

/** Which part of the traffic a decision is of. */
function placeOfDecision(decision: SinkDecision): Place {
  const dimensions = Object.entries(decision.dimensions).map(([key, value]) => `dimension:${key}=${value}`);
  return {
    feature: decision.feature ?? "",
    cuts: [
      "",
      ...new Set(decision.scenarios.map((key) => `scenario:${key}`)),
      ...new Set(decision.cohorts.map((key) => `cohort:${key}`)),
      ...dimensions,
    ],
    release: decision.release ?? "",
    arm: decision.arm ?? "",
    user: decision.userHash ?? null,
  };
}

function placeOf(signal: SignalEvent, about: SinkDecision | null): Place {
  if (about) return placeOfDecision(about);
  const scenarios = new Set((signal.scenarios ?? []).map((key) => `scenario:${key}`));
  return {
    feature: signal.feature ?? "",
    cuts: ["", ...scenarios],
    release: "",
    arm: "",
    user: signal.userHash ?? null,
  };
}

/** Those of equal key together. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

/** Decisions with the same task of a feature, in the minute of the first of them. */
function taskFacts({ decisions, signals }: Told): Fact[] {
  const withTask = decisions.map(({ event }) => event).filter(({ task }) => task !== undefined);
  return groupBy(withTask, ({ feature, task }) => JSON.stringify([feature, task])).map((ofTask) => {
    const [first] = ofTask.toSorted((a, b) => timeOf(a) - timeOf(b) || (a.id < b.id ? -1 : 1));
    if (!first) throw new Error("a group is never empty");
    const ids = new Set(ofTask.map(({ id }) => id));
    const regenerated = signals.filter(
      ({ event, about }) => event.kind === "regenerated" && about && ids.has(about.id),
    );
    const measures = { tasks: 1, repeats: ofTask.length - 1, regenerate_loops: one(regenerated.length >= 3) };
    return { at: timeOf(first), ...placeOfDecision(first), measures, latencyMs: null };
  });
}

/** A decision with signals of a kind counts once, when the first of them was; a signal without a decision counts by itself. */
function kindFacts({ signals }: Told): Fact[] {
  return groupBy(signals, ({ event, about }) => JSON.stringify([event.kind, about?.id ?? event.id])).map((alike) => {
    const [first] = alike.toSorted((a, b) => timeOf(a.event) - timeOf(b.event));
    if (!first) throw new Error("a group is never empty");
    const measures = { [signalMeasure(first.event.kind)]: 1 };
    return { at: timeOf(first.event), ...placeOf(first.event, first.about), measures, latencyMs: null };
  });
}

/** All that counts, straight from the definitions of the measures. */
export function factsOf(all: Told): Fact[] {
  return [
    ...all.decisions.map(({ event, receivedAt }) => ({
      at: timeOf(event),
      ...placeOfDecision(event),
      measures: decisionMeasures(event, receivedAt),
      latencyMs: isAi(event) ? event.latencyMs : null,
    })),
    ...all.signals.map(({ event, receivedAt, about }) => ({
      at: timeOf(event),
      ...placeOf(event, about),
      measures: signalMeasures(event, receivedAt),
      latencyMs: null,
    })),
    ...kindFacts(all),
    ...taskFacts(all),
  ];
}

/** Who met what, and when. Signals are no meeting: another person or a judge may have sent them. */
export function presencesOf({ decisions }: Told): Presence[] {
  return decisions.flatMap(({ event: { at, feature, userHash, initiatedBy } }) =>
    userHash ? [{ at: Date.parse(at), feature: feature ?? "", user: userHash, started: initiatedBy === "user" }] : [],
  );
}

/** Who turned what off or on, and when: of an output, or of the feature without one. */
export function switchesOf({ signals }: Told): Switch[] {
  return signals.flatMap(({ event, about }) => {
    const { feature, user } = placeOf(event, about);
    const isSwitch = event.kind === "turned-off" || event.kind === "turned-on";
    return isSwitch && user ? [{ at: timeOf(event), feature, user, off: event.kind === "turned-off" }] : [];
  });
}

/** The bin of a latency, scale 5; the lowest one for 0, which an exponential histogram cannot place. */
export const binOf = (latencyMs: number) => expBucketIndex({ scale: 5, values: [latencyMs] }).index[0] ?? -32_768;

/** Sums without those that are 0. */
export function sumOf(facts: readonly Fact[]): Measures {
  const sums: Record<string, number> = {};
  for (const { measures } of facts) {
    for (const [measure, amount] of Object.entries(measures)) {
      if (amount !== 0) sums[measure] = (sums[measure] ?? 0) + amount;
    }
  }
  return sums;
}
