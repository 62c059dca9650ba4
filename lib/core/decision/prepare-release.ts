import { isInteger, isName, isRecord, own } from "./json.ts";
import type { PreparedControl } from "./prepare-control.ts";
import type { ChainStep } from "./ruleset.ts";

/** A release within its feature, with the controls that can touch a request served by it. */
export type PreparedRelease = {
  id: string;
  readable: boolean;
  withdrawn: boolean;
  /** The full chain, and what remains of it from each index on; `tails[0]` is all of it. */
  chain: readonly ChainStep[];
  tails: readonly ChainStep[][];
  controls: readonly ScopedControl[];
};

/** A listed scenario is one whose `stamp` is the decision's. `rank` 0 to 2 is its risk; undeclared ones only exist because a control names them. */
export type PreparedScenario<Ladder> = {
  key: string;
  declared: boolean;
  rank: number;
  ladder: Ladder;
  stamp: number;
};

/** A control as it meets one release. */
export type ScopedControl = {
  control: PreparedControl;
  scenario: { stamp: number } | null;
  /** Whether some step of the full chain is in the scope's provider and model; if not, only its stops and reroutes can matter (of reroute targets). */
  inChain: boolean;
};

type RawRelease = { readable: boolean; withdrawn: boolean; chain: ChainStep[] };

/** Reads a raw release of `feature`. A standing that this code does not know is treated as withdrawn. */
export function readRelease(raw: unknown, feature: string): RawRelease {
  const unreadable = { readable: false, withdrawn: false, chain: [] };
  if (!isRecord(raw) || own(raw, "feature") !== feature) return unreadable;
  const steps = own(raw, "chain");
  if (!Array.isArray(steps)) return unreadable;
  const chain: ChainStep[] = [];
  for (const step of steps) {
    if (!isRecord(step)) return unreadable;
    const provider = own(step, "provider");
    const model = own(step, "model");
    const timeoutMs = own(step, "timeoutMs");
    if (!isName(provider) || !isName(model) || !isInteger(timeoutMs, 1)) return unreadable;
    chain.push(Object.freeze({ provider, model, timeoutMs }));
  }
  const standing = own(raw, "standing");
  return { readable: true, withdrawn: standing !== "unproven" && standing !== "known-good", chain };
}

export type ModelPair = { provider: string; model: string };
export type ApprovedPair = { from: ModelPair; to: ModelPair };

/** Reads the approved reroutes, leaving out what cannot be read. */
export function readApprovedPairs(raw: readonly unknown[]): ApprovedPair[] {
  const pairs: ApprovedPair[] = [];
  for (const entry of raw) {
    const from = isRecord(entry) ? readPair(own(entry, "from")) : null;
    const to = isRecord(entry) ? readPair(own(entry, "to")) : null;
    if (from !== null && to !== null) pairs.push({ from, to });
  }
  return pairs;
}

function readPair(raw: unknown): ModelPair | null {
  if (!isRecord(raw)) return null;
  const provider = own(raw, "provider");
  const model = own(raw, "model");
  return isName(provider) && isName(model) ? { provider, model } : null;
}

/** Whether a scope with these dimensions covers this model. */
export function coversModel(scope: { provider: string | null; model: string | null }, step: ModelPair): boolean {
  return (
    (scope.provider === null || scope.provider === step.provider) &&
    (scope.model === null || scope.model === step.model)
  );
}

/**
 * The release with its controls in order of their ids. `scenario` finds the feature's record of a scenario key.
 * When the chain cannot be read, whether a provider or model is in it is unknown, hence inside.
 */
export function prepareRelease(
  id: string,
  raw: RawRelease,
  controls: readonly PreparedControl[],
  approved: readonly ApprovedPair[],
  scenario: (key: string) => { stamp: number },
): PreparedRelease {
  const { chain, readable, withdrawn } = raw;
  const scoped: ScopedControl[] = [];
  for (const control of controls) {
    const everywhere = control.provider === null && control.model === null;
    const inChain = everywhere || !readable || chain.some((step) => coversModel(control, step));
    const ofTarget =
      (control.effects.stop || control.effects.reroutes.length > 0) &&
      approved.some((pair) => coversModel(control, pair.to));
    if (!inChain && !ofTarget) continue;
    scoped.push({ control, scenario: control.scenario === null ? null : scenario(control.scenario), inChain });
  }
  const tails = chain.map((_, from) => chain.slice(from));
  for (const steps of tails) Object.freeze(steps);
  return { id, readable, withdrawn, chain, tails, controls: scoped };
}
