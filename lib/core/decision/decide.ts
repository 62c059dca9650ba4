import { assign, slotOf } from "./arms.ts";
import { BECAUSE } from "./because.ts";
import { remainingChain } from "./chain.ts";
import { SCHEMA_VERSION } from "./constants.ts";
import type { Decision, DecisionContext, DecisionInputs, Reason } from "./decision.ts";
import { pickRung } from "./fallback.ts";
import { match, YES } from "./match.ts";
import { isInScope, meetControls, type Restrictions, unrestricted } from "./meet.ts";
import { murmur3 } from "./murmur3.ts";
import { type PreparedRuleset, prepare } from "./prepare.ts";
import type { PreparedFeature } from "./prepare-feature.ts";
import { BUILT_IN } from "./prepare-ladder.ts";
import type { PreparedRelease } from "./prepare-release.ts";
import type { Assignment } from "./prepare-rollout.ts";
import { type Request, readRequest } from "./request.ts";
import type { ChainStep, Ruleset } from "./ruleset.ts";

/** Seeds that keep the draws for samples and shadows apart from each other. */
const SAMPLE_SEED = 0x5a3d1e01;
const SHADOW_SEED = 0x51ad0e02;

const NO_STEPS: ChainStep[] = [];
const NO_NOTICES: Decision["notices"] = [];
const NO_REASONS: Reason[] = [];
for (const list of [NO_STEPS, NO_NOTICES, NO_REASONS]) Object.freeze(list);

/**
 * What an AI feature may do for one request. Total and pure: any ruleset, feature key, context or inputs give a decision, the same ones always
 * the same, and whatever cannot be read is read the safe way. A ruleset is prepared once per object, so it must not be changed afterwards: make a new one.
 * Parts of the result are shared and frozen.
 */
export function decide(
  ruleset: Ruleset,
  featureKey: string,
  context: DecisionContext,
  inputs: DecisionInputs,
): Decision {
  const prepared = prepare(ruleset);
  const feature = prepared.feature(featureKey);
  if (feature === undefined || feature === null) {
    const reason = !prepared.readable
      ? BECAUSE.unreadableRuleset
      : feature === null
        ? BECAUSE.unreadableFeature
        : BECAUSE.unknownFeature;
    return withoutFeature(prepared, featureKey, inputs, reason);
  }
  const request = readRequest(feature, context, inputs);
  const slot =
    feature.rollout === null || request.userId === null ? null : slotOf(request.userId, feature.rollout.seed);
  let assignment = assign(feature, request, slot, prepared);
  const candidate = assignment.arm !== "pinned" && assignment.release.id !== feature.current.id;

  // Controls are met even where AI is out of the question already: they also say which fallback is safe.
  const into = unrestricted(feature);
  meetControls(into, assignment.release, candidate, request, prepared);
  let steps = remainingSteps(into, assignment.release, prepared);
  let serveAi = !into.serveFallback && steps.length > 0;
  let noModelLeft = !into.serveFallback && steps.length === 0;
  if (into.heldToCurrent) {
    // What was found for the candidate stays, so that holding a rollout never gives AI to someone who had the fallback.
    const hadAi = serveAi;
    assignment = feature.everyone;
    meetControls(into, feature.current, false, request, prepared);
    steps = remainingSteps(into, feature.current, prepared);
    serveAi = hadAi && !into.serveFallback && steps.length > 0;
    noModelLeft = !into.serveFallback && !serveAi;
  }

  const barrier = barrierOf(feature, assignment.release, request);
  const reached = barrier !== BECAUSE.featureOff && barrier !== BECAUSE.outsideEnvelope;
  if (barrier !== null) serveAi = false;
  const gated = into.reviewBelow > 0 || into.minConfidence > 0;
  return {
    schemaVersion: SCHEMA_VERSION,
    id: request.requestId,
    feature: featureKey,
    serve: serveAi ? "ai" : "fallback",
    mode: into.suggest ? "suggestion" : "autonomous",
    reviewBelow: into.reviewBelow,
    minConfidence: into.minConfidence,
    maxLatencyMs: into.maxLatencyMs,
    stream: serveAi && feature.stream && !gated,
    arm: reached ? assignment.arm : null,
    slot,
    release: reached ? assignment.release.id : null,
    chain: serveAi ? steps : NO_STEPS,
    fallback: pickRung(request.ladder, into.rungs, into.quality, request.now),
    notices: into.notices === null ? NO_NOTICES : newestFirst(into.notices),
    shadow: serveAi ? shadowOf(feature, into, request) : null,
    sample: isDrawn(feature.sampleShare, request.requestId, SAMPLE_SEED),
    because: reasons(barrier, reached ? assignment : null, into, noModelLeft && barrier === null),
    sticky: reached ? assignment.sticky : null,
    ruleset: prepared.name,
  };
}

