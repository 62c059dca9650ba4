/**
 * The closed set of errors thrown on purpose. `conflict`: somebody changed it first; `precondition-failed`: the state forbids it;
 * `unavailable`: the database or another part is away, try again.
 */
export type ErrorCode =
  | "invalid-input"
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "precondition-failed"
  | "limit-exceeded"
  | "payload-too-large"
  | "unavailable";

/** An error whose `message` a person may read. Everything else that is thrown is a bug and shows only its request id. */
export class AppError extends Error {
  override name = "AppError";
  readonly code: ErrorCode;
  /** For machines: never secrets, never personal data. */
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.details = details;
  }
}
