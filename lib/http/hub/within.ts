import { AppError } from "#lib/errors.ts";

/**
 * What `work` gives, unless it takes longer: a query on a connection that died half-way would otherwise be waited for until TCP gives up.
 * @throws AppError `unavailable` after `ms` milliseconds.
 */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () =>
      reject(new AppError("unavailable", "The database does not answer just now. Try again in a moment."));
    const timer = setTimeout(late, ms);
    timer.unref();
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
