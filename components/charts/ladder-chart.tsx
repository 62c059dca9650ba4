"use client";
import { useId } from "react";
import type { LadderPoint } from "#lib/services/metrics/schema.ts";
import { count, figure } from "./figure.ts";
import { GapMarks, Hatch } from "./gap-marks.tsx";
import { RungFills, RungSample } from "./ladder-look.tsx";
import { prepareFrame } from "./prepare-frame.ts";
import { gapsOf } from "./prepare-gaps.ts";
import { ladderSummary, ladderTotals, prepareLadder, RUNG_WORDS } from "./prepare-ladder.ts";
import { bucketTicks } from "./prepare-time.ts";
import { useWidth } from "./use-width.ts";
import { useZone } from "./use-zone.ts";

const HEIGHT = 212;
const MARGIN = { top: 20, right: 8, bottom: 22 };

type LadderChartProps = { points: readonly LadderPoint[]; period: { from: number; to: number } };

/** On which rung of the ladder decisions ended: shares over time, the best rung at the bottom, each told apart by colour and pattern, and a key with what they came to. */
export function LadderChart({ points, period }: LadderChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>(600);
  const zone = useZone();
  const id = useId();
  const frame = prepareFrame({
    ...{ ...period, lines: [], unit: "share", width, height: HEIGHT, margin: MARGIN, alsoShow: 1, yTickCount: 2 },
    ticks: (most) => {
      const starts = points.map((point) => point.at);
      return zone ? bucketTicks(starts, zone, most) : [];
    },
  });
  const { x, y } = frame;
  return (
    <figure ref={ref}>
      {zone && <p className="sr-only">{ladderSummary(points, zone)}</p>}
      <svg aria-hidden width={width} height={HEIGHT} className="block max-w-full overflow-visible">
        <defs>
          <Hatch id={`${id}-hatch`} />
          <RungFills id={id} />
        </defs>
        {frame.yTicks.map((tick) => (
          <g key={tick.value}>
            <line x1={x.px0} x2={x.px1} y1={tick.y} y2={tick.y} stroke="var(--chart-grid)" />
            <text x={x.px0 - 6} y={tick.y} dy="0.32em" textAnchor="end" className="tabular fill-muted text-[11px]">
              {tick.label}
            </text>
          </g>
        ))}
        {prepareLadder(points, x, y).map((bar) => (
          <g key={bar.point.at} opacity={bar.point.state === "unfinished" ? 0.45 : undefined}>
            {bar.parts.map((part) => (
              <rect
                key={part.rung}
                x={bar.x}
                y={part.y}
                width={bar.width}
                height={part.height}
                shapeRendering="crispEdges"
                fill={`url(#${id}-${part.rung})`}
              />
            ))}
          </g>
        ))}
        <GapMarks gaps={gapsOf([{ points }])} frame={frame} hatch={`${id}-hatch`} />
        {frame.xTicks.map((tick) => (
          <text key={tick.at} x={tick.x} y={HEIGHT - 5} textAnchor={tick.anchor} className="fill-muted text-[11px]">
            {tick.label}
          </text>
        ))}
      </svg>
      <figcaption>
        <ul className="tabular mt-3 flex flex-wrap gap-x-6 gap-y-1.5 text-sm">
          {ladderTotals(points).map(({ rung, share, count: n }) => (
            <li key={rung} className="flex items-start gap-2">
              <RungSample id={id} rung={rung} />
              <span>
                {RUNG_WORDS[rung]} <span className="font-semibold">{figure(share, "share")}</span>{" "}
                <span className="text-muted">({count(n)})</span>
              </span>
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
