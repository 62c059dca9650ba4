import { localStops } from "../../core/decision/local-stops.ts";
import type { Ruleset } from "../../core/decision/ruleset.ts";
import { staleControls } from "../../core/decision/stale-controls.ts";
import { withControls } from "../../core/decision/with-controls.ts";
import type { ServerClock } from "../time/server-clock.ts";
import type { FilterBits } from "./filters.ts";
import { staleAfterOf } from "./shape.ts";
import type { RulesetStore } from "./store.ts";

/**
 * The rules that decide right now: the held ruleset with its filters' bits, tightened while it is stale and by local stops. The same
 * object for as long as nothing of that changes, because `decide` keeps what it prepared by the object.
 */
export class RulesInForce {
  readonly #store: RulesetStore;
  readonly #bits: FilterBits;
  readonly #clock: ServerClock;
  readonly #stops: () => string;
  readonly #onChange: () => void;
  #revoked = false;
  #made: Ruleset | null = null;
  #madeStale = false;
  #madeStops = "";
  #outdated = true;

  constructor(options: {
    store: RulesetStore;
    bits: FilterBits;
    clock: ServerClock;
    stops: () => string;
    onChange: () => void;
  }) {
    this.#store = options.store;
    this.#bits = options.bits;
    this.#clock = options.clock;
    this.#stops = options.stops;
    this.#onChange = options.onChange;
  }

  set revoked(refused: boolean) {
    if (this.#revoked === refused) return;
    this.#revoked = refused;
    this.check();
  }

  get stale(): boolean {
    const held = this.#store.held;
    return this.#revoked || (held !== null && this.#clock.tooOld(staleAfterOf(held.ruleset)));
  }

  /** The held ruleset or its bits are others now. */
  changed(): void {
    this.#outdated = true;
    this.check();
  }

  /** Null before any ruleset is known. */
  current(): Ruleset | null {
    this.check();
    return this.#made;
  }

  /** Makes the rules anew if anything they depend on is different, time included. */
  check(): void {
    const stale = this.stale;
    const stops = this.#stops();
    if (!this.#outdated && stale === this.#madeStale && stops === this.#madeStops) return;
    this.#outdated = false;
    this.#madeStale = stale;
    this.#madeStops = stops;
    this.#made = this.#make(stale, stops);
    this.#onChange();
  }

  #make(stale: boolean, stops: string): Ruleset | null {
    const held = this.#store.held;
    if (!held) return null;
    let rules = this.#bits.fill(held.ruleset, held.origin === "bootstrap");
    if (stale) rules = withControls(rules, staleControls(rules));
    if (stops !== "") rules = withControls(rules, localStops(stops, rules));
    return rules;
  }
}
