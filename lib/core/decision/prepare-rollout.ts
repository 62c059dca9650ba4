import { candidateReason } from "./because.ts";
import { RESERVED_ARMS, SLOTS } from "./constants.ts";
import type { Reason } from "./decision.ts";
import { isInteger, isName, isRecord, isShare, own } from "./json.ts";
import type { MatchNode } from "./match.ts";
import type { PreparedRelease } from "./prepare-release.ts";
import { stickyToken } from "./sticky.ts";

/** Which release a person is served by, before any control. `because` null: nothing to say about it. */
export type Assignment = {
  arm: string;
  release: PreparedRelease;
  sticky: string | null;
  because: Reason | null;
};

export type ArmRange = { from: number; to: number; assignment: Assignment };

export type PreparedRollout = {
  seed: number;
  /** Null: everyone inside the envelope. */
  eligible: MatchNode | null;
  /** Half-open slot ranges; where they overlap, the first holds. */
  ranges: readonly ArmRange[];
  /** Tokens of arms that somebody is served by. */
  tokens: ReadonlyMap<string, Assignment>;
  shadow: { release: PreparedRelease; share: number; answer: { release: string } } | null;
};

/** Reads a raw rollout. Total: without a readable seed there is no rollout, and an arm that cannot be read has nobody in it, so its people get the current release. */
export function prepareRollout(
  raw: unknown,
  release: (id: string) => PreparedRelease,
  condition: (raw: unknown) => MatchNode,
): PreparedRollout | null {
  if (!isRecord(raw)) return null;
  const id = own(raw, "id");
  const seed = own(raw, "seed");
  const rawArms = own(raw, "arms");
  if (!isName(id) || !isInteger(seed, 0) || seed > 0xffffffff || !Array.isArray(rawArms)) return null;
  const ranges: ArmRange[] = [];
  const tokens = new Map<string, Assignment>();
  for (const rawArm of rawArms) {
    const key = isRecord(rawArm) ? own(rawArm, "key") : null;
    const releaseId = isRecord(rawArm) ? own(rawArm, "release") : null;
    if (!isRecord(rawArm) || !isName(key) || RESERVED_ARMS.has(key) || !isName(releaseId)) continue;
    const served = release(releaseId);
    const sticky = stickyToken(id, key, releaseId);
    const assignment = { arm: key, release: served, sticky, because: candidateReason(key) };
    const armRanges = readRanges(own(rawArm, "ranges"));
    for (const [from, to] of armRanges) ranges.push({ from, to, assignment });
    if (armRanges.length > 0 && served.readable && !served.withdrawn) tokens.set(sticky, assignment);
  }
  const eligible = own(raw, "eligible");
  return {
    seed,
    eligible: eligible === null ? null : condition(eligible),
    ranges,
    tokens,
    shadow: readShadow(own(raw, "shadow"), release),
  };
}

function readRanges(raw: unknown): [number, number][] {
  const ranges: [number, number][] = [];
  for (const entry of Array.isArray(raw) ? raw : []) {
    const from = isRecord(entry) ? own(entry, "from") : null;
    const to = isRecord(entry) ? own(entry, "to") : null;
    if (isInteger(from, 0) && isInteger(to, from + 1) && to <= SLOTS) ranges.push([from, to]);
  }
  return ranges;
}

function readShadow(raw: unknown, release: (id: string) => PreparedRelease): PreparedRollout["shadow"] {
  if (!isRecord(raw)) return null;
  const id = own(raw, "release");
  const share = own(raw, "share");
  if (!isName(id) || !isShare(share)) return null;
  return { release: release(id), share, answer: Object.freeze({ release: id }) };
}
