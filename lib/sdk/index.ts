import { decide as decideOnce } from "../core/decision/decide.ts";
import type { Ruleset } from "../core/decision/ruleset.ts";
import { createEvenkeelWith } from "./evenkeel.ts";
import { realHost } from "./host.ts";
import type { Decision, DecisionContext, Evenkeel, EvenkeelOptions } from "./types.ts";

export type * from "./types.ts";

/**
 * Connects to the control room and answers, in process, what an AI feature may do for each request. Returns at once and never throws: what is
 * wrong with the options is said by `status()`. Close it when the process ends.
 */
export function createEvenkeel(options: EvenkeelOptions): Evenkeel {
  return createEvenkeelWith(options, realHost);
}

/**
 * The decision alone, pure, from a ruleset (as in `bootstrap`) and inputs of your own: for a host's tests and for checking conformance. The same code
 * as in the console. `now`: epoch ms; `usage.perHour`: the user's requests in the last hour, absent counts as over any limit.
 */
export function decide(
  ruleset: unknown,
  feature: string,
  context: DecisionContext,
  inputs: { now: number; requestId: string; usage?: { perHour: number } },
): Decision {
  return decideOnce(ruleset as Ruleset, feature, context, inputs);
}
