import type { Ruleset } from "../core/decision/ruleset.ts";
import type { Decision, DecisionContext } from "./types.ts";

export type Recent = { decision: Decision; context: DecisionContext; rules: Ruleset | null };

/** The last decisions handed to the host, so that `report` can be called with an id alone. Bounded. */
export class RecentDecisions {
  readonly #most: number;
  readonly #byId = new Map<string, Recent>();

  constructor(most = 10_000) {
    this.#most = most;
  }

  add(recent: Recent): void {
    this.#byId.set(recent.decision.id, recent);
    if (this.#byId.size <= this.#most) return;
    for (const oldest of this.#byId.keys()) {
      this.#byId.delete(oldest);
      return;
    }
  }

  /** Takes a decision out: it is reported once. */
  take(id: string): Recent | null {
    const recent = this.#byId.get(id) ?? null;
    this.#byId.delete(id);
    return recent;
  }
}
