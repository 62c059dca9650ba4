import { createHash } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import type { DecisionEvent, SignalEvent, TelemetryEvent } from "../../core/events/event.ts";

/** Events of one batch, as the SDK would send them. */
export const BATCH = 500;
const USERS = 5000;
/** Of each batch: decisions, the others are signals of this batch's and the batch before's. */
const DECISIONS = 350;
const RULESET = { epoch: "0199a000-0000-7000-8000-000000000000", version: 12 };

const FEATURES = [
  { key: "reply-assistant", scenarios: ["billing", "refunds", "shipping", "returns"], candidate: 0.25 },
  { key: "listing-copy", scenarios: ["electronics", "furniture", "clothing"], candidate: 0 },
  { key: "insights", scenarios: ["weekly", "daily"], candidate: 0.5 },
] as const;
const COHORTS = ["region-de", "region-fr", "plan-pro"];
const KINDS: readonly SignalEvent["kind"][] = ["shown", "accepted", "edited", "regenerated", "thumbs-up", "dismissed"];

/** A generator of numbers from 0 to 1 (mulberry32), the same ones for the same seed. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const PEOPLE = Array.from({ length: USERS }, (_, index) =>
  createHash("sha256").update(`user ${index}`).digest("hex").slice(0, 32),
);

function aDecision(random: () => number, at: number): DecisionEvent {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const feature = pick(FEATURES);
  const candidate = random() < feature.candidate;
  const ai = random() < 0.93;
  const served = ai ? (random() < 0.97 ? "primary" : "secondary") : pick(["template", "manual", "cached"] as const);
  return {
    type: "decision",
    id: uuidv7({ msecs: at }),
    at: new Date(at).toISOString(),
    instance: `0199a000-0000-7000-8000-00000000000${Math.floor(random() * 4)}`,
    feature: feature.key,
    scenarios: [pick(feature.scenarios)],
    cohorts: random() < 0.7 ? [pick(COHORTS)] : [],
    cohortsUnknown: [],
    release: `${feature.key}-${candidate ? 2 : 1}`,
    arm: candidate ? "candidate" : "current",
    slot: Math.floor(random() * 100_000),
    ruleset: RULESET,
    userHash: pick(PEOPLE),
    task: random() < 0.3 ? `task-${Math.floor(random() * 50_000)}` : undefined,
    initiatedBy: random() < 0.8 ? "user" : "system",
    served,
    provider: ai ? "provider-x" : null,
    model: ai ? "large" : null,
    mode: random() < 0.4 ? "suggestion" : "autonomous",
    latencyMs: ai ? Math.round(6000 * Math.exp(2 * (random() - 1)) * 10) / 10 : null,
    costUsd: ai ? 0.0021 : null,
    tokensIn: ai ? 812 : null,
    tokensOut: ai ? 120 : null,
    error: ai ? null : "timeout",
    safetyFiltered: false,
    confidence: ai ? 0.87 : null,
    controls: random() < 0.05 ? ["0199a000-0000-7000-8000-0000000000aa"] : [],
    dimensions: { channel: pick(["mail", "chat", "phone"]) },
  };
}

function aSignal(random: () => number, at: number, about: DecisionEvent): SignalEvent {
  const kind = KINDS[Math.floor(random() * KINDS.length)] ?? "shown";
  return {
    type: "signal",
    id: uuidv7({ msecs: at }),
    at: new Date(at).toISOString(),
    decisionId: about.id,
    kind,
    value: kind === "edited" ? Math.round(300 * random()) / 10 : undefined,
    changed: kind === "edited" ? Math.round(random() * 100) / 100 : undefined,
  };
}

/** Batches as the hosts of a busy product send them now: three features with releases compared, 5,000 users, decisions and what became of them. */
export function trafficBatches(count: number, seed = 1): TelemetryEvent[][] {
  const random = numbers(seed);
  let before: DecisionEvent[] = [];
  return Array.from({ length: count }, () => {
    const at = Date.now() - Math.floor(random() * 30_000);
    const decisions = Array.from({ length: DECISIONS }, () => aDecision(random, at));
    const known = [...before, ...decisions];
    before = decisions;
    const signals = Array.from({ length: BATCH - DECISIONS }, () =>
      aSignal(random, at, known[Math.floor(random() * known.length)] as DecisionEvent),
    );
    return [...decisions, ...signals];
  });
}
