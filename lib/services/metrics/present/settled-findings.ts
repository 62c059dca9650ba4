import { settled } from "#lib/core/metrics/corrected.ts";
import type { MetricDefinition } from "#lib/core/metrics/definition.ts";
import type { Finding } from "./panels.ts";

/**
 * Findings as every screen tells them: of the metrics that a feature is judged by only what holds for all of them together is a change, and so it is of the others.
 * Else a tile would be red beside a verdict that nothing changed.
 */
export function settledFindings(
  findings: readonly Finding[],
  isJudged: (definition: MetricDefinition) => boolean,
): Finding[] {
  const [judged, others] = [true, false].map((each) =>
    findings.filter(({ definition }) => isJudged(definition) === each),
  );
  const readings = [judged, others].flatMap((some = []) => settled(some.map(({ reading }) => reading)));
  const byKey = new Map(readings.map((reading) => [reading.key, reading]));
  return findings.map((finding) => ({ ...finding, reading: byKey.get(finding.reading.key) ?? finding.reading }));
}
