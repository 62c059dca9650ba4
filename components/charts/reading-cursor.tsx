import type { Line } from "#lib/services/metrics/schema.ts";
import type { Frame } from "./prepare-frame.ts";
import { hasValue, middle } from "./prepare-line.ts";
import { pointAt } from "./prepare-reading.ts";
import { toPx } from "./prepare-scale.ts";
import type { SeriesLook } from "./series.ts";

type CursorProps = {
  lines: readonly Line[];
  looks: readonly SeriesLook[];
  frame: Frame;
  /** Start of the bucket that is being read; null: none. */
  at: number | null;
};

/** Where the chart is being read: a line through the bucket, also through one without a value, and its points. */
export function ReadingCursor({ lines, looks, frame: { width, height, x, y }, at }: CursorProps) {
  const read = at === null ? [] : lines.map((line) => pointAt(line, at));
  const bucket = read.find((point) => point !== undefined);
  if (!bucket) return null;
  const left = toPx(x, middle(bucket));
  return (
    <svg aria-hidden width={width} height={height} className="pointer-events-none absolute inset-0 block">
      <line x1={left} x2={left} y1={y.px1} y2={y.px0} stroke="var(--ink)" strokeWidth={1} />
      {read.map(
        (point, index) =>
          point &&
          hasValue(point) && (
            <circle
              key={lines[index]?.key}
              cx={left}
              cy={toPx(y, Math.min(Math.max(point.value, y.from), y.to))}
              r={5}
              fill={looks[index]?.color}
              stroke="var(--surface)"
              strokeWidth={2}
            />
          ),
      )}
    </svg>
  );
}
