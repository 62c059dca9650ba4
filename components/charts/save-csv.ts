"use client";
import type { ChartData } from "./chart-data.ts";
import { csvName, csvText } from "./prepare-csv.ts";

/** Gives the figures of a chart to the reader as a file. `name`: what it is called after (feature, metric, period). */
export function saveCsv(data: Pick<ChartData, "lines" | "unit">, zone: string, name: readonly string[]): void {
  // The mark tells spreadsheets that it is UTF-8.
  const file = new Blob(["\uFEFF", csvText(data, zone)], { type: "text/csv;charset=utf-8" });
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = csvName(...name);
  link.click();
  URL.revokeObjectURL(address);
}
