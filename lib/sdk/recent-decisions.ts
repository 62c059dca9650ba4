import type { Ruleset } from "../core/decision/ruleset.ts";
import { Generations } from "./generations.ts";
import type { Decision, DecisionContext } from "./types.ts";

/** The last 10,000 decisions are always known, up to 20,000 are. */
const LAST = 10_000;

export type Recent = { decision: Decision; context: DecisionContext; rules: Ruleset | null };

/** The last decisions handed to the host, so that `report` can be called with an id alone. Bounded. */
export class RecentDecisions {
  readonly #byId = new Generations<string, Recent>(LAST);

  add(recent: Recent): void {
    this.#byId.set(recent.decision.id, recent);
  }

  /** Takes a decision out: it is reported once. */
  take(id: string): Recent | null {
    const recent = this.#byId.get(id) ?? null;
    this.#byId.delete(id);
    return recent;
  }
}
