const BUCKET_MS = 5 * 60_000;
const BUCKETS = 12;
/** Users remembered; the one seen longest ago is forgotten first. */
const MOST_USERS = 50_000;

type Counts = { buckets: Uint32Array; newest: number };

/** Requests of each user in the last hour in this process, in twelve buckets of five minutes. Counted between the server's totals; bounded. */
export class UsageCounter {
  readonly #monotonic: () => number;
  readonly #most: number;
  readonly #users = new Map<string, Counts>();

  constructor(monotonic: () => number, mostUsers = MOST_USERS) {
    this.#monotonic = monotonic;
    this.#most = mostUsers;
  }

  /** Counts one request and returns how many this user made in the last hour, this one included. */
  count(userId: string): number {
    const bucket = Math.floor(this.#monotonic() / BUCKET_MS);
    const known = this.#users.get(userId);
    const counts = known ?? { buckets: new Uint32Array(BUCKETS), newest: bucket };
    if (known) this.#users.delete(userId);
    this.#users.set(userId, counts);
    for (let passed = Math.max(counts.newest + 1, bucket - BUCKETS + 1); passed <= bucket; passed++) {
      counts.buckets[passed % BUCKETS] = 0;
    }
    counts.newest = bucket;
    const at = bucket % BUCKETS;
    counts.buckets[at] = (counts.buckets[at] ?? 0) + 1;
    if (this.#users.size > this.#most) this.#forgetOldest();
    let sum = 0;
    for (const requests of counts.buckets) sum += requests;
    return sum;
  }

  #forgetOldest(): void {
    for (const oldest of this.#users.keys()) {
      this.#users.delete(oldest);
      return;
    }
  }
}
