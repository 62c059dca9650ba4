import type { Line, Panel, Unit } from "#lib/services/metrics/schema.ts";

/** A fixed value that a figure is held against: "limit of 2%". */
export type Limit = { label: string; value: number };

/** What any of the charts draws: lines of one figure over one period (epoch ms). A `Panel` with its period is one. */
export type ChartData = {
  /** What the lines are of: "Correction time". */
  name: string;
  unit: Unit;
  lines: readonly Line[];
  from: number;
  to: number;
  limit: Limit | null;
};

/** A panel over the period of its page, as the charts want it. */
export function chartData(
  panel: Pick<Panel, "name" | "unit" | "lines" | "against">,
  period: { from: number; to: number },
): ChartData {
  const { name, unit, lines, against } = panel;
  return { name, unit, lines, from: period.from, to: period.to, limit: limitOf(against) };
}

/** A limit is said to be one; anything else that a figure is held against is a line of its own, or only told. */
function limitOf(against: Panel["against"]): Limit | null {
  if (against === null || against.value === null || !/\blimit\b/.test(against.label)) return null;
  return { label: against.label.replace(/^the /, ""), value: against.value };
}
