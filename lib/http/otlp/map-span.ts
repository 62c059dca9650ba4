import { createHash } from "node:crypto";
import { cut } from "#lib/core/events/cut.ts";
import type { SignalEvent } from "#lib/core/events/event.ts";
import type { SinkDecision } from "#lib/telemetry/event-sink.ts";
import type { Attributes, Span } from "./spans.ts";

/** What a mapping needs to know of the environment. */
export type MapInput = {
  /** Keys of the environment's features: a span that names none of them is unassigned, never guessed. */
  isFeature: (key: string) => boolean;
  pseudonym: (rawId: string) => string | null;
};

const CALLS = new Set(["chat", "generate_content", "text_completion"]);
/** Older names of the Vercel AI SDK (v5, v6) for the outer span of a call. */
const OLDER_CALLS = new Set(["ai.generateText", "ai.streamText", "ai.generateObject", "ai.streamObject"]);
const STEP = /\.do(?:Generate|Stream)$/;
const PSEUDONYM = /^[0-9a-f]{32}$/;
const MAX_TEXT = 200;

/** Whether a span is a call of a model, by the newer (`gen_ai.operation.name`) and the older conventions. Agents, tools and embeddings are not. */
export function isModelCall({ attributes }: Span): boolean {
  const operation = attributes.get("gen_ai.operation.name");
  if (operation !== undefined) return typeof operation === "string" && CALLS.has(operation);
  const older = attributes.get("ai.operationId");
  if (typeof older === "string") return OLDER_CALLS.has(older) || STEP.test(older);
  return attributes.has("gen_ai.system") && attributes.has("gen_ai.request.model");
}

/** A step inside a call of the older names: it has an outer span always, which may come in another export, before it or after it. */
function isStep({ attributes, parentSpanId }: Span): boolean {
  const older = attributes.get("ai.operationId");
  return (
    parentSpanId !== null && !attributes.has("gen_ai.operation.name") && typeof older === "string" && STEP.test(older)
  );
}

/**
 * Only one span of an AI call counts: the outermost that is one, and never a step by itself. Spans of the present conventions say nothing of an outer call in another export: nearly
 * always there is none, since what is above them is an agent or a request. Where two instrumentations report the same call, and in two exports, it counts twice; waiting for what may be
 * above would hold up every figure, and remembering what was counted would hold only for one replica.
 */
export function outermostCalls(spans: readonly Span[]): Span[] {
  const byId = new Map(spans.map((span) => [span.traceId + span.spanId, span]));
  const hasCallAbove = (span: Span): boolean => {
    const seen = new Set<Span>();
    for (
      let at = byId.get(span.traceId + span.parentSpanId);
      at && !seen.has(at);
      at = byId.get(at.traceId + at.parentSpanId)
    ) {
      if (isModelCall(at)) return true;
      seen.add(at);
    }
    return false;
  };
  return spans.filter((span) => isModelCall(span) && !isStep(span) && !hasCallAbove(span));
}

