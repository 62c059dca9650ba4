import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "#lib/errors.ts";

/**
 * Requests a second, per key and replica, averaged over ten seconds. They are there against a runaway client, so they leave room for
 * a thousand instances of one key that all come back at once. What tightens has no limit class at all.
 */
const PER_SECOND = {
  stream: 500,
  rules: 1000,
  acknowledgements: 2000,
  events: 200,
  evaluation: 2000,
  other: 50,
} as const;
export type LimitClass = keyof typeof PER_SECOND;

const WINDOW_SECONDS = 10;
const WRONG_KEYS_PER_MINUTE = 100;

type Limiters = Record<LimitClass, RateLimiterMemory> & { wrongKeys: RateLimiterMemory };
const anchor = globalThis as typeof globalThis & { evenkeelLimiters?: Limiters };

function limiters(): Limiters {
  if (!anchor.evenkeelLimiters) {
    const of = (name: LimitClass) =>
      new RateLimiterMemory({ keyPrefix: name, points: PER_SECOND[name] * WINDOW_SECONDS, duration: WINDOW_SECONDS });
    anchor.evenkeelLimiters = {
      stream: of("stream"),
      rules: of("rules"),
      acknowledgements: of("acknowledgements"),
      events: of("events"),
      evaluation: of("evaluation"),
      other: of("other"),
      wrongKeys: new RateLimiterMemory({ keyPrefix: "wrong", points: WRONG_KEYS_PER_MINUTE, duration: 60 }),
    };
  }
  return anchor.evenkeelLimiters;
}

function refuse(rejected: unknown): never {
  const retryAfter = rejected instanceof RateLimiterRes ? rejected.msBeforeNext / 1000 : 1;
  throw new AppError("limit-exceeded", "Too many requests with this key. Wait a moment.", { retryAfter });
}

/** Counts one request of a key. @throws AppError `limit-exceeded` with `retryAfter` seconds. */
export async function countRequest(limit: LimitClass, keyId: string): Promise<void> {
  await limiters()[limit].consume(keyId).catch(refuse);
}

/** Counts a request with a wrong key from an address. @throws AppError `limit-exceeded` when that address guesses too often. */
export async function countWrongKey(address: string): Promise<void> {
  await limiters().wrongKeys.consume(address).catch(refuse);
}
