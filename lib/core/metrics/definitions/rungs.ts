import type { MetricDefinition } from "../definition.ts";
import type { Measure } from "../measures.ts";
import { BOTH, ENOUGH_ANSWERS } from "./comparisons.ts";

type Answered = { rung: string; name: string; by: string; measure: Measure; better: "up" | "down" };

const ANSWERED: readonly Answered[] = [
  { rung: "primary", name: "the first model", by: "the first model", measure: "served_primary", better: "up" },
  { rung: "secondary", name: "the second model", by: "the second model", measure: "served_secondary", better: "down" },
  { rung: "cached", name: "saved answers", by: "a saved answer", measure: "served_cached", better: "down" },
  { rung: "template", name: "templates", by: "an approved template", measure: "served_template", better: "down" },
  { rung: "static", name: "fixed texts", by: "an approved fixed text", measure: "served_static", better: "down" },
  { rung: "manual", name: "the manual way", by: "the way without AI", measure: "served_manual", better: "down" },
  { rung: "person", name: "people", by: "a person who took over", measure: "served_person", better: "down" },
];

/** Which rung answered: all fallbacks together, then each rung. */
export const RUNG_SHARES: readonly MetricDefinition[] = [
  {
    key: "fallback-share",
    family: "fallback",
    name: "Share answered without AI",
    of: "requests",
    sentence:
      "Of all requests, the share answered by a fallback: a saved answer, a template, a fixed text, the manual way or a person.",
    counting: "Requests that ended on a rung below the models, of all requests.",
    formula: {
      kind: "share",
      numerator: ["served_cached", "served_template", "served_static", "served_manual", "served_person"],
      denominator: ["decisions"],
    },
    unit: "share",
    better: "down",
    minimum: ENOUGH_ANSWERS,
    comparisons: BOTH,
    splits: true,
  },
  ...ANSWERED.map(
    ({ rung, name, by, measure, better }): MetricDefinition => ({
      key: `answered-by-${rung}`,
      family: "fallback",
      name: `Share answered by ${name}`,
      of: "requests",
      sentence: `Of all requests, the share answered by ${by}.`,
      counting: `Requests answered by ${by}, of all requests.`,
      formula: { kind: "share", numerator: [measure], denominator: ["decisions"] },
      unit: "share",
      better,
      minimum: ENOUGH_ANSWERS,
      comparisons: BOTH,
      splits: true,
    }),
  ),
];
