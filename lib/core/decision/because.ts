import type { Reason, ReasonCode } from "./decision.ts";

function fixed(code: ReasonCode, sentence: string): Reason {
  return Object.freeze({ code, sentence });
}

/** Reasons that are not a control's. Shared and frozen: making a decision builds no texts. */
export const BECAUSE = {
  unreadableRuleset: fixed("unreadable-ruleset", "The rules cannot be read, so AI is not used."),
  unreadableFeature: fixed("unreadable-ruleset", "The rules of this feature cannot be read, so AI is not used."),
  unreadableRelease: fixed(
    "unreadable-ruleset",
    "The current release of this feature cannot be read, so AI is not used.",
  ),
  unknownFeature: fixed("unknown-feature", "This feature is not known here, so AI is not used."),
  featureOff: fixed("feature-off", "This feature is turned off."),
  outsideEnvelope: fixed("outside-envelope", "This request is outside of what the feature was launched for."),
  pinned: fixed("pinned", "This person asked to keep an earlier release for now."),
  withdrawnCandidate: fixed("withdrawn-release", "The new release was withdrawn, so the current one is used."),
  withdrawnCurrent: fixed("withdrawn-release", "The current release was withdrawn, so AI is not used."),
  noModelLeft: fixed("no-model-left", "No model is left to use, so AI is not used."),
} as const;

/** The reason of a person who is in a rollout's arm. */
export function candidateReason(arm: string): Reason {
  return fixed("candidate", `This person is among those who try the new release (${arm}).`);
}

/** A control's reason, with the sentence that the operator read. */
export function controlReason(code: ReasonCode, controlId: string, sentence: string): Reason {
  return Object.freeze({ code, controlId, sentence });
}
