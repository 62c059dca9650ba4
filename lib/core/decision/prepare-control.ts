import { controlReason } from "./because.ts";
import type { Reason } from "./decision.ts";
import { isFiniteNumber, isName, isRecord, own } from "./json.ts";
import { type CohortNode, UNKNOWN, UNKNOWN_NODE } from "./match.ts";
import { type PreparedEffects, prepareEffects } from "./prepare-effects.ts";

/** A control made ready: its scope read, its effects met, its reasons built. Nulls in the scope mean "all of it". */
export type PreparedControl = {
  id: string;
  feature: string | null;
  scenario: string | null;
  provider: string | null;
  model: string | null;
  cohort: CohortNode | null;
  /** Server time (epoch ms) from which it no longer holds; infinite until lifted, or when it cannot be read. */
  expiresAt: number;
  effects: PreparedEffects;
  reason: Reason;
  notAdmitted: Reason;
  heldToCurrent: Reason;
  rateLimited: Reason;
  /** The decision in whose reasons it already stands. */
  stamp: number;
};

/**
 * Reads a raw control. Total: a dimension of the scope that cannot be read is left out (so the scope is broader), an unreadable control is
 * in scope everywhere and serves the fallback.
 */
export function prepareControl(id: string, raw: unknown, cohort: (key: string) => CohortNode | null): PreparedControl {
  const record = isRecord(raw) ? raw : {};
  const rawScope = own(record, "scope");
  const scope = isRecord(rawScope) ? rawScope : {};
  const effects = prepareEffects(own(record, "effects"));
  const text = own(record, "sentence");
  const sentence = isName(text) ? text : "A control that this software cannot read is in place.";
  const code = own(record, "code");
  const known = code === "stale" || code === "local-stop" ? code : "control";
  const cohortKey = dimension(scope, "cohort");
  const expiresAt = own(record, "expiresAt");
  return {
    id,
    feature: dimension(scope, "feature"),
    scenario: dimension(scope, "scenario"),
    provider: dimension(scope, "provider"),
    model: dimension(scope, "model"),
    cohort: cohortKey === null ? null : (cohort(cohortKey) ?? unknownCohort()),
    expiresAt: isFiniteNumber(expiresAt) ? expiresAt : Number.POSITIVE_INFINITY,
    effects,
    reason: controlReason(effects.unknown ? "unknown-rule" : known, id, sentence),
    notAdmitted: controlReason("not-admitted", id, sentence),
    heldToCurrent: controlReason("held-to-current", id, sentence),
    rateLimited: controlReason("rate-limited", id, sentence),
    stamp: -1,
  };
}

function dimension(scope: Record<string, unknown>, key: string): string | null {
  const value = own(scope, key);
  return typeof value === "string" ? value : null;
}

function unknownCohort(): CohortNode {
  return { node: UNKNOWN_NODE, stamp: -1, answer: UNKNOWN };
}
