"use client";
import { Download } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import type { ChartData } from "./chart-data.ts";

type DownloadCsvProps = {
  data: Pick<ChartData, "lines" | "unit">;
  zone: string;
  /** What the file is called after: feature, metric, period. */
  name: readonly string[];
};

/** The figures on the screen as a file, the same numbers. What writes it is loaded at the click. */
export function DownloadCsv({ data, zone, name }: DownloadCsvProps) {
  return (
    <Button size="small" onClick={() => void import("./save-csv.ts").then(({ saveCsv }) => saveCsv(data, zone, name))}>
      <Download aria-hidden size={16} />
      Download CSV
    </Button>
  );
}
