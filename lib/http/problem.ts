import { z } from "zod";
import { databaseError } from "#lib/db/database-error.ts";
import { AppError, type ErrorCode } from "#lib/errors.ts";

/** An error body (`application/problem+json`, RFC 9457) with our `code` and the id under which the log knows the request. */
export const problemBody = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  requestId: z.string(),
});
export type ProblemBody = z.infer<typeof problemBody>;

const KINDS: Record<ErrorCode | "internal", { status: number; title: string }> = {
  "invalid-input": { status: 400, title: "This request cannot be read" },
  unauthenticated: { status: 401, title: "Not signed in" },
  forbidden: { status: 403, title: "Not allowed" },
  "not-found": { status: 404, title: "Not found" },
  conflict: { status: 409, title: "Somebody changed this first" },
  "precondition-failed": { status: 412, title: "Not possible in this state" },
  "payload-too-large": { status: 413, title: "Too large" },
  "limit-exceeded": { status: 429, title: "Too many requests" },
  unavailable: { status: 503, title: "Temporarily away" },
  internal: { status: 500, title: "Something went wrong" },
};

/** Seconds a caller should wait before it tries again, for the errors that ask for it. */
function retryAfter(error: AppError): string | null {
  if (error.code !== "unavailable" && error.code !== "limit-exceeded") return null;
  const seconds = error.details.retryAfter;
  return String(typeof seconds === "number" ? Math.max(1, Math.ceil(seconds)) : 5);
}

/** A Zod error in one sentence for people; names fields, never repeats values. */
export function sentenceOf(error: z.ZodError): string {
  const [first] = error.issues;
  if (!first) return "The request does not have the expected shape.";
  const where = first.path.map(String).join(".");
  return where === "" ? first.message : `${where}: ${first.message}`;
}

/** The AppError that a thrown value stands for; null when it is a bug, whose text nobody outside may see. */
export function expectedError(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (error instanceof z.ZodError) return new AppError("invalid-input", sentenceOf(error));
  const judged = databaseError(error);
  return judged instanceof AppError ? judged : null;
}

/** Turns anything thrown into an answer. Unknown errors say nothing but the request's id. */
export function problemResponse(error: unknown, requestId: string): Response {
  const known = expectedError(error);
  const code = known?.code ?? "internal";
  const { status, title } = KINDS[code];
  const detail = known?.message ?? `Something went wrong on our side (request ${requestId}).`;
  const body: ProblemBody = { type: `urn:evenkeel:problem:${code}`, title, status, detail, code, requestId };
  const headers = new Headers({
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-request-id": requestId,
    "x-content-type-options": "nosniff",
  });
  const wait = known && retryAfter(known);
  if (wait) headers.set("retry-after", wait);
  if (status === 401) headers.set("www-authenticate", 'Bearer realm="evenkeel"');
  return new Response(JSON.stringify(body), { status, headers });
}
