import { createHash } from "node:crypto";
import type { MembershipFilter, Ruleset } from "../../core/decision/ruleset.ts";
import { isRecord } from "./shape.ts";

/** Fetches a blob's bytes by its SHA-256. Rejects when it cannot. */
export type FetchBlob = (sha256: string) => Promise<Uint8Array>;

/** Names of the filters that some control holds an exposure by: without their bits nobody is admitted, so nothing is confirmed before they are here. */
function neededFilters(ruleset: Ruleset): Set<string> {
  const needed = new Set<string>();
  for (const control of isRecord(ruleset.controls) ? Object.values(ruleset.controls) : []) {
    const effects: unknown = isRecord(control) ? control.effects : null;
    if (!Array.isArray(effects)) continue;
    for (const effect of effects) {
      if (isRecord(effect) && effect.kind === "hold" && typeof effect.filter === "string") needed.add(effect.filter);
    }
  }
  return needed;
}

/** The bits of membership filters, loaded in the background and put into the ruleset that decides. */
export class FilterBits {
  readonly #fetchBlob: FetchBlob;
  readonly #onLoaded: () => void;
  readonly #loaded = new Map<string, MembershipFilter>();
  /** The filters of the newest ruleset: what arrives late for an older one is not put in its place. */
  #wanted: Ruleset["filters"] = {};
  #later: [string, MembershipFilter][] = [];
  #background: Promise<void> | null = null;

  constructor(fetchBlob: FetchBlob, onLoaded: () => void) {
    this.#fetchBlob = fetchBlob;
    this.#onLoaded = onLoaded;
  }

  /** The ruleset with the bits that are here. A filter whose new blob is still on its way keeps its last one. */
  fill(ruleset: Ruleset, trustInline: boolean): Ruleset {
    const given: unknown = ruleset.filters;
    if (!isRecord(given) || Object.keys(given).length === 0) return ruleset;
    const filters: Record<string, MembershipFilter> = {};
    for (const [name, filter] of Object.entries(ruleset.filters)) {
      const loaded = this.#loaded.get(name);
      if (loaded) filters[name] = loaded;
      else filters[name] = trustInline || !isRecord(filter) ? filter : { ...filter, bits: undefined };
    }
    return { ...ruleset, filters };
  }

  /**
   * Loads what this ruleset names and is not here yet. Resolves to whether all that its controls need is here, without waiting for the rest: that comes in
   * the background, and a stop is confirmed before it.
   */
  async load(ruleset: Ruleset): Promise<boolean> {
    if (!isRecord(ruleset.filters)) return true;
    for (const name of this.#loaded.keys()) if (!Object.hasOwn(ruleset.filters, name)) this.#loaded.delete(name);
    this.#wanted = ruleset.filters;
    const needed = neededFilters(ruleset);
    const missing = Object.entries(ruleset.filters).filter(
      ([name, filter]) => isRecord(filter) && this.#loaded.get(name)?.blob !== filter.blob,
    );
    const first = missing.filter(([name]) => needed.has(name));
    const later = missing.filter(([name]) => !needed.has(name));
    const complete = (await Promise.all(first.map(([name, filter]) => this.#loadOne(name, filter)))).every(Boolean);
    this.#inBackground(later);
    return complete;
  }

  /** One after the other, and only those of the newest ruleset. */
  #inBackground(filters: [string, MembershipFilter][]): void {
    this.#later = filters;
    this.#background ??= this.#loadLater().finally(() => {
      this.#background = null;
    });
  }

  async #loadLater(): Promise<void> {
    for (let next = this.#later.shift(); next; next = this.#later.shift()) {
      const [name, filter] = next;
      if (this.#loaded.get(name)?.blob !== filter.blob) await this.#loadOne(name, filter);
    }
  }

  async #loadOne(name: string, filter: MembershipFilter): Promise<boolean> {
    try {
      const bytes = await this.#fetchBlob(filter.blob);
      if (createHash("sha256").update(bytes).digest("hex") !== filter.blob) return false;
      const wanted = Object.hasOwn(this.#wanted, name) ? this.#wanted[name] : undefined;
      if (wanted?.blob !== filter.blob) return false;
      const bits = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
      this.#loaded.set(name, { ...filter, bits });
      this.#onLoaded();
      return true;
    } catch {
      return false;
    }
  }
}
