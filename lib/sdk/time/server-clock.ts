/** How long one confirmation keeps the clock running: two heartbeats of 5 s, or one poll of 10 s, and the way here. */
export const CONTACT_GRACE_MS = 12_000;

/**
 * Server time as proved to this process. It advances by the monotonic clock while the server keeps confirming our rules; cut off, it
 * stands still, so nothing expires unseen. The host's wall clock has no part in it, but for one that only tightens: how old a cache file is.
 */
export class ServerClock {
  readonly #monotonic: () => number;
  /** Monotonic time since when the rules of the start have been without news; before the start where they came from an old file. */
  #withoutNewsSince: number;
  #anchor: { server: number; at: number } | null = null;
  #confirmedAt: number | null = null;

  constructor(monotonic: () => number) {
    this.#monotonic = monotonic;
    this.#withoutNewsSince = monotonic();
  }

  /**
   * The server time (epoch ms) at which a cache file was last confirmed: where to stand until the server speaks. `wallClock` (epoch ms) says how
   * old the file is; a clock that is behind makes it no younger than the start.
   */
  startFrom(serverTime: number, wallClock: number): void {
    if (this.#anchor || this.#confirmedAt !== null || !Number.isFinite(serverTime)) return;
    const at = this.#monotonic();
    this.#anchor = { server: serverTime, at };
    this.#withoutNewsSince = Math.min(this.#withoutNewsSince, at - (wallClock - serverTime));
  }

  /** The server just confirmed that our rules are its rules; `serverTime` in epoch ms when it said so. */
  confirm(serverTime?: number): void {
    const at = this.#monotonic();
    this.#confirmedAt = at;
    if (serverTime !== undefined && Number.isFinite(serverTime)) this.#anchor = { server: serverTime, at };
  }

  /** Proved server time in epoch ms; NaN when none was ever known, which `decide` reads as: nothing has expired. */
  now(): number {
    if (!this.#anchor) return Number.NaN;
    const provenUntil = this.#confirmedAt === null ? this.#anchor.at : this.#confirmedAt + CONTACT_GRACE_MS;
    return this.#anchor.server + Math.max(0, Math.min(this.#monotonic(), provenUntil) - this.#anchor.at);
  }

  /** Best guess of server time in epoch ms for the time of an event, also while cut off; null when none was ever confirmed. */
  estimate(): number | null {
    if (!this.#anchor || this.#confirmedAt === null) return null;
    return this.#anchor.server + this.#monotonic() - this.#anchor.at;
  }

  /** Milliseconds since the last confirmation, null when there was none. */
  confirmedMsAgo(): number | null {
    return this.#confirmedAt === null ? null : this.#monotonic() - this.#confirmedAt;
  }

  /** Whether the last confirmation is recent enough to count as being in touch. */
  inTouch(): boolean {
    const ago = this.confirmedMsAgo();
    return ago !== null && ago <= CONTACT_GRACE_MS;
  }

  /** Whether rules last confirmed then are too old, by `staleAfter` of the ruleset (ms). A start without the server counts from the start, or from when its file was confirmed. */
  tooOld(staleAfter: { coldStartMs: number; runningMs: number }): boolean {
    const ago = this.confirmedMsAgo();
    return ago === null
      ? this.#monotonic() - this.#withoutNewsSince > staleAfter.coldStartMs
      : ago > staleAfter.runningMs;
  }
}
