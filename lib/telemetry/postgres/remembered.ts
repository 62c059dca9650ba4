const MOST_REMEMBERED = 200_000;
/** For this long (milliseconds): a restored database, or a standby that lost the last commits, does not know all that was stored. */
const REMEMBERED_MS = 15 * 60_000;

/** Users of whom something is stored for good, by what it is; what is not remembered must be asked for. */
export class Remembered {
  readonly #users = new Map<string, Set<string>>();
  #held = 0;
  #since = performance.now();

  has(what: string, user: string): boolean {
    return this.#users.get(what)?.has(user) ?? false;
  }

  /** To be called when what stored them has come to a good end. */
  add(what: string, users: Iterable<string>): void {
    const known = this.#users.get(what) ?? new Set();
    this.#users.set(what, known);
    const before = known.size;
    for (const user of users) known.add(user);
    this.#held += known.size - before;
  }

  /** Begins anew when there is too much of it or it is too old. */
  forgetOld(): void {
    if (this.#held <= MOST_REMEMBERED && performance.now() - this.#since < REMEMBERED_MS) return;
    this.#users.clear();
    this.#held = 0;
    this.#since = performance.now();
  }
}
