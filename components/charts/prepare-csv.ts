import Papa from "papaparse";
import type { ChartData } from "./chart-data.ts";
import { pointWords } from "./prepare-table.ts";
import { isoInZone } from "./prepare-ticks.ts";

const COLUMNS = ["start", "end", "line", "value", "low", "high", "n", "state", "shown", "unit", "zone"];

/**
 * The points of a chart as CSV (RFC 4180), oldest first: times in ISO 8601 with the offset of `zone`, which is named in its own column; `value`
 * unrounded in the unit, `shown` as the screen says it; empty where there is nothing. Text that a spreadsheet would run as a formula gets a
 * leading quote.
 */
export function csvText(data: Pick<ChartData, "lines" | "unit">, zone: string): string {
  const rows = data.lines.flatMap((line) =>
    line.points.map((point) => {
      const untold = point.state === "gap" || point.state === "early";
      const figures = untold ? [null, null, null, null] : [point.value, point.low, point.high, point.n];
      const when = [isoInZone(point.at, zone), isoInZone(point.until, zone)];
      return [...when, line.label, ...figures, point.state, pointWords(point, data.unit).value, data.unit, zone];
    }),
  );
  return csv(COLUMNS, rows);
}

/** How a text begins that a spreadsheet may run, some in full width. The library's own pattern looks on to the end, and misses a text with a line break. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** Any table as CSV with the same guard against formulas. Numbers are written as they are, also negative ones. */
export function csv(columns: readonly string[], rows: readonly (string | number | null)[][]): string {
  return Papa.unparse({ fields: [...columns], data: [...rows] }, { escapeFormulae: FORMULA, newline: "\r\n" });
}

/** "reply-assistant-correction-time-7d.csv"; of whatever is not a letter or a digit, one hyphen is left. */
export function csvName(...parts: readonly string[]): string {
  const name = parts.map((part) =>
    part
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, ""),
  );
  return `${name.filter(Boolean).join("-") || "figures"}.csv`;
}
