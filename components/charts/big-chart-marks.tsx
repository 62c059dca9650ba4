"use client";
import { memo } from "react";
import type { Line } from "#lib/services/metrics/schema.ts";
import type { Limit } from "./chart-data.ts";
import { GapMarks } from "./gap-marks.tsx";
import { LimitLine } from "./limit-line.tsx";
import { type Frame, textWidth } from "./prepare-frame.ts";
import { gapsOf } from "./prepare-gaps.ts";
import { placeLabels } from "./prepare-labels.ts";
import { prepareLine } from "./prepare-line.ts";
import type { SeriesLook } from "./series.ts";

type MarksProps = {
  lines: readonly Line[];
  limit: Limit | null;
  frame: Frame;
  looks: readonly SeriesLook[];
  /** Whether lines are named at their ends. */
  named: boolean;
};

/** Over the lines: points that rest on little or still run, the names of lines, of the limit and of gaps. */
export const BigChartMarks = memo(function BigChartMarks({ lines, limit, frame, looks, named }: MarksProps) {
  const { x, y } = frame;
  const drawn = lines.map((line) => prepareLine(line.points, x, y));
  const ends = drawn.flatMap(({ end }, index) => (end ? [{ key: String(index), y: end.y, index }] : []));
  const names = named ? placeLabels(ends, 16, y.px1, y.px0) : [];
  return (
    <svg aria-hidden width={frame.width} height={frame.height} className="pointer-events-none absolute inset-0 block">
      <GapMarks gaps={gapsOf(lines.filter((line) => !line.quiet))} frame={frame} />
      {limit && <LimitLine limit={limit} frame={frame} />}
      {drawn.map(({ dots }, index) =>
        lines[index]?.quiet
          ? null
          : dots.map((dot) => (
              <circle
                key={`${lines[index]?.key} ${dot.point.at}`}
                cx={dot.x}
                cy={dot.y}
                r={dots.length * 9 > x.px1 - x.px0 ? 2 : 3.5}
                fill={dot.look === "solid" ? looks[index]?.color : "var(--surface)"}
                stroke={looks[index]?.color}
                strokeWidth={1.5}
                strokeDasharray={dot.look === "unfinished" ? "2 2" : undefined}
              />
            )),
      )}
      {names.map(({ index, y: at }) => (
        <text
          key={lines[index]?.key}
          x={x.px1 + 8}
          y={at}
          dy="0.32em"
          fill={looks[index]?.color}
          className="text-xs font-semibold"
        >
          {shortened(lines[index]?.label ?? "")}
        </text>
      ))}
    </svg>
  );
});

/** How much room the names of lines need at their ends, in px. */
export function endNameWidth(lines: readonly Line[]): number {
  return 20 + Math.ceil(Math.max(0, ...lines.map((line) => textWidth(shortened(line.label)))));
}

function shortened(label: string): string {
  return label.length > 22 ? `${label.slice(0, 21)}…` : label;
}
