"use client";
import { useState } from "react";
import { DownloadCsv } from "#components/charts/download-csv.tsx";
import { LadderChart } from "#components/charts/ladder-chart.tsx";
import { ladderLines } from "#components/charts/prepare-ladder.ts";
import { useZone } from "#components/charts/use-zone.ts";
import { Button } from "#components/ui/button.tsx";
import { lazily } from "#components/ui/lazily.tsx";
import type { MetricsView } from "#lib/services/metrics/schema.ts";

const ChartTable = lazily(() => import("#components/charts/chart-table.tsx").then((module) => module.ChartTable));

/** On which rung decisions ended, drawn, as a table, and as a file. */
export function LadderView({ view }: { view: MetricsView }) {
  const [asTable, setAsTable] = useState(false);
  const zone = useZone() ?? "UTC";
  const data = { name: "Who answered", unit: "share", lines: ladderLines(view.ladder) } as const;
  const { feature, period, cut } = view.query;
  if (data.lines.length === 0) {
    return (
      <p className="rounded border bg-surface p-4 text-unknown sm:p-5">Nobody reported a decision in this period.</p>
    );
  }
  return (
    <>
      <div className="mb-3 flex gap-2">
        <Button size="small" onClick={() => setAsTable(!asTable)}>
          {asTable ? "Draw it" : "List it"}
        </Button>
        <DownloadCsv data={data} zone={zone} name={[feature, "who answered", period, cut]} />
      </div>
      <div className="rounded border bg-surface p-4 sm:p-5">
        {asTable ? <ChartTable data={data} zone={zone} /> : <LadderChart points={view.ladder} period={view} />}
      </div>
    </>
  );
}
