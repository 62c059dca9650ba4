"use client";
import { memo } from "react";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line as DrawnLine,
  ReferenceArea,
  ReferenceLine,
  XAxis,
  YAxis,
} from "recharts";
import type { Line, Marker, Unit } from "#lib/services/metrics/schema.ts";
import { tickFigure } from "./figure.ts";
import { Hatch } from "./gap-marks.tsx";
import type { Frame } from "./prepare-frame.ts";
import { gapsOf, unreported } from "./prepare-gaps.ts";
import { plotRows } from "./prepare-plot.ts";
import type { SeriesLook } from "./series.ts";

type PlotProps = {
  lines: readonly Line[];
  unit: Unit;
  frame: Frame;
  looks: readonly SeriesLook[];
  markers: readonly Marker[];
};

/** The large drawing, in Recharts, on the scales of `frame`. Nothing in it moves by itself, and pointing at it does not draw it again. */
export const BigChartPlot = memo(function BigChartPlot({ lines, unit, frame, looks, markers }: PlotProps) {
  const { x, y } = frame;
  const axis = { stroke: "var(--edge)", tickLine: false } as const;
  const label = new Map(frame.xTicks.map((tick) => [tick.at, tick.label]));
  // Bands of more than three lines cover one another.
  const bands = lines.length <= 3;
  return (
    <ComposedChart
      width={frame.width}
      height={frame.height}
      margin={{ top: y.px1, right: frame.width - x.px1, bottom: 0, left: 0 }}
      accessibilityLayer={false}
      className="pointer-events-none"
    >
      <defs>
        <Hatch id="big-chart-hatch" />
      </defs>
      <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
      {unreported(gapsOf(lines.filter((line) => !line.quiet))).map((gap) => (
        <ReferenceArea
          key={gap.from}
          x1={Math.max(gap.from, x.from)}
          x2={Math.min(gap.to, x.to)}
          fill="url(#big-chart-hatch)"
          fillOpacity={1}
        />
      ))}
      <XAxis
        type="number"
        dataKey="x"
        domain={[x.from, x.to]}
        allowDataOverflow
        ticks={[...label.keys()]}
        tickFormatter={(at: number) => label.get(at) ?? ""}
        interval={0}
        tick={{ fill: "var(--muted)", fontSize: 12 }}
        height={frame.height - y.px0}
        {...axis}
      />
      <YAxis
        type="number"
        domain={[y.from, y.to]}
        allowDataOverflow
        width={x.px0}
        ticks={frame.yTicks.map((tick) => tick.value)}
        tick={({ x, y, payload }) => (
          // Recharts would break "1,500 ms" into two lines.
          <text x={x} y={y} dy="0.32em" textAnchor="end" className="tabular fill-muted text-xs">
            {tickFigure(Number(payload.value), unit)}
          </text>
        )}
        axisLine={false}
        interval={0}
        {...axis}
      />
      {markers
        .filter((marker) => marker.at >= x.from && marker.at <= x.to)
        .map((marker) => (
          <ReferenceLine key={marker.id} x={marker.at} stroke="var(--muted)" strokeDasharray="2 3" />
        ))}
      {lines.flatMap((line, index) => {
        const look = looks[index];
        const rows = plotRows(line.points, y);
        const stroke = { stroke: look?.color, strokeWidth: look?.width } as const;
        const still = { data: rows, isAnimationActive: false, connectNulls: false, activeDot: false } as const;
        return [
          bands && !line.quiet && (
            <Area
              key={`${line.key} band`}
              {...still}
              dataKey="band"
              stroke="none"
              fill={look?.color}
              fillOpacity={0.15}
            />
          ),
          <DrawnLine
            key={`${line.key} running`}
            {...still}
            dataKey="running"
            dot={false}
            strokeDasharray="2 4"
            {...stroke}
          />,
          <DrawnLine key={line.key} {...still} dataKey="over" dot={false} strokeDasharray={look?.dash} {...stroke} />,
        ];
      })}
    </ComposedChart>
  );
});
