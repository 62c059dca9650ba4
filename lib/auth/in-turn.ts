import PQueue from "p-queue";

/** One fewer than libuv's pool has threads (4 unless set otherwise), so that looking up names and reading files always find one free. */
const AT_ONCE = 3;

const anchor = globalThis as typeof globalThis & { evenkeelSignInTurns?: PQueue };

/**
 * Runs the costly part of a sign-in, few at a time, so that a flood of attempts takes neither every thread nor every connection from whoever is at work. In order of arrival, but who was
 * slowed lets those pass who come up to as long after: the lead's own attempt is not behind a guesser's, and nobody waits for ever. `slowedMs`: as `countAttempt` said.
 */
export function inTurn<T>(slowedMs: number, attempt: () => Promise<T>): Promise<T> {
  anchor.evenkeelSignInTurns ??= new PQueue({ concurrency: AT_ONCE });
  return anchor.evenkeelSignInTurns.add(attempt, { priority: -(performance.now() + slowedMs) });
}
