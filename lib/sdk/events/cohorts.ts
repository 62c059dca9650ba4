import { type Answer, matchCohort, NO_ATTRIBUTES, UNKNOWN, YES } from "../../core/decision/match.ts";
import { prepareCohorts } from "../../core/decision/prepare-cohorts.ts";
import type { Ruleset } from "../../core/decision/ruleset.ts";
import { isRecord } from "../ruleset/shape.ts";
import { safely } from "../safely.ts";
import type { AttributeValue } from "../types.ts";

type Prepared = ReturnType<typeof prepareCohorts>;

const prepared = new WeakMap<object, Prepared>();
let lastStamp = 0;

/** Keys of the cohorts that these attributes are definitely in, and of those where a value is missing to tell. Off the hot path: asked when an event is sent. */
export function cohortsOf(
  rules: Ruleset | null,
  attributes: Record<string, AttributeValue> | undefined,
): { inside: string[]; unknown: string[] } {
  const none = { inside: [], unknown: [] };
  if (!rules || !isRecord(rules.cohorts)) return none;
  return safely(() => {
    let cohorts = prepared.get(rules);
    if (!cohorts) {
      cohorts = prepareCohorts(rules.cohorts, isRecord(rules.attributes) ? rules.attributes : {});
      prepared.set(rules, cohorts);
    }
    const stamp = ++lastStamp;
    const given = isRecord(attributes) ? attributes : NO_ATTRIBUTES;
    const answers = [...cohorts].map(([key, cohort]) => ({ key, answer: matchCohort(cohort, given, stamp) }));
    const those = (wanted: Answer) => answers.flatMap(({ key, answer }) => (answer === wanted ? [key] : []));
    return { inside: those(YES), unknown: those(UNKNOWN) };
  }, none);
}
