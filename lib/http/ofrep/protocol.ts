import { z } from "zod";
import type { AttributeValue } from "#lib/core/decision/condition.ts";
import type { DecisionContext } from "#lib/core/decision/decision.ts";
import { AppError } from "#lib/errors.ts";
import { expectedError, problemResponse } from "../problem.ts";

/** OpenFeature Remote Evaluation Protocol 0.3 (github.com/open-feature/protocol, service/openapi.yaml). */
const ERROR_CODES = ["PARSE_ERROR", "TARGETING_KEY_MISSING", "INVALID_CONTEXT", "FLAG_NOT_FOUND", "GENERAL"] as const;

export const evaluationSuccess = z.object({
  key: z.string(),
  /** Absent: the provider uses the default value of its code. */
  value: z.unknown().optional(),
  reason: z.enum(["STATIC", "TARGETING_MATCH", "SPLIT", "DISABLED", "UNKNOWN"]),
  variant: z.string(),
  metadata: z.record(z.string(), z.union([z.boolean(), z.string(), z.number()])),
});
export type EvaluationSuccess = z.infer<typeof evaluationSuccess>;

export const evaluationFailure = z.object({
  key: z.string().optional(),
  errorCode: z.enum(ERROR_CODES).optional(),
  errorDetails: z.string(),
});

export const bulkEvaluation = z.object({ flags: z.array(evaluationSuccess) });

export const evaluationRequest = z.object({
  context: z.looseObject({
    targetingKey: z.string().nullish(),
    scenario: z.string().nullish(),
    scenarios: z.array(z.string()).nullish(),
    sticky: z.string().nullish(),
  }),
});

const isAttribute = (value: unknown): value is AttributeValue => ["string", "number", "boolean"].includes(typeof value);

/**
 * What an OpenFeature evaluation context says in our words: `targetingKey` is the user, `scenarios` (or one `scenario`) and `sticky` are ours, everything else
 * is an attribute. Nothing is required: what is missing is unknown, and unknown is read safely.
 * @throws AppError `invalid-input` with `errorCode` in its details.
 */
export function contextOf(body: unknown): DecisionContext {
  const parsed = evaluationRequest.safeParse(body);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.map(String).join(".") || "context";
    throw new AppError("invalid-input", `The evaluation context cannot be read: ${field} has another shape.`, {
      errorCode: "INVALID_CONTEXT",
    });
  }
  const { targetingKey, scenario, scenarios, sticky, ...rest } = parsed.data.context;
  return {
    userId: targetingKey ?? undefined,
    scenarios: scenarios ?? (scenario ? [scenario] : undefined),
    sticky: sticky ?? undefined,
    attributes: Object.fromEntries(
      Object.entries(rest).filter((entry): entry is [string, AttributeValue] => isAttribute(entry[1])),
    ),
  };
}

/** An error in the protocol's shape, with the status and headers it has everywhere else. */
export function ofrepError(error: unknown, requestId: string, key?: string): Response {
  const plain = problemResponse(error, requestId);
  const known = expectedError(error);
  const errorCode = ERROR_CODES.find((code) => code === known?.details.errorCode);
  const isEvaluation = plain.status === 400 || plain.status === 404;
  const body = {
    ...(key === undefined ? {} : { key }),
    ...(isEvaluation ? { errorCode: errorCode ?? "PARSE_ERROR" } : {}),
    errorDetails: known?.message ?? `Something went wrong on our side (request ${requestId}).`,
  };
  const headers = new Headers(plain.headers);
  headers.set("content-type", "application/json");
  return new Response(JSON.stringify(body), { status: plain.status, headers });
}
