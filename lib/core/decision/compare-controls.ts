import { type PreparedEffects, prepareEffects } from "./prepare-effects.ts";
import type { PreparedLadder } from "./prepare-ladder.ts";
import type { Control, Ruleset, Scope } from "./ruleset.ts";
import { sameJson } from "./same-json.ts";

const DIMENSIONS: readonly (keyof Scope)[] = ["provider", "model", "feature", "scenario", "cohort"];

/** Whether a control had expired at `now`; without a time none has. */
export function hasExpired(control: Control, now: number | undefined): boolean {
  return now !== undefined && control.expiresAt !== null && control.expiresAt <= now;
}

/**
 * Why the controls of `after` are not proved to be at least those of `before`, null when they are. Adding is always a tightening. A control that is
 * covered by another one still has to stay: whoever placed the other one may lift it, and this one was somebody else's.
 */
export function controlsLoosened(
  before: Ruleset,
  after: Ruleset,
  ladders: readonly PreparedLadder[],
  now: number | undefined,
): string | null {
  for (const [id, control] of Object.entries(before.controls)) {
    if (hasExpired(control, now)) continue;
    const next = Object.hasOwn(after.controls, id) ? after.controls[id] : undefined;
    if (next === undefined) return `“${control.sentence}” would no longer hold.`;
    if (!sameJson(control, next)) {
      const because = controlLoosened(control, next, ladders);
      if (because !== null) return because;
    }
  }
  return null;
}

function controlLoosened(before: Control, after: Control, ladders: readonly PreparedLadder[]): string | null {
  const name = `“${before.sentence}”`;
  if (before.sentence !== after.sentence || codeOf(before) !== codeOf(after))
    return `The words of ${name} would change.`;
  if (DIMENSIONS.some((key) => after.scope[key] !== undefined && after.scope[key] !== before.scope[key])) {
    return `${name} would no longer hold everywhere it holds now.`;
  }
  if (after.expiresAt !== null && (before.expiresAt === null || after.expiresAt < before.expiresAt)) {
    return `${name} would end earlier.`;
  }
  const weaker = isWeaker(prepareEffects(after.effects), prepareEffects(before.effects), ladders);
  return weaker ? `${name} would restrict less than it does now.` : null;
}

/** Whether `a` may restrict less than `b` somewhere. */
function isWeaker(a: PreparedEffects, b: PreparedEffects, ladders: readonly PreparedLadder[]): boolean {
  return (
    (b.serve && !a.serve) ||
    (b.quality && !a.quality) ||
    (b.unknown && !a.unknown) ||
    (b.suggest && !a.suggest) ||
    (b.stop && !a.stop) ||
    a.reviewBelow < b.reviewBelow ||
    a.minConfidence < b.minConfidence ||
    a.maxLatencyMs > b.maxLatencyMs ||
    a.chainStart < b.chainStart ||
    a.perHour > b.perHour ||
    ladders.some((ladder) => start(ladder, a.rungs) < start(ladder, b.rungs)) ||
    b.featureHolds.some((filter) => !a.featureHolds.includes(filter)) ||
    b.rolloutHolds.some((filter) => !a.rolloutHolds.includes(filter)) ||
    (!a.stop && b.reroutes.some((to) => !a.reroutes.some((other) => sameJson(to, other)))) ||
    b.notices.some((notice) => !a.notices.some((other) => sameJson(notice, other)))
  );
}

/** Where a ladder starts at the earliest under these rungs. */
function start(ladder: PreparedLadder, rungs: number): number {
  return Math.max(0, ...ladder.floors.filter((_, kind) => (rungs & (1 << kind)) !== 0));
}

/** The code as a schema with its default would read it. */
function codeOf(control: Partial<Pick<Control, "code">>): string {
  return control.code ?? "control";
}
