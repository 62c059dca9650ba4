/**
 * A bounded map in two generations: when the younger is full it becomes the older, and what was not asked for since is forgotten with the one before.
 * Every operation takes the same short time; finding "the oldest entry" of one large Map does not.
 */
export class Generations<K, V> {
  readonly #half: number;
  #young = new Map<K, V>();
  #old = new Map<K, V>();

  /** Holds at least the last `half` entries and at most twice as many. */
  constructor(half: number) {
    this.#half = half;
  }

  /** The value, which counts as used. */
  get(key: K): V | undefined {
    const value = this.#young.get(key);
    if (value !== undefined) return value;
    const older = this.#old.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: K, value: V): void {
    this.#young.set(key, value);
    if (this.#young.size < this.#half) return;
    this.#old = this.#young;
    this.#young = new Map();
  }

  delete(key: K): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }
}
