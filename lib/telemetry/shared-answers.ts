import { databaseError } from "#lib/db/database-error.ts";
import { within } from "#lib/db/within.ts";

/** `freshMs`: for how long an answer is as good as a new one. `patienceMs`: nobody waits longer. `most`: answers kept at once. */
export type Sharing = { freshMs: number; patienceMs: number; most: number };

/** `last`: what the newest question that was answered brought, this one or one before it. */
type Answer = { at: number; value: Promise<unknown>; pending: boolean; last: { at: number; value: unknown } | null };
type Shelf = Map<string, Answer>;
const anchor = globalThis as typeof globalThis & { evenkeelSharedAnswers?: Map<string, Shelf> };

/** A question that never comes back is given up after this long, milliseconds, and may be asked again. */
const LOST_MS = 120_000;
/** What nobody may wait for is told from before for so long, milliseconds. */
const OLDEST_MS = 5 * 60_000;

/**
 * Answers that everyone who looks shares, in this process: asked once while fresh, however many browsers do, and never again while an answer is on its way.
 * What fails is forgotten at once. `name` tells one set from others; all that ask under one name use the same limits.
 * The function it returns rejects with AppError `unavailable` when the answer takes too long; the question itself goes on, for whoever asks next.
 */
export function sharedAnswers(name: string, { freshMs, patienceMs, most }: Sharing) {
  return <T>(key: string, now: Date, ask: () => Promise<T>): Promise<T> => {
    const shelf = shelfOf(name);
    const known = shelf.get(key);
    const age = known ? Math.abs(now.getTime() - known.at) : Number.POSITIVE_INFINITY;
    if (known && age < (known.pending ? LOST_MS : freshMs)) return inTime(patienceMs, known.value as Promise<T>);
    if (shelf.size >= most) makeRoom(shelf, now.getTime() - freshMs);
    const value = ask();
    const answer: Answer = { at: now.getTime(), value, pending: true, last: known?.last ?? null };
    shelf.set(key, answer);
    value.then(
      (brought) => {
        answer.pending = false;
        answer.last = { at: answer.at, value: brought };
      },
      () => {
        if (shelf.get(key) === answer) shelf.delete(key);
      },
    );
    return inTime(patienceMs, value);
  };
}

/**
 * The same for what must hold nobody up: where the answer does not come in time, or fails, the last one of the same question if it is not too old, else `otherwise`.
 * The question goes on, for whoever asks next.
 */
export function promptAnswers(name: string, sharing: Sharing) {
  const shared = sharedAnswers(name, sharing);
  return async <T>(key: string, now: Date, ask: () => Promise<T>, otherwise: T): Promise<T> => {
    const asked = shared(key, now, ask);
    const last = shelfOf(name).get(key)?.last;
    const known = last && Math.abs(now.getTime() - last.at) <= OLDEST_MS ? (last.value as T) : otherwise;
    return asked.catch(() => known);
  };
}

function shelfOf(name: string): Shelf {
  anchor.evenkeelSharedAnswers ??= new Map();
  const shelf = anchor.evenkeelSharedAnswers.get(name) ?? new Map<string, Answer>();
  anchor.evenkeelSharedAnswers.set(name, shelf);
  return shelf;
}

/** Takes away what is no longer fresh, and the oldest where all of it is. */
function makeRoom(shelf: Shelf, since: number): void {
  const size = shelf.size;
  for (const [key, { at, pending }] of shelf) if (!pending && at < since) shelf.delete(key);
  const [oldest] = shelf.keys();
  if (shelf.size === size && oldest !== undefined) shelf.delete(oldest);
}

/** The answer if it comes in time. @throws AppError `unavailable` otherwise, and when the database is away. */
export async function inTime<T>(patienceMs: number, answer: Promise<T>): Promise<T> {
  try {
    return await within(patienceMs, answer, "The figures take too long just now.");
  } catch (error) {
    throw databaseError(error);
  }
}
