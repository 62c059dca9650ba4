import type { Recent } from "./recent-decisions.ts";
import { errorCodeOf, share, usageOf } from "./run/attempt.ts";
import type { Finished } from "./run/engine.ts";
import { servedBy } from "./run/served-by.ts";
import type { Decision, Outcome, ServedBy } from "./types.ts";

const SERVED: readonly ServedBy[] = ["primary", "secondary", "cached", "template", "static", "manual", "person"];

/** What a host that called the model itself tells afterwards; null when its decision is not known here. May throw on arguments that cannot be read. */
export function reported(
  given: string | Decision,
  outcome: Outcome,
  take: (id: string) => Recent | null,
): Finished | null {
  const id = typeof given === "string" ? given : given.id;
  const recent = take(id) ?? (typeof given === "string" ? null : { decision: given, context: {}, rules: null });
  if (!recent) return null;
  const { decision, context, rules } = recent;
  const error = outcome.error === undefined || outcome.error === null ? null : errorCodeOf(String(outcome.error));
  const first = decision.chain[0];
  const byModel = decision.serve === "ai" && error === null;
  const step = byModel && first ? { provider: first.provider, model: first.model } : { provider: null, model: null };
  const provider = outcome.provider ?? step.provider;
  const model = outcome.model ?? step.model;
  const served =
    outcome.served !== undefined && SERVED.includes(outcome.served)
      ? outcome.served
      : byModel
        ? servedBy(rules, decision, { provider: provider ?? "", model: model ?? "", timeoutMs: 0 })
        : decision.fallback.rung;
  return {
    decision,
    context,
    rules,
    about: outcome,
    served,
    provider,
    model,
    modelReported: outcome.modelReported ?? null,
    confidence: share(outcome.confidence) ?? null,
    usage: usageOf(outcome.usage) ?? null,
    latencyMs: typeof outcome.latencyMs === "number" ? outcome.latencyMs : null,
    error,
    safetyFiltered: outcome.safetyFiltered === true,
    output: typeof outcome.output === "string" ? outcome.output : null,
  };
}
