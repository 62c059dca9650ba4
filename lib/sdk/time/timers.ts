import { safely } from "../safely.ts";

/** Calls `work` every `ms` until the returned function is called. Does not keep the host's process alive. */
export function every(ms: number, work: () => void): () => void {
  const timer = setInterval(() => safely(work, undefined), ms);
  timer.unref();
  return () => clearInterval(timer);
}

/** Calls `work` once after `ms`, unless the returned function is called before. Does not keep the host's process alive. */
export function after(ms: number, work: () => void): () => void {
  const timer = setTimeout(() => safely(work, undefined), Math.max(0, Math.min(ms, 2 ** 31 - 1)));
  timer.unref();
  return () => clearTimeout(timer);
}

/** Resolves after `ms`, or at once when `signal` fires. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const stop = after(ms, done);
    function done() {
      stop();
      signal?.removeEventListener("abort", done);
      resolve();
    }
    signal?.addEventListener("abort", done, { once: true });
  });
}

/** Resolves when `work` has ended, well or not, and at once when `signal` fires. */
export function unlessOver(signal: AbortSignal, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      signal.removeEventListener("abort", done);
      resolve();
    };
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", done, { once: true });
    work.then(done, done);
  });
}
