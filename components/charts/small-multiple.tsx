"use client";
import { useId } from "react";
import type { Marker, Panel } from "#lib/services/metrics/schema.ts";
import { chartData } from "./chart-data.ts";
import { GapMarks, Hatch } from "./gap-marks.tsx";
import { LimitLine } from "./limit-line.tsx";
import { LineMarks } from "./line-marks.tsx";
import { prepareFrame } from "./prepare-frame.ts";
import { gapsOf } from "./prepare-gaps.ts";
import { prepareMarkers } from "./prepare-markers.ts";
import { timesOf } from "./prepare-reading.ts";
import { chartState } from "./prepare-state.ts";
import { summaryOf } from "./prepare-summary.ts";
import { bucketTicks } from "./prepare-time.ts";
import { looksOf } from "./series.ts";
import { useWidth } from "./use-width.ts";
import { useZone } from "./use-zone.ts";

const HEIGHT = 128;
const MARGIN = { top: 16, right: 8, bottom: 20 };

type SmallMultipleProps = {
  panel: Pick<Panel, "name" | "unit" | "lines" | "against" | "standing" | "says" | "value">;
  period: { from: number; to: number; markers: readonly Marker[] };
};

/** Changes closer together than this, in px, are one line. */
const APART = 4;

/**
 * One metric over the period in little room: its line and how sure it is, what it is held against, when something was changed (who and why is told by the large
 * chart), where nobody reported. Its height never changes.
 */
export function SmallMultiple({ panel, period }: SmallMultipleProps) {
  const [ref, width] = useWidth<HTMLDivElement>(320);
  const zone = useZone();
  const id = useId();
  const data = chartData(panel, period);
  const state = chartState(panel.lines, panel);
  if (state.kind === "empty" || (state.kind === "not-enough" && !state.drawable)) {
    return (
      <div
        ref={ref}
        style={{ height: HEIGHT }}
        className="grid place-items-center rounded bg-ink/5 px-4 text-center text-sm text-muted"
      >
        {state.kind === "not-enough" ? "Too little to draw a line yet." : state.words}
      </div>
    );
  }
  const frame = prepareFrame({
    ...data,
    width,
    height: HEIGHT,
    ticks: (most) => (zone ? bucketTicks(timesOf(data.lines), zone, most) : []),
    margin: MARGIN,
    yTickCount: 3,
    alsoShow: data.limit?.value,
  });
  const looks = looksOf(data.lines);
  const shown = data.lines.filter((line) => !line.quiet);
  return (
    <div ref={ref} style={{ height: HEIGHT }}>
      {zone && <p className="sr-only">{summaryOf(data, zone, "over the period shown")}</p>}
      <svg
        aria-hidden
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        className="block max-w-full overflow-visible"
      >
        <defs>
          <Hatch id={`${id}-hatch`} />
        </defs>
        <GapMarks gaps={gapsOf(shown)} frame={frame} hatch={`${id}-hatch`} />
        {frame.yTicks.map((tick) => (
          <g key={tick.y}>
            <line x1={frame.x.px0} x2={frame.x.px1} y1={tick.y} y2={tick.y} stroke="var(--chart-grid)" />
            <text
              x={frame.x.px0 - 6}
              y={tick.y}
              dy="0.32em"
              textAnchor="end"
              className="tabular fill-muted text-[11px]"
            >
              {tick.label}
            </text>
          </g>
        ))}
        {prepareMarkers(period.markers, frame.x, APART).map(({ key, x }) => (
          <line key={key} x1={x} x2={x} y1={frame.y.px1} y2={frame.y.px0} stroke="var(--muted)" strokeDasharray="2 3" />
        ))}
        {frame.xTicks.map((tick) => (
          <text key={tick.at} x={tick.x} y={HEIGHT - 4} textAnchor={tick.anchor} className="fill-muted text-[11px]">
            {tick.label}
          </text>
        ))}
        {data.lines.map((line, index) => (
          <LineMarks
            key={line.key}
            line={line}
            look={looks[index]}
            frame={frame}
            band={!line.quiet && data.lines.length <= 2}
          />
        ))}
        {data.limit && <LimitLine limit={data.limit} frame={frame} />}
      </svg>
    </div>
  );
}
