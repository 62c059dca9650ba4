import { DAY_MS } from "../core/time.ts";

const MOST_FEATURES = 500;

/** When each feature was last asked for in this process. */
export class FeaturesUsed {
  readonly #monotonic: () => number;
  readonly #onNew: () => void;
  readonly #at = new Map<string, number>();

  /** `onNew` is called when a feature is asked for that was not used before. */
  constructor(monotonic: () => number, onNew: () => void) {
    this.#monotonic = monotonic;
    this.#onNew = onNew;
  }

  use(feature: string): void {
    const known = this.#at.delete(feature);
    if (!known) this.#onNew();
    this.#at.set(feature, this.#monotonic());
    if (this.#at.size <= MOST_FEATURES) return;
    for (const oldest of this.#at.keys()) {
      this.#at.delete(oldest);
      return;
    }
  }

  /** Features of the last 24 h with the server time (epoch ms) of their last use, given server time now. */
  lastDay(serverNow: number): Record<string, number> {
    const now = this.#monotonic();
    for (const [feature, at] of this.#at) if (now - at > DAY_MS) this.#at.delete(feature);
    return Object.fromEntries([...this.#at].map(([feature, at]) => [feature, Math.round(serverNow - (now - at))]));
  }
}
