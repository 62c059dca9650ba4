import { BECAUSE } from "./because.ts";
import { SLOTS } from "./constants.ts";
import { match, YES } from "./match.ts";
import { murmur3 } from "./murmur3.ts";
import type { PreparedRuleset } from "./prepare.ts";
import type { PreparedFeature } from "./prepare-feature.ts";
import type { Assignment, PreparedRollout } from "./prepare-rollout.ts";
import type { Request } from "./request.ts";
import { releaseOfToken } from "./sticky.ts";

/** The slot of a person in a rollout: 0 to 99,999. */
export function slotOf(userId: string, seed: number): number {
  return murmur3(userId, seed) % SLOTS;
}

/**
 * The release that was promised to this person, else the arm that the conversation or the slot says, else the current release.
 * Only who is definitely eligible can be in an arm, and nobody without a user id.
 */
export function assign(
  feature: PreparedFeature,
  request: Request,
  slot: number | null,
  ruleset: PreparedRuleset,
): Assignment {
  if (request.userId === null) return feature.everyone;
  if (feature.pins !== null) {
    const userHash = ruleset.userHash(request.userId);
    const pin = userHash === null ? undefined : feature.pins.get(userHash);
    if (pin !== undefined && request.now < pin.until) {
      return { arm: "pinned", release: pin.release, sticky: null, because: BECAUSE.pinned };
    }
  }
  const rollout = feature.rollout;
  if (rollout === null || slot === null) return feature.everyone;
  if (rollout.eligible !== null && match(rollout.eligible, request.attributes, request.stamp) !== YES) {
    return feature.everyone;
  }
  return armOf(rollout, feature, request.sticky, slot);
}

function armOf(rollout: PreparedRollout, feature: PreparedFeature, sticky: string | null, slot: number): Assignment {
  if (sticky !== null) {
    const kept = rollout.tokens.get(sticky);
    if (kept !== undefined) return kept;
    if (sticky === feature.everyone.sticky || releaseOfToken(sticky) === feature.current.id) return feature.everyone;
  }
  for (const { from, to, assignment } of rollout.ranges) {
    if (slot < from || slot >= to) continue;
    if (!assignment.release.readable) return feature.everyone;
    return assignment.release.withdrawn ? feature.insteadOfWithdrawn : assignment;
  }
  return feature.everyone;
}
