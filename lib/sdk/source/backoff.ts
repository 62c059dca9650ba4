/** Waits that double up to a limit, each spread over half of itself, so that a thousand instances do not return as one. */
export class Backoff {
  readonly #firstMs: number;
  readonly #mostMs: number;
  readonly #random: () => number;
  #failures = 0;

  constructor(firstMs: number, mostMs: number, random: () => number) {
    this.#firstMs = firstMs;
    this.#mostMs = mostMs;
    this.#random = random;
  }

  /** The next wait in ms; never shorter than `atLeastMs`. */
  next(atLeastMs = 0): number {
    const whole = Math.min(this.#mostMs, this.#firstMs * 2 ** Math.min(this.#failures++, 20));
    return Math.max(atLeastMs, whole * (0.5 + 0.5 * this.#random()));
  }

  reset(): void {
    this.#failures = 0;
  }
}
