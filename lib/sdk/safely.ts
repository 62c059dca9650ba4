/** Turns anything thrown into an Error; even what cannot be read. */
export function asError(thrown: unknown): Error {
  try {
    if (thrown instanceof Error) return thrown;
    return new Error(typeof thrown === "string" ? thrown : "something was thrown that is not an Error");
  } catch {
    return new Error("something was thrown that cannot be read");
  }
}

/** An error's message, with the cause that `fetch` hides. */
export function wordsOf(thrown: unknown): string {
  try {
    const error = asError(thrown);
    const cause = error.cause instanceof Error ? error.cause : null;
    const code = cause && "code" in cause ? String(cause.code) : "";
    const detail = code || cause?.message;
    return detail ? `${error.message} (${detail})` : error.message;
  } catch {
    return "an error that cannot be read";
  }
}

/** The result of `work`, or `otherwise` when it throws. */
export function safely<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

/** Lets a promise fail without anyone hearing of it. */
export function forget(promise: Promise<unknown>): void {
  promise.catch(() => undefined);
}
