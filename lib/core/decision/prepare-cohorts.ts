import { isRecord, own, sortedKeys } from "./json.ts";
import { type CohortNode, type MatchNode, UNKNOWN, UNKNOWN_NODE } from "./match.ts";
import { prepareCondition } from "./prepare-condition.ts";

/** Cohorts that refer to cohorts more levels deep than this are unknown. */
const MAX_LEVELS = 32;
/** Above this many tangled cohorts nobody finds out which of them form the circles: all of them are unknown. */
const MAX_TANGLED = 500;

type Draft = { key: string; cohort: CohortNode; node: MatchNode; refersTo: string[] };

/**
 * Makes all cohorts of a ruleset ready. A cohort that is part of a circle of references is unknown, and so is one that cannot be read;
 * which of them that are never depends on the order in which they stand.
 */
export function prepareCohorts(
  cohorts: Record<string, unknown>,
  attributes: Record<string, unknown>,
): Map<string, CohortNode> {
  const drafts = draftsOf(cohorts, attributes);
  const settled = new Set<string>();
  let waiting = settle([...drafts.values()], settled);
  if (waiting.length > 0 && waiting.length <= MAX_TANGLED) {
    for (const draft of waiting) if (reachesItself(draft, drafts)) settled.add(draft.key);
    waiting = settle(
      waiting.filter((draft) => !settled.has(draft.key)),
      settled,
    );
  }
  return new Map([...drafts].map(([key, draft]) => [key, draft.cohort]));
}

/**
 * Whether some cohorts refer to each other in circles, or deeper than `MAX_LEVELS`. Then how many there are of them decides about each, so that one may change
 * what another means without either mentioning the other.
 */
export function areTangled(cohorts: Record<string, unknown>, attributes: Record<string, unknown>): boolean {
  return settle([...draftsOf(cohorts, attributes).values()], new Set()).length > 0;
}

function draftsOf(cohorts: Record<string, unknown>, attributes: Record<string, unknown>): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  for (const key of sortedKeys(cohorts)) {
    const cohort: CohortNode = { node: UNKNOWN_NODE, stamp: -1, answer: UNKNOWN };
    drafts.set(key, { key, cohort, node: UNKNOWN_NODE, refersTo: [] });
  }
  for (const draft of drafts.values()) {
    const raw = own(cohorts, draft.key);
    const find = (key: string) => {
      draft.refersTo.push(key);
      return drafts.get(key)?.cohort ?? null;
    };
    draft.node = isRecord(raw) ? prepareCondition(own(raw, "when"), { attributes, cohort: find }) : UNKNOWN_NODE;
    draft.refersTo = draft.refersTo.filter((key) => drafts.has(key));
  }
  return drafts;
}

/** Level by level: a cohort becomes known once all it refers to are settled. Returns those that never do. */
function settle(drafts: Draft[], settled: Set<string>): Draft[] {
  let waiting = drafts;
  for (let level = 0; level < MAX_LEVELS && waiting.length > 0; level++) {
    const ready = waiting.filter((draft) => draft.refersTo.every((key) => settled.has(key)));
    if (ready.length === 0) break;
    for (const draft of ready) {
      draft.cohort.node = draft.node;
      settled.add(draft.key);
    }
    waiting = waiting.filter((draft) => !settled.has(draft.key));
  }
  return waiting;
}

function reachesItself(start: Draft, drafts: Map<string, Draft>): boolean {
  const seen = new Set<string>();
  const open = [...start.refersTo];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (key === start.key) return true;
    if (seen.has(key)) continue;
    seen.add(key);
    open.push(...(drafts.get(key)?.refersTo ?? []));
  }
  return false;
}
