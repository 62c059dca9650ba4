import { z } from "zod";
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

export const evaluationRequest = z.object({ context: z.looseObject({}) });

/**
 * What an OpenFeature evaluation context says in our words: `targetingKey` is the user, `scenarios` (or one `scenario`) and `sticky` are ours, everything else
 * is an attribute. Nothing is required and nothing ill-typed is refused: an error would leave the caller with the default of its code, which may be AI, while
 * `decide` reads what is missing or ill-typed the safe way.
 * @throws AppError `invalid-input` with `errorCode` when there is no context at all.
 */
export function contextOf(body: unknown): DecisionContext {
  const parsed = evaluationRequest.safeParse(body);
  if (!parsed.success) {
    throw new AppError("invalid-input", "Send an evaluation context as an object.", { errorCode: "INVALID_CONTEXT" });
  }
  const { targetingKey, scenario, scenarios, sticky, ...attributes } = parsed.data.context;
  return {
    userId: targetingKey as DecisionContext["userId"],
    scenarios: (scenarios ?? (typeof scenario === "string" ? [scenario] : undefined)) as DecisionContext["scenarios"],
    sticky: sticky as DecisionContext["sticky"],
    attributes: attributes as DecisionContext["attributes"],
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
