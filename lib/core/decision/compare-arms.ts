import { remainingChain } from "./chain.ts";
import { hasExpired } from "./compare-controls.ts";
import { RESERVED_ARMS, SLOTS } from "./constants.ts";
import { implies } from "./implies.ts";
import { prepareControl } from "./prepare-control.ts";
import { coversModel, prepareRelease, readApprovedPairs, readRelease } from "./prepare-release.ts";
import { rollbackTarget } from "./rollback-target.ts";
import type { Feature, Rollout, Ruleset } from "./ruleset.ts";

type Side = { ruleset: Ruleset; feature: Feature };
/** Half-open slots of one arm; `token` stands for its key and release. */
type Piece = { from: number; to: number; token: string; release: string };

/**
 * Why people might be served something newer or more than before, null when it is proved that each keeps the release or goes from a candidate to the
 * current one, or all go from the current one to its rollback target.
 */
export function armsLoosened(key: string, before: Side, after: Side, now: number | undefined): string | null {
  const name = `“${before.feature.name}”`;
  const current = before.feature.release;
  const next = after.feature.release;
  const rolledBack = current !== next;
  if (rolledBack && rollbackTarget(before.ruleset.releases, key, current) !== next) {
    return `${name} would go to a release that is not the newest known good one.`;
  }
  const usableBefore = isUsable(before.ruleset, key, current);
  const usableAfter = isUsable(after.ruleset, key, next);
  if (!usableBefore && usableAfter) return `${name} would have a usable release again.`;

  const had = piecesOf(before, key);
  const has = piecesOf(after, key);
  const tokens = tokensOf(before, key);
  const armsGone = tokensOf(after, key).size === 0;
  if (!armsGone) {
    if (rolledBack || usableBefore !== usableAfter)
      return `${name} would lose its current release and keep a candidate.`;
    const because = rolloutLoosened(name, before.feature.rollout, after.feature.rollout, had, has);
    if (because !== null) return because;
    // Who is kept in an arm by a conversation would fall to another arm if only that one were closed, or come back to one that opens.
    if ([...tokens.keys()].sort().join("\n") !== [...tokensOf(after, key).keys()].sort().join("\n")) {
      return `One arm of ${name} would open or close beside another.`;
    }
  }
  if (shadowLoosened(before.feature.rollout, after.feature.rollout))
    return `${name} would try a release unseen more often.`;

  const narrowed = armsGone || !implies(eligibleOf(before), eligibleOf(after));
  const moved = had.filter((piece) => !isCovered(piece, has)).map((piece) => piece.release);
  if (narrowed) moved.push(...tokens.values());
  if (rolledBack) moved.push(current);
  const stuck = moved.find((release) => release !== next && !isMoveSafe(key, before.ruleset, release, next, now));
  return stuck === undefined ? null : `A control that holds for release “${stuck}” might not hold for “${next}”.`;
}

function eligibleOf(side: Side) {
  return side.feature.rollout === null ? null : side.feature.rollout.eligible;
}

function rolloutLoosened(
  name: string,
  before: Rollout | null,
  after: Rollout | null,
  had: Piece[],
  has: Piece[],
): string | null {
  if (before === null || after === null) return `A rollout of ${name} would start.`;
  if (before.id !== after.id || before.seed !== after.seed) return `Another rollout of ${name} would start.`;
  if (!implies(after.eligible, before.eligible)) return `More people of ${name} could be in its rollout.`;
  return has.some((piece) => !isCovered(piece, had)) ? `Somebody of ${name} would get the new release.` : null;
}

/** A draw for a smaller share is among those for the larger one. */
function shadowLoosened(before: Rollout | null, after: Rollout | null): boolean {
  const had = before === null ? null : before.shadow;
  const has = after === null ? null : after.shadow;
  if (has === null || has.share === 0) return false;
  return (
    had === null ||
    had.release !== has.release ||
    has.share > had.share ||
    !implies(after?.eligible ?? null, before?.eligible ?? null)
  );
}

