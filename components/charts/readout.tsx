import { cn } from "#components/ui/cn.ts";
import type { Line, Unit } from "#lib/services/metrics/schema.ts";
import { LineSample } from "./line-key.tsx";
import { pointAt, pointSentence, timesOf } from "./prepare-reading.ts";
import { spanLabel } from "./prepare-time.ts";
import type { SeriesLook } from "./series.ts";

type ReadoutProps = {
  lines: readonly Line[];
  looks: readonly SeriesLook[];
  unit: Unit;
  /** Start of the bucket that is being read; null: none, so the newest is shown. */
  at: number | null;
  zone: string | null;
};

/** What the chart says at one bucket, below it, in a place of its own, so that it covers nothing; the newest while nothing is pointed at. It is not spoken: a stop is, once, where it is made. */
export function Readout({ lines, looks, unit, at, zone }: ReadoutProps) {
  const newest = timesOf(lines).at(-1);
  const shown = at ?? newest;
  const rows =
    shown === undefined
      ? []
      : lines.flatMap((line, index) => {
          const point = pointAt(line, shown);
          return point ? [{ line, look: looks[index], point }] : [];
        });
  const [first] = rows;
  return (
    <div
      className="tabular relative mt-2 rounded bg-sunken px-4 py-3 text-sm"
      style={{ minHeight: `${2.75 + lines.length * 1.25}rem` }}
    >
      <p className="font-semibold">{first && zone && spanLabel(first.point.at, first.point.until, zone)}</p>
      <ul>
        {rows.map(({ line, look, point }) => (
          <li key={line.key} className="flex gap-x-2">
            <LineSample look={look} className="mt-1.5" />
            <span>
              {line.label}: {pointSentence(point, unit)}
            </span>
          </li>
        ))}
      </ul>
      {/* Its place is kept, so that nothing moves while the chart is read. */}
      <p className={cn("text-muted max-sm:mt-1 sm:absolute sm:top-3 sm:right-4", at !== null && "invisible")}>
        Point at the chart, or use the arrow keys, for other times.
      </p>
    </div>
  );
}