/** The decision where the feature's own rules are not known: the safest there is. */
function withoutFeature(ruleset: PreparedRuleset, feature: string, inputs: DecisionInputs, reason: Reason): Decision {
  const id = typeof inputs === "object" && inputs !== null ? inputs.requestId : "";
  return {
    schemaVersion: SCHEMA_VERSION,
    id: typeof id === "string" ? id : "",
    feature: typeof feature === "string" ? feature : "",
    serve: "fallback",
    mode: "suggestion",
    reviewBelow: 1,
    minConfidence: 1,
    maxLatencyMs: 0,
    stream: false,
    arm: null,
    slot: null,
    release: null,
    chain: NO_STEPS,
    fallback: BUILT_IN,
    notices: NO_NOTICES,
    shadow: null,
    sample: false,
    because: [reason],
    sticky: null,
    ruleset: ruleset.name,
  };
}

function remainingSteps(into: Restrictions, release: PreparedRelease, ruleset: PreparedRuleset): ChainStep[] {
  const start = into.rateLimited ? Math.max(into.chainStart, release.chain.length - 1) : into.chainStart;
  return remainingChain(release, start, into.steps, ruleset.approvedPairs);
}

/** What stands before AI apart from any control. */
function barrierOf(feature: PreparedFeature, release: PreparedRelease, request: Request): Reason | null {
  if (!feature.on) return BECAUSE.featureOff;
  if (feature.envelope !== null && match(feature.envelope, request.attributes, request.stamp) !== YES) {
    return BECAUSE.outsideEnvelope;
  }
  if (!release.readable) return BECAUSE.unreadableRelease;
  return release.withdrawn ? BECAUSE.withdrawnCurrent : null;
}

function reasons(
  barrier: Reason | null,
  assignment: Assignment | null,
  into: Restrictions,
  noModelLeft: boolean,
): Reason[] {
  const assigned = assignment === null ? null : assignment.because;
  if (barrier === null && assigned === null && !noModelLeft) return into.because ?? NO_REASONS;
  const list: Reason[] = [];
  if (barrier !== null) list.push(barrier);
  if (assigned !== null) list.push(assigned);
  if (into.because !== null) list.push(...into.because);
  if (noModelLeft) list.push(BECAUSE.noModelLeft);
  return list;
}

/** Each notice once, the newest first; at the same time, by id and text. */
function newestFirst(notices: readonly { id: string; text: string; at: number }[]): Decision["notices"] {
  const sorted = [...notices].sort(
    (a, b) => b.at - a.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : a.text < b.text ? -1 : a.text > b.text ? 1 : 0),
  );
  const list: Decision["notices"] = [];
  for (const { id, text } of sorted) {
    if (!list.some((other) => other.id === id && other.text === text)) list.push({ id, text });
  }
  return list;
}

/**
 * The release to run unseen. A shadow calls models too, so nothing that would stop or reroute one of its steps, or serve the fallback
 * instead of it, may be in scope, nor a rate limit be exceeded.
 */
function shadowOf(feature: PreparedFeature, into: Restrictions, request: Request): Decision["shadow"] {
  const rollout = feature.rollout;
  if (rollout === null || rollout.shadow === null) return null;
  const { release, share, answer } = rollout.shadow;
  if (!isDrawn(share, request.requestId, SHADOW_SEED) || into.rateLimited) return null;
  if (!release.readable || release.withdrawn) return null;
  if (rollout.eligible !== null && match(rollout.eligible, request.attributes, request.stamp) !== YES) return null;
  for (const scoped of release.controls) {
    const { serve, unknown, stop, reroutes } = scoped.control.effects;
    const stops = serve || unknown || stop || reroutes.length > 0;
    if (stops && scoped.inChain && isInScope(scoped, request)) return null;
  }
  return answer;
}

function isDrawn(share: number, requestId: string, seed: number): boolean {
  if (share <= 0) return false;
  return share >= 1 || murmur3(requestId, seed) < share * 4_294_967_296;
}
