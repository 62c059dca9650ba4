import { hasExpired } from "./compare-controls.ts";
import type { Decision } from "./decision.ts";
import { rollbackTarget } from "./rollback-target.ts";
import type { ChainStep, Ruleset } from "./ruleset.ts";
import { sameJson } from "./same-json.ts";

/** A decision with the ruleset it was made under. */
export type Decided = { ruleset: Ruleset; decision: Decision };

/**
 * Why `after` is less safe than `before` for the same request, null when it is not: the order in which promises 1 and 2 are meant. Safer is: the fallback, a rung
 * further down, a suggestion, more review, more certainty, a shorter wait, no streaming, more notices, fewer or rerouted models, the current release
 * instead of a candidate, a rollback, no shadow, no sample.
 */
export function whyLessSafe(before: Decided, after: Decided): string | null {
  const b = before.decision;
  const a = after.decision;
  if (b.serve === "fallback" && a.serve === "ai") return "AI instead of the fallback";
  if (down(a.fallback.position) < down(b.fallback.position)) return "a rung further up";
  if (b.mode === "suggestion" && a.mode === "autonomous") return "autonomous instead of a suggestion";
  if (a.reviewBelow < b.reviewBelow) return "less review";
  if (a.minConfidence < b.minConfidence) return "less certainty";
  if (a.maxLatencyMs > b.maxLatencyMs) return "a longer wait";
  if (a.stream && !b.stream) return "streaming";
  if (a.sample && !b.sample) return "a sample";
  if (a.shadow !== null && !sameJson(a.shadow, b.shadow)) return "a shadow";
  if (b.notices.some((notice) => !a.notices.some((other) => sameJson(notice, other)))) return "a notice is missing";
  if (a.serve === "fallback") return null;
  if (a.release === b.release) return chainLessSafe(before, after);
  const wasCandidate = b.arm !== "current" && b.arm !== "pinned";
  if (a.arm !== "current") return "another release that is not the current one";
  if (wasCandidate) return null;
  const target =
    b.arm === "current" && b.release !== null ? rollbackTarget(before.ruleset.releases, b.feature, b.release) : null;
  return a.release === target ? null : "another current release that is not the rollback target";
}

/** Position -1 is beyond the end of every ladder. */
function down(position: number): number {
  return position < 0 ? Number.POSITIVE_INFINITY : position;
}

/** Of one release: no more steps than before, each one that was there or that a reroute of one that was there may lead to. */
function chainLessSafe(before: Decided, after: Decided): string | null {
  const had = before.decision.chain;
  const has = after.decision.chain;
  if (has.length > had.length) return "more models";
  const id = before.decision.release ?? "";
  const full = Object.hasOwn(before.ruleset.releases, id) ? (before.ruleset.releases[id]?.chain ?? []) : [];
  const unaccounted = has.find((step) => {
    if (had.some((other) => isSame(other, step))) return false;
    if (!isRerouted(after)) return true;
    const approved = before.ruleset.approvedReroutes.some(
      (pair) => isSame(pair.to, step) && had.some((other) => isSame(pair.from, other)),
    );
    return !approved && !full.some((other) => isSame(other, step));
  });
  return unaccounted === undefined ? null : `the model ${unaccounted.provider} ${unaccounted.model}`;
}

function isRerouted({ ruleset }: Decided): boolean {
  return Object.values(ruleset.controls).some(
    (control) => !hasExpired(control, undefined) && control.effects.some((effect) => effect.kind === "reroute"),
  );
}

function isSame(a: Pick<ChainStep, "provider" | "model">, b: Pick<ChainStep, "provider" | "model">): boolean {
  return a.provider === b.provider && a.model === b.model;
}
