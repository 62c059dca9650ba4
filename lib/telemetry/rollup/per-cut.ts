import type { Part } from "./about.ts";

/** The whole environment: feature, release and arm under which it is counted. Releases and arms belong to features and are not told apart in it. */
export const WHOLE = { feature: "*", release: "", arm: "" } as const;

export type OneCut = { feature: string; release: string; arm: string; cut: string };

/** Something for each cut of each feature, release and arm, and for the whole environment. A part that was asked for before is known by itself, because every event asks. */
export class PerCut<T> {
  readonly #make: (of: OneCut) => T;
  readonly #keep: (cut: string) => boolean;
  readonly #cuts = new Map<string, T>();
  readonly #parts = new Map<Part, readonly T[]>();

  /** `keep`: which cuts there is something for. */
  constructor(make: (of: OneCut) => T, keep: (cut: string) => boolean = () => true) {
    this.#make = make;
    this.#keep = keep;
  }

  /** Where something of a part belongs: each of its cuts, and the whole environment. */
  of(part: Part): readonly T[] {
    const known = this.#parts.get(part);
    if (known) return known;
    const { feature, release, arm } = part;
    const own = part.cuts.filter(this.#keep).map((cut) => this.#cut({ feature, release, arm, cut }));
    const all = [this.#cut({ ...WHOLE, cut: "" }), ...own];
    this.#parts.set(part, all);
    return all;
  }

  #cut(of: OneCut): T {
    const key = JSON.stringify([of.feature, of.release, of.arm, of.cut]);
    const known = this.#cuts.get(key);
    if (known !== undefined) return known;
    const made = this.#make(of);
    this.#cuts.set(key, made);
    return made;
  }

  values(): Iterable<T> {
    return this.#cuts.values();
  }
}
