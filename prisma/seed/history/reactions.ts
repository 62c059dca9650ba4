import type { DecisionEvent, SignalEvent, SignalKind } from "#lib/core/events/event.ts";
import { HOUR_MS, MINUTE_MS } from "#lib/core/time.ts";
import { type Person, spreadAround } from "./people.ts";
import { idAt, type Random } from "./random.ts";
import type { Rates } from "./story.ts";

const SECOND = 1000;
const CORRECTION_SPREAD = 0.45;

/** What becomes of a conversation that got a text or a form instead of AI, by weight. */
const AFTER_FALLBACK = { "task-completed": 68, "manual-path": 18, escalated: 4, abandoned: 7, "thumbs-down": 3 };

type Details = Pick<SignalEvent, "value" | "changed" | "label" | "actor">;

/** One output and who got it. `last`: nothing more is tried for this task. */
export type Seen = { decision: DecisionEvent; person: Person; last: boolean; rates: Rates; random: Random };

/** The signals of one output; an attempt that was `regenerated` calls for another. */
export type Reacted = { signals: SignalEvent[]; regenerated: boolean; turnedOff: boolean };

/** What became of an output, as the support desk's people report it. */
export function reactionsTo(seen: Seen): Reacted {
  const { decision, random } = seen;
  const begun = Date.parse(decision.at) + Math.max(1, decision.latencyMs ?? 0);
  const signals: SignalEvent[] = [];
  const say = (kind: SignalKind, at: number, details: Details = {}) => {
    const time = Math.round(at);
    signals.push({
      type: "signal",
      id: idAt(time, random),
      at: new Date(time).toISOString(),
      decisionId: decision.id,
      kind,
      ...details,
    });
  };
  say("shown", begun);
  if (decision.served !== "primary" && decision.served !== "secondary") {
    say(random.weighted(AFTER_FALLBACK), begun + random.between(10 * SECOND, 4 * MINUTE_MS));
    return { signals, regenerated: false, turnedOff: false };
  }
  const read = begun + random.between(6 * SECOND, 70 * SECOND);
  const used = use(seen, read, say);
  judge(seen, read, say);
  if (seen.last) end(seen, read, say);
  const turnedOff = random.chance(seen.rates.turnedOff * seen.person.prone);
  if (turnedOff) say("turned-off", read + MINUTE_MS);
  return { signals, regenerated: used === "regenerated", turnedOff };
}

type Say = (kind: SignalKind, at: number, details?: Details) => void;

/** What they do with it: take it, sometimes to mend or undo it, or leave it for one of several ways out. */
function use({ person, rates, random }: Seen, read: number, say: Say): SignalKind | "nothing" {
  const more = (rate: number) => Math.min(0.9, rate * person.prone);
  const ways = {
    overridden: more(rates.overridden),
    dismissed: more(rates.dismissed),
    regenerated: more(rates.regenerated),
    abandoned: more(rates.abandoned),
    "copied-not-sent": more(rates.copiedNotSent),
    "switched-to-manual": more(rates.switchedToManual),
  };
  const out = Object.values(ways).reduce((sum, rate) => sum + rate, 0);
  const way = random.weighted({ ...ways, accepted: rates.accepted, nothing: Math.max(0.01, 1 - out - rates.accepted) });
  if (way === "nothing") return way;
  say(way, read);
  if (way !== "accepted") return way;
  if (random.chance(more(rates.edited / rates.accepted))) {
    const seconds = Math.max(
      2,
      Math.round(spreadAround(random, rates.correctionSeconds, CORRECTION_SPREAD) * person.slow),
    );
    const changed = Math.min(0.95, Math.round(spreadAround(random, rates.changed, 0.5) * 100) / 100);
    say("edited", read + seconds * SECOND, { value: seconds, changed, actor: "agent" });
  }
  if (random.chance(more(rates.reverted / rates.accepted))) say("reverted", read + random.between(MINUTE_MS, HOUR_MS));
  return way;
}

/** What they and others say of it. */
function judge({ decision, person, rates, random }: Seen, read: number, say: Say): void {
  const more = (rate: number) => random.chance(Math.min(0.9, rate * person.prone));
  if (random.chance(rates.thumbsUp)) say("thumbs-up", read + 5 * SECOND);
  else if (more(rates.thumbsDown)) say("thumbs-down", read + 5 * SECOND);
  if (more(rates.escalated)) say("escalated", read + random.between(MINUTE_MS, 20 * MINUTE_MS));
  if (random.chance(rates.policyViolation))
    say("policy-violation", read + random.between(2 * MINUTE_MS, 40 * MINUTE_MS), {
      label: "invented policy",
      actor: "agent",
    });
  if (random.chance(rates.moderated)) {
    const label = random.chance(0.15) ? "false-positive" : undefined;
    say("moderated", read + random.between(SECOND, 10 * SECOND), label ? { label } : {});
  }
  if (random.chance(rates.reviewed)) {
    const seconds = Math.round(spreadAround(random, rates.reviewSeconds, 0.4));
    say("reviewed", read + seconds * SECOND, { value: seconds, actor: "reviewer" });
  }
  if (random.chance(rates.judged)) {
    const score = Math.min(1, Math.max(0, rates.judgeScore + (random.next() + random.next() - 1) * 0.2));
    say("judged", read + random.between(MINUTE_MS, 5 * MINUTE_MS), {
      value: Math.round(score * 100) / 100,
      actor: "judge",
    });
  }
  // Audits are done while the day's samples are fresh.
  if (random.chance(rates.audited)) {
    const misleading = random.chance(rates.misleading);
    const at = Date.parse(decision.at) + random.between(HOUR_MS, 8 * HOUR_MS);
    say("audited", at, { label: misleading ? "misleading" : "faithful", actor: "reviewer" });
  }
}

/** How the task ended. */
function end({ rates, person, random }: Seen, read: number, say: Say): void {
  const at = read + random.between(30 * SECOND, 6 * MINUTE_MS);
  if (random.chance(Math.min(0.9, rates.taskFailed * person.prone))) say("task-failed", at);
  else if (random.chance(rates.taskCompleted)) say("task-completed", at);
  if (random.chance(rates.sessionRestarted)) say("session-restarted", at + MINUTE_MS);
}
