import { RateLimiterMemory } from "rate-limiter-flexible";

/** Attempts are counted for this long after the first. */
const WINDOW_SECONDS = 15 * 60;

/** Slowing of one account from one address, and of one account from anywhere: whoever changes addresses is slowed too, but never so much that the account's owner notices. */
const PACE = {
  here: { free: 3, firstMs: 250, longestMs: 8_000 },
  anywhere: { free: 20, firstMs: 100, longestMs: 1_500 },
} as const;
export type Pace = keyof typeof PACE;

type Counters = Record<Pace, RateLimiterMemory>;
const anchor = globalThis as typeof globalThis & { evenkeelSignInCounters?: Counters };

/** On `globalThis`, because routes and server actions get their own instance of this module. */
function counters(): Counters {
  const of = (pace: Pace) =>
    new RateLimiterMemory({ keyPrefix: pace, points: Number.MAX_SAFE_INTEGER, duration: WINDOW_SECONDS });
  anchor.evenkeelSignInCounters ??= { here: of("here"), anywhere: of("anywhere") };
  return anchor.evenkeelSignInCounters;
}

/** Milliseconds to wait before the nth attempt (from 1) is looked at: none at first, then doubling up to a limit. */
export function delayBeforeAttempt(nth: number, pace: Pace = "here"): number {
  const { free, firstMs, longestMs } = PACE[pace];
  return nth <= free ? 0 : Math.min(firstMs * 2 ** (nth - free - 1), longestMs);
}

/**
 * Counts this attempt and says how long to wait (milliseconds) before looking at it. Counting comes before looking, so
 * a thousand attempts at once are slowed like a thousand in a row. Nobody is ever locked out: a lockout would let a
 * stranger keep the support lead from the stop.
 */
export async function countAttempt(account: string, address: string): Promise<number> {
  const [here, anywhere] = await Promise.all([
    counters().here.consume(`${account} ${address}`),
    counters().anywhere.consume(account),
  ]);
  return Math.max(
    delayBeforeAttempt(here.consumedPoints ?? 1, "here"),
    delayBeforeAttempt(anywhere.consumedPoints ?? 1, "anywhere"),
  );
}

/** A right password ends the slowing of that account from that address. */
export async function forgetAttempts(account: string, address: string): Promise<void> {
  await counters().here.delete(`${account} ${address}`);
}