/** A UUIDv7 that is always the same for the same span, so that a span sent twice counts once: its start, then the hash of its ids. */
export function idOfSpan(span: Span, what = ""): string {
  const hash = createHash("sha256")
    .update(span.traceId + span.spanId + what)
    .digest("hex");
  const time = Math.max(0, Math.trunc(span.start)).toString(16).padStart(12, "0").slice(-12);
  const variant = ((Number.parseInt(hash[3] ?? "0", 16) & 3) | 8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(7, 19)}`;
}

function text(attributes: Attributes, ...names: string[]): string | null {
  for (const name of names) {
    const value = attributes.get(name);
    if (typeof value === "string" && value !== "") return cut(value, MAX_TEXT);
  }
  return null;
}

function count(attributes: Attributes, ...names: string[]): number | null {
  for (const name of names) {
    const value = Number(attributes.get(name) ?? Number.NaN);
    if (Number.isSafeInteger(value) && value >= 0) return value;
  }
  return null;
}

const texts = (attributes: Attributes, name: string): readonly string[] => {
  const value = attributes.get(name);
  return typeof value === "string" ? [value] : Array.isArray(value) ? value : [];
};

const filtered = (attributes: Attributes) =>
  texts(attributes, "gen_ai.response.finish_reasons").some((reason) => /^content[_-]filter/.test(reason));

/** A model call as a decision event: the mapping of OpenTelemetry's GenAI conventions, both generations. Raw ids become pseudonyms here. */
export function decisionOf(span: Span, { isFeature, pseudonym }: MapInput): SinkDecision {
  const { attributes: a, resource } = span;
  const named = ["feature_flag.key", "gen_ai.agent.name", "ai.telemetry.functionId"].map((name) => text(a, name));
  const feature = [...named, text(resource, "service.name")].find((key) => key !== null && isFeature(key)) ?? null;
  const ready = text(a, "user.hash");
  const raw = text(
    a,
    "feature_flag.context.id",
    "enduser.pseudo.id",
    "user.id",
    "langfuse.user.id",
    "ai.telemetry.metadata.userId",
    "enduser.id",
  );
  const userHash = ready && PSEUDONYM.test(ready) ? ready : raw ? (pseudonym(raw) ?? undefined) : undefined;
  const session = text(a, "gen_ai.conversation.id", "session.id");
  // The conventions give an error's type only where the call ended in one; not every instrumentation sets the status, too.
  const failure = text(a, "error.type") ?? (span.failed ? "error" : null);
  return {
    type: "decision",
    id: idOfSpan(span),
    at: new Date(span.start).toISOString(),
    source: "otlp",
    instance: text(resource, "service.instance.id", "service.name") ?? "otlp",
    feature,
    scenarios: texts(a, "evenkeel.scenarios")
      .slice(0, 20)
      .map((each) => cut(each, MAX_TEXT)),
    cohorts: [],
    cohortsUnknown: [],
    release: text(a, "rollout.release", "feature_flag.version"),
    arm: text(a, "rollout.variant", "feature_flag.result.variant"),
    slot: null,
    ruleset: null,
    userHash,
    sessionHash: session ? (pseudonym(session) ?? undefined) : undefined,
    initiatedBy: "user",
    // A call that failed answered nobody. What the product did instead a span does not say; the last rung of every ladder is what it does without AI.
    served: failure === null ? "primary" : "manual",
    provider: text(a, "gen_ai.provider.name", "gen_ai.system", "ai.model.provider"),
    model: text(a, "gen_ai.request.model", "ai.model.id"),
    modelReported: text(a, "gen_ai.response.model", "ai.response.model"),
    mode: "autonomous",
    latencyMs: Math.max(0, span.end - span.start),
    tokensIn: count(
      a,
      "gen_ai.usage.input_tokens",
      "gen_ai.usage.prompt_tokens",
      "ai.usage.promptTokens",
      "ai.usage.inputTokens",
    ),
    tokensOut: count(
      a,
      "gen_ai.usage.output_tokens",
      "gen_ai.usage.completion_tokens",
      "ai.usage.completionTokens",
      "ai.usage.outputTokens",
    ),
    error: failure,
    safetyFiltered: filtered(a) || text(a, "gen_ai.guardrail.status") === "blocked",
    controls: [],
    dimensions: {},
  };
}

/** Judges' scores that a span carries as `gen_ai.evaluation.result` events, as signals of its decision. */
export function judgementsOf(span: Span): SignalEvent[] {
  return span.events.flatMap(({ name, at, attributes }, index) => {
    if (name !== "gen_ai.evaluation.result") return [];
    const score = attributes.get("gen_ai.evaluation.score.value");
    return [
      {
        type: "signal" as const,
        id: idOfSpan(span, `judgement ${index}`),
        at: new Date(at).toISOString(),
        decisionId: idOfSpan(span),
        kind: "judged" as const,
        value: typeof score === "number" ? score : undefined,
        label: text(attributes, "gen_ai.evaluation.score.label", "gen_ai.evaluation.name") ?? undefined,
        actor: "judge",
      },
    ];
  });
}
