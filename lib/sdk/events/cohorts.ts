import { matchCohort, NO_ATTRIBUTES, YES } from "../../core/decision/match.ts";
import { prepareCohorts } from "../../core/decision/prepare-cohorts.ts";
import type { Ruleset } from "../../core/decision/ruleset.ts";
import { isRecord } from "../ruleset/shape.ts";
import { safely } from "../safely.ts";
import type { AttributeValue } from "../types.ts";

type Prepared = ReturnType<typeof prepareCohorts>;

const prepared = new WeakMap<object, Prepared>();
let lastStamp = 0;

/** Keys of the cohorts that these attributes are definitely in. Off the hot path: asked when an event is sent. */
export function cohortsOf(rules: Ruleset | null, attributes: Record<string, AttributeValue> | undefined): string[] {
  if (!rules || !isRecord(rules.cohorts)) return [];
  return safely(() => {
    let cohorts = prepared.get(rules);
    if (!cohorts) {
      cohorts = prepareCohorts(rules.cohorts, isRecord(rules.attributes) ? rules.attributes : {});
      prepared.set(rules, cohorts);
    }
    const stamp = ++lastStamp;
    const given = attributes ?? NO_ATTRIBUTES;
    return [...cohorts].flatMap(([key, cohort]) => (matchCohort(cohort, given, stamp) === YES ? [key] : []));
  }, []);
}
