import { AppError } from "#lib/errors.ts";

/**
 * What `work` gives, unless it takes longer: a query on a connection that died half-way would otherwise be waited for until TCP gives up. The work itself goes on.
 * @throws AppError `unavailable` with the sentence `late` after `ms` milliseconds.
 */
export function within<T>(
  ms: number,
  work: Promise<T>,
  late = "The database does not answer just now. Try again in a moment.",
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new AppError("unavailable", late)), ms);
    timer.unref();
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
