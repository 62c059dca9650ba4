import type { ClientBase } from "pg";
import { type About, type Part, partKey, partOf } from "../rollup/about.ts";
import type { DimensionValues } from "./dimension-values.ts";

/** The parts of the traffic that a batch is in, each made once: thousands of events share a few hundred. */
export class Parts {
  readonly #dimensions: DimensionValues;
  readonly #parts = new Map<string, Part>();

  constructor(dimensions: DimensionValues) {
    this.#dimensions = dimensions;
  }

  /** The part that something is in; null when one of its values must be asked for first. */
  remembered(about: About): Part | null {
    const key = partKey(about);
    const known = this.#parts.get(key);
    if (known) return known;
    return this.#dimensions.remember(about) ? this.#make(key, about) : null;
  }

  /** The parts that these are in, in their order; asks for the values that are not remembered. */
  async learn(client: ClientBase, abouts: readonly About[]): Promise<Part[]> {
    const keys = abouts.map(partKey);
    const unknown = new Map<string, About>();
    abouts.forEach((about, index) => {
      const key = keys[index] ?? "";
      if (!this.#parts.has(key)) unknown.set(key, about);
    });
    await this.#dimensions.learn(client, [...unknown.values()]);
    return abouts.map((about, index) => {
      const key = keys[index] ?? "";
      return this.#parts.get(key) ?? this.#make(key, about);
    });
  }

  /** Stores the values that were seen for the first time. */
  async store(client: ClientBase): Promise<void> {
    await this.#dimensions.store(client);
  }

  #make(key: string, about: About): Part {
    const part = partOf(about, (name, value) => this.#dimensions.bucketOf(about.feature, name, value));
    this.#parts.set(key, part);
    return part;
  }
}
