import type { PreparedControl } from "./prepare-control.ts";
import type { RerouteTarget } from "./prepare-effects.ts";
import { type ApprovedPair, coversModel, type PreparedRelease } from "./prepare-release.ts";
import type { ChainStep } from "./ruleset.ts";

const EMPTY: ChainStep[] = [];
Object.freeze(EMPTY);

/**
 * The steps that are left to try. `start` counts on the full chain. `controls` are those in scope with stops or reroutes; each acts on the
 * models its scope covers: allowed < rerouted < stopped, two different targets meet to stopped, and a target that is itself stopped or
 * rerouted elsewhere is stopped (one hop). While a reroute is in scope, steps of the same model collapse to the first.
 */
export function remainingChain(
  release: PreparedRelease,
  start: number,
  controls: readonly PreparedControl[] | null,
  approved: readonly ApprovedPair[],
): ChainStep[] {
  if (controls === null) return release.tails[start] ?? EMPTY;
  const collapse = controls.some((control) => control.effects.reroutes.length > 0);
  const left: ChainStep[] = [];
  for (const step of release.tails[start] ?? EMPTY) {
    const to = fateOf(step, release, controls, approved);
    if (to !== null && !(collapse && left.some((other) => sameModel(other, to)))) left.push(to);
  }
  return left;
}

/** What becomes of one step under these controls: itself (allowed), another (rerouted) or null (stopped). */
export function fateOf(
  step: ChainStep,
  release: Pick<PreparedRelease, "chain">,
  controls: readonly PreparedControl[],
  approved: readonly ApprovedPair[],
): ChainStep | null {
  const target = targetOf(step, release, controls, approved);
  if (target === null || target === step) return target;
  const onward = targetOf(target, release, controls, approved);
  return onward !== null && sameModel(onward, target) ? target : null;
}

/** Where this step goes: itself, another model, or nowhere (null). */
function targetOf(
  step: ChainStep,
  release: Pick<PreparedRelease, "chain">,
  controls: readonly PreparedControl[],
  approved: readonly ApprovedPair[],
): ChainStep | null {
  let target: ChainStep | null = null;
  for (const control of controls) {
    if (!coversModel(control, step)) continue;
    if (control.effects.stop) return null;
    for (const reroute of control.effects.reroutes) {
      const found = provenTarget(reroute, step, release, approved);
      if (found === null || (target !== null && !sameModel(found, target))) return null;
      target = found;
    }
  }
  return target === null || sameModel(target, step) ? step : target;
}

/**
 * The one model that a reroute of this step leads to: the step itself when it is already there, a step of the release's chain, or an approved
 * pair of the step (which keeps the step's own timeout). Null when there is none or more than one.
 */
function provenTarget(
  reroute: RerouteTarget,
  step: ChainStep,
  release: Pick<PreparedRelease, "chain">,
  approved: readonly ApprovedPair[],
): ChainStep | null {
  if (coversModel(reroute, step)) return step;
  let found: ChainStep | null = null;
  for (const other of release.chain) {
    if (!coversModel(reroute, other)) continue;
    if (found !== null && !sameModel(found, other)) return null;
    found ??= other;
  }
  for (const pair of approved) {
    if (!sameModel(pair.from, step) || !coversModel(reroute, pair.to)) continue;
    if (found !== null && !sameModel(found, pair.to)) return null;
    found ??= Object.freeze({ provider: pair.to.provider, model: pair.to.model, timeoutMs: step.timeoutMs });
  }
  return found;
}

function sameModel(a: { provider: string; model: string }, b: { provider: string; model: string }): boolean {
  return a.provider === b.provider && a.model === b.model;
}
