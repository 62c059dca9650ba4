import type { Ruleset } from "../../core/decision/ruleset.ts";
import { safely } from "../safely.ts";
import type { ChainStep, Decision } from "../types.ts";

/** Whether a step is its release's first choice. A rerouted step is none of that chain: then its place in the decision's chain says it. */
export function servedBy(rules: Ruleset | null, decision: Decision, step: ChainStep): "primary" | "secondary" {
  const same = (each: ChainStep) => each.provider === step.provider && each.model === step.model;
  const full = safely(
    () => (decision.release === null ? undefined : rules?.releases[decision.release]?.chain),
    undefined,
  );
  const inRelease = safely(() => full?.findIndex(same) ?? -1, -1);
  const place = inRelease >= 0 ? inRelease : decision.chain.findIndex(same);
  return place <= 0 ? "primary" : "secondary";
}
