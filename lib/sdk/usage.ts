import { Generations } from "./generations.ts";

const BUCKET_MS = 5 * 60_000;
const BUCKETS = 12;
/** The users of the last so many requests of different users are remembered; whoever was seen longest ago is forgotten first. */
const LAST_USERS = 50_000;

type Counts = { buckets: Uint32Array; newest: number; sum: number };

/** Requests of each user in the last hour in this process, in twelve buckets of five minutes. Counted between the server's totals; bounded. */
export class UsageCounter {
  readonly #monotonic: () => number;
  readonly #users: Generations<string, Counts>;

  constructor(monotonic: () => number, lastUsers = LAST_USERS) {
    this.#monotonic = monotonic;
    this.#users = new Generations(lastUsers);
  }

  /** Counts one request and returns how many this user made in the last hour, this one included. */
  count(userId: string): number {
    const bucket = Math.floor(this.#monotonic() / BUCKET_MS);
    let counts = this.#users.get(userId);
    if (counts === undefined) {
      counts = { buckets: new Uint32Array(BUCKETS), newest: bucket, sum: 0 };
      this.#users.set(userId, counts);
    }
    for (let passed = Math.max(counts.newest + 1, bucket - BUCKETS + 1); passed <= bucket; passed++) {
      counts.sum -= counts.buckets[passed % BUCKETS] ?? 0;
      counts.buckets[passed % BUCKETS] = 0;
    }
    counts.newest = bucket;
    const at = bucket % BUCKETS;
    counts.buckets[at] = (counts.buckets[at] ?? 0) + 1;
    counts.sum++;
    return counts.sum;
  }
}
