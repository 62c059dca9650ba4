import type { MetricDefinition } from "#lib/core/metrics/definition.ts";
import type { SeriesPoint } from "#lib/core/metrics/series.ts";

/** The values of a small line, one a day, null where there is none. The day that still runs waits for as much as its metric asks for: one edit of two answers is no peak. */
export function sparkOf(
  { minimum }: Pick<MetricDefinition, "minimum">,
  days: readonly SeriesPoint[],
): (number | null)[] {
  return days.map(({ value, n, state }) => (state === "unfinished" && n < minimum ? null : value));
}
