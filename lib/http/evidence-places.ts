import PQueue from "p-queue";
import { AppError } from "#lib/errors.ts";

/**
 * Exports and counts of raw events that one process makes at a time: each holds a connection of those that figures are read with, and one of these is always left
 * for the figures themselves.
 */
const AT_ONCE = 3;
/** Whoever counts waits no longer than this, milliseconds. */
const PATIENCE_MS = 10_000;

const anchor = globalThis as typeof globalThis & { evenkeelEvidencePlaces?: PQueue };

function places(): PQueue {
  anchor.evenkeelEvidencePlaces ??= new PQueue({ concurrency: AT_ONCE });
  return anchor.evenkeelEvidencePlaces;
}

/** Takes a place, and answers with what gives it back. @throws AppError `limit-exceeded` while none is free. */
export function takePlace(): () => void {
  if (places().pending >= AT_ONCE) throw busy("Other exports are running already. Try again when one has ended.");
  let leave = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  places().add(() => left);
  return leave;
}

/**
 * Works in a place as soon as one is free. `gone`: nobody waits for it any more.
 * @throws AppError `limit-exceeded` when that takes too long, `unavailable` when nobody waits any more; and what `work` throws.
 */
export async function inPlace<T>(gone: AbortSignal, work: () => Promise<T>): Promise<T> {
  if (gone.aborted) throw goneAway();
  // The queue gives the place of work that is broken off to the next before that has ended, so it hears of those alone that still wait.
  const waiting = new AbortController();
  const leave = () => waiting.abort(goneAway());
  const late = () => waiting.abort(busy("Others are being counted or exported. It is asked again in a moment."));
  const patience = setTimeout(late, PATIENCE_MS);
  gone.addEventListener("abort", leave, { once: true });
  const waited = () => {
    clearTimeout(patience);
    gone.removeEventListener("abort", leave);
  };
  const start = () => {
    waited();
    return work();
  };
  return places().add(start, { signal: waiting.signal }).finally(waited);
}

const busy = (why: string) => new AppError("limit-exceeded", why, { retryAfter: 15 });
const goneAway = () => new AppError("unavailable", "Nobody waits for this any more.");
