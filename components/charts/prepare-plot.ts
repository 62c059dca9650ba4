import type { Point } from "#lib/services/metrics/schema.ts";
import { hasValue, middle } from "./prepare-line.ts";
import type { Scale } from "./prepare-scale.ts";

/** One bucket of a line as Recharts draws it; null where nothing is to be drawn, which breaks the line. */
export type PlotRow = { x: number; over: number | null; running: number | null; band: [number, number] | null };

/**
 * A line in three parts: values of buckets that are over, those that still run joined to the last of them, and the band. Values beyond the
 * axis are held at its edge; buckets that are missing break the line as those without a value do.
 */
export function plotRows(points: readonly Point[], y: Pick<Scale, "from" | "to">): PlotRow[] {
  const held = (value: number) => Math.min(Math.max(value, y.from), y.to);
  return points.flatMap((point, index): PlotRow[] => {
    const next = points[index + 1];
    const value = hasValue(point) ? held(point.value) : null;
    const running = point.state === "unfinished";
    const before = points[index - 1];
    const joins =
      (next?.state === "unfinished" && next.at === point.until) ||
      (before?.state === "unfinished" && before.until === point.at);
    const sure =
      value !== null && Number.isFinite(point.low ?? Number.NaN) && Number.isFinite(point.high ?? Number.NaN);
    const row: PlotRow = {
      x: middle(point),
      over: running ? null : value,
      running: running || joins ? value : null,
      band: sure ? [held(point.low ?? 0), held(point.high ?? 0)] : null,
    };
    const broken = next !== undefined && next.at !== point.until;
    return broken ? [row, { x: (point.until + next.at) / 2, over: null, running: null, band: null }] : [row];
  });
}
