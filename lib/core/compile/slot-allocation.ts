import { AppError } from "../../errors.ts";
import { SLOTS } from "../decision/constants.ts";
import type { SlotRange } from "../decision/ruleset.ts";

/** An arm's slots, as ranges in rising order that neither touch nor overlap. */
export type ArmRanges = { key: string; ranges: SlotRange[] };

/** What an arm shall have: `share` of all slots, 0 to 1. */
export type ArmShare = { key: string; share: number };

/**
 * Gives each arm its share of the 100,000 slots while moving the fewest slots: an arm that shrinks gives up its highest ones, an arm that grows keeps all it
 * has and takes free ones, lowest first. So raising a share at the cost of nobody's arm only adds people, and lowering it only removes some. Arms that are
 * not in `shares` give up theirs. Slots left over are in no arm: they are served the current release.
 * @throws AppError `invalid-input` for a share that is not between 0 and 1, shares above 1 together, or the same arm twice.
 */
export function allocate(previous: readonly ArmRanges[], shares: readonly ArmShare[]): ArmRanges[] {
  const wanted = slotsOf(shares);
  const kept = new Map<string, SlotRange[]>();
  for (const { key } of shares) {
    const before = previous.find((arm) => arm.key === key)?.ranges ?? [];
    kept.set(key, lowest(before, wanted.get(key) ?? 0));
  }
  let free = complement([...kept.values()].flat());
  return shares.map(({ key }) => {
    const own = kept.get(key) ?? [];
    const more = lowest(free, (wanted.get(key) ?? 0) - count(own));
    free = complement([...complement(free), ...more]);
    return { key, ranges: union([...own, ...more]) };
  });
}

/** Number of slots in ranges that do not overlap. */
export function count(ranges: readonly SlotRange[]): number {
  return ranges.reduce((sum, range) => sum + range.to - range.from, 0);
}

/** Whole slots per arm. Rounding may not hand out more slots than there are, so the largest arms give back what is too much. */
function slotsOf(shares: readonly ArmShare[]): Map<string, number> {
  const wanted = new Map<string, number>();
  for (const { key, share } of shares) {
    if (wanted.has(key)) throw new AppError("invalid-input", `The arm ${key} is named twice.`);
    if (!(share >= 0 && share <= 1)) throw new AppError("invalid-input", "A share must be between 0% and 100%.");
    wanted.set(key, Math.round(share * SLOTS));
  }
  // Sums of decimal fractions such as 0.1 + 0.2 may end a hair above 1.
  if (shares.reduce((sum, { share }) => sum + share, 0) > 1 + 1e-9)
    throw new AppError("invalid-input", "The shares add up to more than 100%.");
  const largestFirst = [...wanted.keys()].sort((a, b) => (wanted.get(b) ?? 0) - (wanted.get(a) ?? 0));
  let excess = [...wanted.values()].reduce((sum, slots) => sum + slots, 0) - SLOTS;
  for (const key of largestFirst) {
    if (excess-- > 0) wanted.set(key, (wanted.get(key) ?? 0) - 1);
  }
  return wanted;
}

/** The `slots` lowest slots of these ranges, or all when there are fewer. */
function lowest(ranges: readonly SlotRange[], slots: number): SlotRange[] {
  const taken: SlotRange[] = [];
  let left = slots;
  for (const { from, to } of union(ranges)) {
    if (left <= 0) break;
    taken.push({ from, to: Math.min(to, from + left) });
    left -= to - from;
  }
  return taken;
}

/** The same slots as rising ranges that neither touch nor overlap. */
function union(ranges: readonly SlotRange[]): SlotRange[] {
  const joined: SlotRange[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (from >= to) continue;
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** All slots that are in none of these ranges. */
function complement(ranges: readonly SlotRange[]): SlotRange[] {
  const gaps: SlotRange[] = [];
  let from = 0;
  for (const range of union(ranges)) {
    if (range.from > from) gaps.push({ from, to: range.from });
    from = range.to;
  }
  if (from < SLOTS) gaps.push({ from, to: SLOTS });
  return gaps;
}
