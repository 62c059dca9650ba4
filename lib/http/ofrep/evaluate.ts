import { v7 as uuidv7 } from "uuid";
import type { KeyScope } from "#lib/core/access/actor.ts";
import { decide } from "#lib/core/decision/decide.ts";
import type { Decision, DecisionContext } from "#lib/core/decision/decision.ts";
import type { Ruleset } from "#lib/core/decision/ruleset.ts";
import { AppError } from "#lib/errors.ts";
import type { EvaluationSuccess } from "./protocol.ts";

/** By which rules and at which moment (server time, epoch ms) to evaluate. `requestId` names the decision; default a new UUIDv7. */
export type Rules = { ruleset: Ruleset; now: number; requestId?: string; usage?: { perHour: number } };

/** What a client key may see of a decision: nothing of configuration, prompts or reasons. */
const CLIENT_FIELDS = ["serve", "mode", "reviewBelow", "fallback", "notices"] as const;
/** Fields that are flags of their own, `<feature>.<field>`, with one type each. */
const SERVER_FIELDS = [
  ...CLIENT_FIELDS,
  "minConfidence",
  "maxLatencyMs",
  "stream",
  "arm",
  "release",
  "sample",
] as const;
type Field = (typeof SERVER_FIELDS)[number];

const fieldsFor = (scope: KeyScope): readonly Field[] => (scope === "client" ? CLIENT_FIELDS : SERVER_FIELDS);

/** The feature a flag's key speaks of, and the field if it names one; null when there is no such flag. A feature's own key may hold dots. */
function flagOf(ruleset: Ruleset, key: string, scope: KeyScope): { feature: string; field: Field | null } | null {
  if (typeof ruleset.features !== "object" || ruleset.features === null) return null;
  if (Object.hasOwn(ruleset.features, key)) return { feature: key, field: null };
  const dot = key.lastIndexOf(".");
  const field = fieldsFor(scope).find((name) => name === key.slice(dot + 1));
  const feature = key.slice(0, dot);
  return dot > 0 && field && Object.hasOwn(ruleset.features, feature) ? { feature, field } : null;
}

function visible(decision: Decision, scope: KeyScope): Partial<Decision> {
  if (scope !== "client") return decision;
  const { serve, mode, reviewBelow, fallback, notices } = decision;
  return { serve, mode, reviewBelow, fallback, notices };
}

function reasonOf(decision: Decision, scope: KeyScope): EvaluationSuccess["reason"] {
  if (scope === "client") return "UNKNOWN";
  const codes = decision.because.map(({ code }) => code);
  if (codes.includes("feature-off")) return "DISABLED";
  if (codes.includes("candidate")) return "SPLIT";
  return codes.length > 0 ? "TARGETING_MATCH" : "STATIC";
}

function success(
  key: string,
  decision: Decision,
  field: Field | null,
  ruleset: Ruleset,
  scope: KeyScope,
): EvaluationSuccess {
  const value = field === null ? visible(decision, scope) : decision[field];
  const text = ruleset.texts[decision.fallback.content];
  return {
    key,
    ...(value === null ? {} : { value }),
    reason: reasonOf(decision, scope),
    variant: decision.serve === "ai" && scope !== "client" ? (decision.arm ?? "ai") : decision.serve,
    metadata: {
      ...(text === undefined ? {} : { fallbackText: text }),
      ...(scope === "client"
        ? {}
        : { decisionId: decision.id, rulesetEpoch: decision.ruleset.epoch, rulesetVersion: decision.ruleset.version }),
    },
  };
}

function decideFor(rules: Rules, feature: string, context: DecisionContext): Decision {
  const { ruleset, now, requestId = uuidv7(), usage } = rules;
  return decide(ruleset, feature, context, { now, requestId, usage });
}

/** One flag. @throws AppError `not-found` with `errorCode` `FLAG_NOT_FOUND`. */
export function evaluateFlag(rules: Rules, key: string, context: DecisionContext, scope: KeyScope): EvaluationSuccess {
  const flag = flagOf(rules.ruleset, key, scope);
  if (!flag)
    throw new AppError("not-found", "There is no such feature or field here.", { errorCode: "FLAG_NOT_FOUND" });
  return success(key, decideFor(rules, flag.feature, context), flag.field, rules.ruleset, scope);
}

/** Every feature and each of its fields, as a browser keeps them. */
export function evaluateAll(rules: Rules, context: DecisionContext, scope: KeyScope): EvaluationSuccess[] {
  return Object.keys(rules.ruleset.features).flatMap((feature) => {
    const decision = decideFor(rules, feature, context);
    const fields = fieldsFor(scope).map((field) =>
      success(`${feature}.${field}`, decision, field, rules.ruleset, scope),
    );
    return [success(feature, decision, null, rules.ruleset, scope), ...fields];
  });
}