function isUsable(ruleset: Ruleset, key: string, id: string): boolean {
  const release = readRelease(Object.hasOwn(ruleset.releases, id) ? ruleset.releases[id] : null, key);
  return release.readable && !release.withdrawn;
}

/** The arms that a conversation may be kept in, with their releases: those with any slots, also where another arm comes first. */
function tokensOf({ ruleset, feature }: Side, key: string): Map<string, string> {
  const tokens = new Map<string, string>();
  for (const arm of feature.rollout?.arms ?? []) {
    const served = arm.ranges.some(({ from, to }) => from < to && to <= SLOTS) && isUsable(ruleset, key, arm.release);
    if (served && !RESERVED_ARMS.has(arm.key)) tokens.set(JSON.stringify([arm.key, arm.release]), arm.release);
  }
  return tokens;
}

/** Who is in an arm that is served, slot by slot, as `decide` reads it: the first arm holds where ranges overlap. */
function piecesOf({ ruleset, feature }: Side, key: string): Piece[] {
  const pieces: Piece[] = [];
  for (const arm of feature.rollout?.arms ?? []) {
    if (RESERVED_ARMS.has(arm.key)) continue;
    const token = isUsable(ruleset, key, arm.release) ? JSON.stringify([arm.key, arm.release]) : "";
    for (const { from, to } of arm.ranges) {
      if (from >= to || to > SLOTS) continue;
      let open = [{ from, to }];
      for (const taken of pieces) open = open.flatMap((range) => minus(range, taken));
      for (const range of open) pieces.push({ ...range, token, release: arm.release });
    }
  }
  return pieces.filter((piece) => piece.token !== "");
}

function minus(range: { from: number; to: number }, taken: { from: number; to: number }) {
  const left = { from: range.from, to: Math.min(range.to, taken.from) };
  const right = { from: Math.max(range.from, taken.to), to: range.to };
  return [left, right].filter((part) => part.from < part.to);
}

function isCovered(piece: Piece, by: Piece[]): boolean {
  let open = [{ from: piece.from, to: piece.to }];
  for (const other of by) if (other.token === piece.token) open = open.flatMap((range) => minus(range, other));
  return open.length === 0;
}

/**
 * Whether serving `to` instead of `from` cannot undo what a control of `before` does: each that touches `from` by its provider or model touches `to` as
 * well, and even with all of them at once a model is left of `from`, so that nobody who had the fallback gets AI.
 */
function isMoveSafe(key: string, before: Ruleset, from: string, to: string, now: number | undefined): boolean {
  const [source, target] = [from, to].map((id) =>
    readRelease(Object.hasOwn(before.releases, id) ? before.releases[id] : null, key),
  );
  if (source === undefined || target === undefined || !source.readable || !target.readable) return false;
  const controls = Object.entries(before.controls)
    .filter(([, control]) => !hasExpired(control, now) && (control.scope.feature ?? key) === key)
    .map(([id, control]) => prepareControl(id, control, () => null));
  for (const control of controls) {
    const { always, featureHolds, rolloutHolds, perHour } = control.effects;
    const beyondSteps = always || featureHolds.length > 0 || rolloutHolds.length > 0 || Number.isFinite(perHour);
    const touches = (chain: typeof source.chain) =>
      (control.provider === null && control.model === null) || chain.some((step) => coversModel(control, step));
    if (beyondSteps && touches(source.chain) && !touches(target.chain)) return false;
  }
  const approved = readApprovedPairs(before.approvedReroutes);
  const release = prepareRelease(from, source, [], approved, () => ({ stamp: -1 }));
  const limited = controls.some((control) => Number.isFinite(control.effects.perHour));
  const start = Math.max(
    limited ? source.chain.length - 1 : 0,
    ...controls.map((control) => control.effects.chainStart),
  );
  const steps = controls.filter((control) => control.effects.stop || control.effects.reroutes.length > 0);
  return remainingChain(release, start, steps.length === 0 ? null : steps, approved).length > 0;
}
