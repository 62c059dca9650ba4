import type { Ruleset } from "../../core/decision/ruleset.ts";
import { cut } from "../../core/events/cut.ts";
import type { DecisionEvent } from "../../core/events/event.ts";
import { isRecord } from "../ruleset/shape.ts";
import { share } from "../run/attempt.ts";
import type { Finished } from "../run/engine.ts";
import { safely } from "../safely.ts";
import type { About, AttributeValue } from "../types.ts";
import { cohortsOf } from "./cohorts.ts";
import { pseudonym } from "./pseudonym.ts";

type Later = "cohorts" | "cohortsUnknown" | "userHash" | "sessionHash";

/**
 * What a decision's event is made of when it is sent: nothing of what was asked and answered, which may be large and waits as long as the server is away. `rules`: by which its
 * pseudonyms and cohorts are told; null: by those that are known then.
 */
export type DecisionParts = {
  known: Omit<DecisionEvent, Later>;
  userId: string | undefined;
  sessionId: string | undefined;
  attributes: Record<string, AttributeValue> | undefined;
  rules: Ruleset | null;
};

/** Takes what the event needs. `at`: epoch ms. What the host tells about its request is left out where it cannot be read. */
export function decisionParts(finished: Finished, instance: string, at: number): DecisionParts {
  const { decision, context, rules, about } = finished;
  const said = (name: keyof About): unknown => safely(() => about[name], undefined);
  const sessionId = said("sessionId");
  return {
    known: {
      type: "decision",
      id: decision.id,
      at: new Date(at).toISOString(),
      instance,
      feature: cut(decision.feature, 200),
      scenarios: keys(context.scenarios, 20),
      release: decision.release,
      arm: decision.arm,
      slot: decision.slot,
      ruleset: { epoch: decision.ruleset.epoch, version: decision.ruleset.version },
      task: keyOf(said("task")) ?? undefined,
      initiatedBy: said("initiatedBy") === "system" ? "system" : "user",
      served: finished.served,
      provider: keyOf(finished.provider),
      model: keyOf(finished.model),
      modelReported: keyOf(finished.modelReported),
      mode: decision.mode,
      latencyMs: amount(finished.latencyMs, 10),
      costUsd: amount(finished.usage?.costUsd),
      tokensIn: amount(finished.usage?.tokensIn, 1),
      tokensOut: amount(finished.usage?.tokensOut, 1),
      error: finished.error === null ? null : cut(finished.error, 200),
      safetyFiltered: finished.safetyFiltered,
      confidence: share(finished.confidence) ?? null,
      controls: controlsOf(decision.because),
      dimensions: safely(() => dimensionsOf(said("dimensions")), {}),
    },
    userId: context.userId,
    sessionId: typeof sessionId === "string" ? sessionId : undefined,
    attributes: context.attributes,
    rules,
  };
}

/** About how many bytes it takes to keep them: `least`, and what may be long. */
export function weightOf(
  { known, userId = "", sessionId = "", attributes = {} }: DecisionParts,
  least: number,
): number {
  const texts = [userId, sessionId, ...known.scenarios, ...Object.entries(attributes).flat()];
  return texts.reduce<number>((sum, text) => sum + (typeof text === "string" ? 2 * text.length : 8), least);
}

/** The event that says what one request was answered with. Holds no raw id: without the environment's key there is no pseudonym. */
export function decisionEvent(
  { known, userId, sessionId, attributes }: DecisionParts,
  rules: Ruleset | null,
): DecisionEvent {
  const cohorts = cohortsOf(rules, attributes);
  return {
    ...known,
    cohorts: keys(cohorts.inside, 50),
    cohortsUnknown: keys(cohorts.unknown, 200),
    userHash: (userId && pseudonym(rules, userId)) || undefined,
    sessionHash: (sessionId !== undefined && pseudonym(rules, sessionId)) || undefined,
  };
}

function controlsOf(because: Finished["decision"]["because"]): string[] {
  const ids = because.flatMap(({ controlId }) => (controlId ? [cut(controlId, 100)] : []));
  return [...new Set(ids)].slice(0, 200);
}

/** At most three; the contract allows no more. */
function dimensionsOf(given: unknown): Record<string, AttributeValue> {
  if (!isRecord(given)) return {};
  const fields = Object.entries(given).flatMap(([name, value]): [string, AttributeValue][] => {
    if (name === "" || name.length > 200) return [];
    if (typeof value === "string") return [[name, cut(value, 200)]];
    return typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value)) ? [[name, value]] : [];
  });
  return Object.fromEntries(fields.slice(0, 3));
}

/** Entries that can be keys: not empty, at most 200 characters. */
export function keys(given: unknown, most: number): string[] {
  return Array.isArray(given) ? given.flatMap((each) => keyOf(each) ?? []).slice(0, most) : [];
}

export function keyOf(given: unknown): string | null {
  return typeof given === "string" ? cut(given, 200) || null : null;
}

/** A number that is not negative, rounded to `1 / parts`; null for anything else. */
function amount(given: unknown, parts?: number): number | null {
  if (typeof given !== "number" || !Number.isFinite(given) || given < 0) return null;
  return parts === undefined ? given : Math.round(given * parts) / parts;
}
