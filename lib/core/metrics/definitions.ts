import type { MetricDefinition } from "./definition.ts";
import { ACTIVITY } from "./definitions/activity.ts";
import { FALLBACK } from "./definitions/fallback.ts";
import { HARM } from "./definitions/harm.ts";
import { OPERATIONS } from "./definitions/operations.ts";
import { QUALITY } from "./definitions/quality.ts";
import { RUNG_SHARES } from "./definitions/rungs.ts";
import { TRUST } from "./definitions/trust.ts";

/** Every metric, family by family, in the order in which screens show them. */
export const METRICS: readonly MetricDefinition[] = [
  ...TRUST,
  ...HARM,
  ...FALLBACK,
  ...RUNG_SHARES,
  ...QUALITY,
  ...OPERATIONS,
  ...ACTIVITY,
];

const BY_KEY = new Map(METRICS.map((metric) => [metric.key, metric]));

/** The metric of that key; undefined for one that this code does not know. */
export function metricByKey(key: string): MetricDefinition | undefined {
  return BY_KEY.get(key);
}
