import type { Point } from "#lib/services/metrics/schema.ts";
import type { ChartData } from "./chart-data.ts";
import { count, figure } from "./figure.ts";
import { spanLabel } from "./prepare-time.ts";

/** One bucket of one line, in words and as the figures behind them. */
export type TableRow = {
  key: string;
  point: Point;
  line: string;
  when: string;
  value: string;
  /** "between 31 s and 44 s"; empty where there is none. */
  interval: string;
  n: string;
  state: string;
};

/** What a state is called beside a figure. A gap is never a zero and never a dash. */
export const STATE_WORDS: Readonly<Record<Point["state"], string>> = {
  full: "",
  thin: "too few to rely on",
  unfinished: "still running",
  early: "not known yet",
  none: "nothing of this happened",
  gap: "nobody reported",
};

/** The same points as the drawing, newest first, lines side by side within a bucket. */
export function tableRows(data: Pick<ChartData, "lines" | "unit">, zone: string): TableRow[] {
  const rows = data.lines.flatMap((line, order) => line.points.map((point) => ({ line, order, point })));
  rows.sort((a, b) => b.point.at - a.point.at || a.order - b.order);
  return rows.map(({ line, point }) => ({
    key: `${line.key} ${point.at}`,
    point,
    line: line.label,
    when: spanLabel(point.at, point.until, zone),
    ...pointWords(point, data.unit),
  }));
}

/** A point in words: what the table, the tooltip and the spoken reading all say. */
export function pointWords(point: Point, unit: ChartData["unit"]) {
  const shown = point.state !== "gap" && point.value !== null;
  const interval = shown && point.low !== null && point.high !== null;
  return {
    value: shown && point.value !== null ? figure(point.value, unit) : "",
    interval: interval ? `between ${figure(point.low ?? 0, unit)} and ${figure(point.high ?? 0, unit)}` : "",
    n: point.state === "gap" || point.state === "early" ? "" : count(point.n),
    state: STATE_WORDS[point.state],
  };
}
