import type { Reason } from "./decision.ts";
import { matchCohort, NO } from "./match.ts";
import type { PreparedRuleset } from "./prepare.ts";
import type { PreparedControl } from "./prepare-control.ts";
import type { PreparedNotice } from "./prepare-effects.ts";
import type { PreparedFeature } from "./prepare-feature.ts";
import type { PreparedRelease, ScopedControl } from "./prepare-release.ts";
import type { Request } from "./request.ts";

/** What all controls in scope come to, whatever their order. Lists are null until something is in them. */
export type Restrictions = {
  serveFallback: boolean;
  quality: boolean;
  rungs: number;
  suggest: boolean;
  reviewBelow: number;
  minConfidence: number;
  maxLatencyMs: number;
  chainStart: number;
  rateLimited: boolean;
  /** The rollout is held and this person is not in its filter. */
  heldToCurrent: boolean;
  /** Controls in scope that stop or reroute models. */
  steps: PreparedControl[] | null;
  notices: PreparedNotice[] | null;
  because: Reason[] | null;
};

/** Where restrictions start from: what the feature itself asks for. */
export function unrestricted(feature: PreparedFeature): Restrictions {
  return {
    serveFallback: false,
    quality: false,
    rungs: 0,
    suggest: feature.suggest,
    reviewBelow: feature.reviewBelow,
    minConfidence: feature.minConfidence,
    maxLatencyMs: feature.maxLatencyMs,
    chainStart: 0,
    rateLimited: false,
    heldToCurrent: false,
    steps: null,
    notices: null,
    because: null,
  };
}

/** Whether a control of this release holds for the request. What is not known is inside. */
export function isInScope(scoped: ScopedControl, request: Request): boolean {
  const { control, scenario } = scoped;
  if (request.now >= control.expiresAt) return false;
  if (scenario !== null && scenario.stamp !== request.stamp && !request.scenariosUnknown) return false;
  return control.cohort === null || matchCohort(control.cohort, request.attributes, request.stamp) !== NO;
}

/** Meets the controls of `release` that hold for the request into `into`. `candidate`: the release is not the current one, so rollout holds matter. */
export function meetControls(
  into: Restrictions,
  release: PreparedRelease,
  candidate: boolean,
  request: Request,
  ruleset: PreparedRuleset,
): void {
  for (const scoped of release.controls) {
    if (isInScope(scoped, request)) meet(into, scoped, candidate, request, ruleset);
  }
}

function meet(
  into: Restrictions,
  scoped: ScopedControl,
  candidate: boolean,
  request: Request,
  ruleset: PreparedRuleset,
): void {
  const control = scoped.control;
  const effects = control.effects;
  let said = false;
  if (effects.stop || effects.reroutes.length > 0) {
    said = scoped.inChain;
    if (into.steps === null) into.steps = [control];
    else if (!into.steps.includes(control)) into.steps.push(control);
  }
  if (scoped.inChain) {
    if (effects.always) {
      said = true;
      meetAlways(into, control);
    }
    if (request.perHour > effects.perHour) {
      into.rateLimited = true;
      say(into, control, control.rateLimited, request);
    }
    if (effects.featureHolds.length > 0 && !isAdmitted(effects.featureHolds, request, ruleset)) {
      into.serveFallback = true;
      say(into, control, control.notAdmitted, request);
    }
    if (candidate && effects.rolloutHolds.length > 0 && !isAdmitted(effects.rolloutHolds, request, ruleset)) {
      into.heldToCurrent = true;
      say(into, control, control.heldToCurrent, request);
    }
  }
  if (said) say(into, control, control.reason, request);
}

function meetAlways(into: Restrictions, control: PreparedControl): void {
  const effects = control.effects;
  if (effects.serve || effects.unknown) into.serveFallback = true;
  if (effects.quality) into.quality = true;
  if (effects.suggest) into.suggest = true;
  into.rungs |= effects.rungs;
  if (effects.reviewBelow > into.reviewBelow) into.reviewBelow = effects.reviewBelow;
  if (effects.minConfidence > into.minConfidence) into.minConfidence = effects.minConfidence;
  if (effects.maxLatencyMs < into.maxLatencyMs) into.maxLatencyMs = effects.maxLatencyMs;
  if (effects.chainStart > into.chainStart) into.chainStart = effects.chainStart;
  if (effects.notices.length > 0) into.notices = (into.notices ?? []).concat(effects.notices);
}

function isAdmitted(filters: readonly string[], request: Request, ruleset: PreparedRuleset): boolean {
  const userHash = request.userId === null ? null : ruleset.userHash(request.userId);
  return filters.every((filter) => ruleset.admits(filter, userHash));
}

/** Adds a reason, once per decision: a control may touch both the candidate and the current release. */
function say(into: Restrictions, control: PreparedControl, reason: Reason, request: Request): void {
  if (into.because === null) into.because = [reason];
  else if (control.stamp !== request.stamp || !into.because.includes(reason)) into.because.push(reason);
  control.stamp = request.stamp;
}
