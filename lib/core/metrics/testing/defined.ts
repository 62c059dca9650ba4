import type { MetricDefinition } from "../definition.ts";
import { metricByKey } from "../definitions.ts";

/** The metric of a key that a test knows to exist. */
export function defined(key: string): MetricDefinition {
  const metric = metricByKey(key);
  if (!metric) throw new Error(`there is no metric ${key}`);
  return metric;
}
