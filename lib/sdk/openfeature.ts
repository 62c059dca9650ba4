import {
  ErrorCode,
  type EvaluationContext,
  type JsonValue,
  type Provider,
  type ResolutionDetails,
  StandardResolutionReasons,
  type TrackingEventDetails,
} from "@openfeature/server-sdk";
import { SIGNAL_KINDS } from "../core/events/signal-kinds.ts";
import type { AttributeValue, Decision, DecisionContext, Evenkeel } from "./types.ts";

/** Fields of a decision that are flags of their own, `<feature>.<field>`; the same as over OFREP. */
const FIELDS = [
  "serve",
  "mode",
  "reviewBelow",
  "fallback",
  "notices",
  "minConfidence",
  "maxLatencyMs",
  "stream",
  "arm",
  "release",
  "sample",
] as const;
type Field = (typeof FIELDS)[number];

/**
 * An OpenFeature server provider. A flag is a feature and its value the decision as an object; `<feature>.<field>` gives one typed field. The
 * targeting key is the user; `scenarios` (a list) and `sticky` are read as such, everything else as an attribute. A feature that is not
 * known is no error but a decision for the fallback, so that a default value never turns AI on. Closing the client stays yours.
 */
export class EvenkeelProvider implements Provider {
  readonly metadata = { name: "Evenkeel" } as const;
  readonly runsOn = "server";
  readonly #evenkeel: Evenkeel;

  constructor(evenkeel: Evenkeel) {
    this.#evenkeel = evenkeel;
  }

  /** Waits up to 2 s for the rules; without them every flag says fallback. */
  async initialize(): Promise<void> {
    await this.#evenkeel.ready({ timeoutMs: 2000 });
  }

  async resolveBooleanEvaluation(key: string, otherwise: boolean, context: EvaluationContext) {
    return this.#field(key, otherwise, context, (value) => typeof value === "boolean");
  }

  async resolveStringEvaluation(key: string, otherwise: string, context: EvaluationContext) {
    return this.#field(key, otherwise, context, (value) => typeof value === "string");
  }

  async resolveNumberEvaluation(key: string, otherwise: number, context: EvaluationContext) {
    return this.#field(key, otherwise, context, (value) => typeof value === "number");
  }

  async resolveObjectEvaluation<T extends JsonValue>(
    key: string,
    otherwise: T,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<T>> {
    const split = splitKey(key);
    if (split && (split.field === "fallback" || split.field === "notices")) {
      return this.#field(key, otherwise, context, (value) => typeof value === "object" && value !== null);
    }
    const decision = this.#evenkeel.decide(key, contextOf(context));
    return details(decision, JSON.parse(JSON.stringify(decision)) as T);
  }

  /** A signal: the event's name is its kind, `decisionId` of the details what it is about (else the detail `feature`). */
  track(name: string, context: EvaluationContext, given: TrackingEventDetails): void {
    const kind = SIGNAL_KINDS.find((each) => each === name);
    if (!kind) return;
    const number = (field: string) => (typeof given[field] === "number" ? given[field] : undefined);
    const fields = { value: given.value ?? number("seconds"), changed: number("changed") };
    if (typeof given.decisionId === "string") this.#evenkeel.record(given.decisionId, kind, fields);
    else if (typeof given.feature === "string") {
      this.#evenkeel.record({ feature: given.feature, userId: context.targetingKey }, kind, fields);
    }
  }

  #field<T extends JsonValue>(
    key: string,
    otherwise: T,
    context: EvaluationContext,
    fits: (value: unknown) => boolean,
  ): ResolutionDetails<T> {
    const split = splitKey(key);
    if (!split)
      return failed(otherwise, ErrorCode.TYPE_MISMATCH, "A feature's value is an object; name one of its fields.");
    const decision = this.#evenkeel.decide(split.feature, contextOf(context));
    const value = decision[split.field];
    if (!fits(value)) return failed(otherwise, ErrorCode.TYPE_MISMATCH, `The field ${split.field} has another type.`);
    return details(decision, value as T);
  }
}

/** A feature's own key may hold dots, so the field is what follows the last one. */
function splitKey(key: string): { feature: string; field: Field } | null {
  const dot = key.lastIndexOf(".");
  const field = FIELDS.find((name) => name === key.slice(dot + 1));
  return dot > 0 && field ? { feature: key.slice(0, dot), field } : null;
}

function details<T extends JsonValue>(decision: Decision, value: T): ResolutionDetails<T> {
  return {
    value,
    variant: decision.arm ?? decision.serve,
    reason: reasonOf(decision),
    flagMetadata: {
      decisionId: decision.id,
      rulesetEpoch: decision.ruleset.epoch,
      rulesetVersion: decision.ruleset.version,
    },
  };
}

function reasonOf({ because }: Decision): string {
  const codes = because.map(({ code }) => code);
  if (codes.includes("unknown-feature") || codes.includes("unreadable-ruleset"))
    return StandardResolutionReasons.DEFAULT;
  if (codes.includes("stale")) return StandardResolutionReasons.STALE;
  if (codes.includes("feature-off")) return StandardResolutionReasons.DISABLED;
  if (codes.includes("candidate")) return StandardResolutionReasons.SPLIT;
  return codes.length > 0 ? StandardResolutionReasons.TARGETING_MATCH : StandardResolutionReasons.STATIC;
}

function failed<T>(value: T, errorCode: ErrorCode, errorMessage: string): ResolutionDetails<T> {
  return { value, errorCode, errorMessage, reason: StandardResolutionReasons.ERROR };
}

function contextOf(given: EvaluationContext): DecisionContext {
  const { targetingKey, scenarios, sticky, ...rest } = given;
  const attributes: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(rest)) {
    if (value instanceof Date) attributes[name] = value.toISOString();
    else if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      attributes[name] = value;
  }
  // Scenarios that are no list of texts are handed on as they are: the client reads them as unknown, which is the safe way.
  return {
    userId: targetingKey,
    scenarios: scenarios as string[] | undefined,
    sticky: sticky as string | undefined,
    attributes,
  };
}
