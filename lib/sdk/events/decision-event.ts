import type { DecisionEvent } from "../../core/events/event.ts";
import { isRecord } from "../ruleset/shape.ts";
import { share } from "../run/attempt.ts";
import type { Finished } from "../run/engine.ts";
import type { AttributeValue } from "../types.ts";
import { cohortsOf } from "./cohorts.ts";
import { pseudonym } from "./pseudonym.ts";

/** The event that says what one request was answered with. `at`: epoch ms. Holds no raw id: without the environment's key there is no pseudonym. */
export function decisionEvent(finished: Finished, instance: string, at: number): DecisionEvent {
  const { decision, context, rules, about } = finished;
  const cohorts = cohortsOf(rules, context.attributes);
  return {
    type: "decision",
    id: decision.id,
    at: new Date(at).toISOString(),
    instance,
    feature: decision.feature.slice(0, 200),
    scenarios: keys(context.scenarios, 20),
    cohorts: keys(cohorts.inside, 50),
    cohortsUnknown: keys(cohorts.unknown, 200),
    release: decision.release,
    arm: decision.arm,
    slot: decision.slot,
    ruleset: decision.ruleset,
    userHash: (context.userId && pseudonym(rules, context.userId)) || undefined,
    sessionHash: (typeof about.sessionId === "string" && pseudonym(rules, about.sessionId)) || undefined,
    task: keyOf(about.task) ?? undefined,
    initiatedBy: about.initiatedBy === "system" ? "system" : "user",
    served: finished.served,
    provider: keyOf(finished.provider),
    model: keyOf(finished.model),
    modelReported: keyOf(finished.modelReported),
    mode: decision.mode,
    latencyMs: amount(finished.latencyMs, 10),
    costUsd: amount(finished.usage?.costUsd),
    tokensIn: amount(finished.usage?.tokensIn, 1),
    tokensOut: amount(finished.usage?.tokensOut, 1),
    error: finished.error === null ? null : finished.error.slice(0, 200),
    safetyFiltered: finished.safetyFiltered,
    confidence: share(finished.confidence) ?? null,
    controls: controlsOf(decision.because),
    dimensions: dimensionsOf(about.dimensions),
  };
}

function controlsOf(because: Finished["decision"]["because"]): string[] {
  const ids = because.flatMap(({ controlId }) => (controlId ? [controlId.slice(0, 100)] : []));
  return [...new Set(ids)].slice(0, 200);
}

/** At most three; the contract allows no more. */
function dimensionsOf(given: unknown): Record<string, AttributeValue> {
  if (!isRecord(given)) return {};
  const fields = Object.entries(given).flatMap(([name, value]): [string, AttributeValue][] => {
    if (name === "" || name.length > 200) return [];
    if (typeof value === "string") return [[name, value.slice(0, 200)]];
    return typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value)) ? [[name, value]] : [];
  });
  return Object.fromEntries(fields.slice(0, 3));
}

/** Entries that can be keys: not empty, at most 200 characters. */
export function keys(given: unknown, most: number): string[] {
  return Array.isArray(given) ? given.flatMap((each) => keyOf(each) ?? []).slice(0, most) : [];
}

export function keyOf(given: unknown): string | null {
  return typeof given === "string" && given !== "" ? given.slice(0, 200) : null;
}

/** A number that is not negative, rounded to `1 / parts`; null for anything else. */
function amount(given: unknown, parts?: number): number | null {
  if (typeof given !== "number" || !Number.isFinite(given) || given < 0) return null;
  return parts === undefined ? given : Math.round(given * parts) / parts;
}
