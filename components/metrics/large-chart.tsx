"use client";
import { BigChart } from "#components/charts/big-chart.tsx";
import { chartData } from "#components/charts/chart-data.ts";
import { ChartTable } from "#components/charts/chart-table.tsx";
import { DownloadCsv } from "#components/charts/download-csv.tsx";
import { chartState } from "#components/charts/prepare-state.ts";
import { useZone } from "#components/charts/use-zone.ts";
import type { MetricsView, Panel } from "#lib/services/metrics/schema.ts";

type LargeChartProps = { view: MetricsView; panel: Panel; as: "chart" | "table" };

/** One metric with everything that was changed meanwhile, or the same points as a table; either way they can be taken along as CSV. */
export function LargeChart({ view, panel, as }: LargeChartProps) {
  const zone = useZone() ?? "UTC";
  const data = chartData(panel, view);
  const state = chartState(panel.lines, panel);
  const { feature, period, cut } = view.query;
  return (
    <div className="space-y-3">
      {as === "table" ? (
        <ChartTable data={data} zone={zone} />
      ) : state.kind === "empty" ? (
        <p className="rounded bg-sunken px-4 py-16 text-center text-muted">{state.words}</p>
      ) : (
        <BigChart {...data} markers={view.markers} />
      )}
      <DownloadCsv data={data} zone={zone} name={[feature, panel.key, period, cut]} />
    </div>
  );
}
