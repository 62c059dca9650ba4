"use client";
import { type KeyboardEvent, type PointerEvent, useId, useMemo, useState } from "react";
import type { Marker } from "#lib/services/metrics/schema.ts";
import { BigChartMarks, endNameWidth } from "./big-chart-marks.tsx";
import { BigChartPlot } from "./big-chart-plot.tsx";
import type { ChartData } from "./chart-data.ts";
import { LineKey } from "./line-key.tsx";
import { MarkerRow } from "./marker-row.tsx";
import { type Frame, prepareFrame } from "./prepare-frame.ts";
import { prepareMarkers } from "./prepare-markers.ts";
import { bucketAt, moveAlong, readingWords, timesOf } from "./prepare-reading.ts";
import { fromPx } from "./prepare-scale.ts";
import { summaryOf } from "./prepare-summary.ts";
import { timeTicks } from "./prepare-ticks.ts";
import { areDays, bucketTicks, type TimeTick } from "./prepare-time.ts";
import { ReadingCursor } from "./reading-cursor.tsx";
import { Readout } from "./readout.tsx";
import { looksOf } from "./series.ts";
import { useWidth } from "./use-width.ts";
import { useZone } from "./use-zone.ts";

const HEIGHT = 348;
const TOP = 20;
const AXIS = 26;
/** From this width on lines are named at their ends; below, above the chart. */
const ROOM_FOR_NAMES = 620;

type BigChartProps = ChartData & { markers: readonly Marker[] };

/**
 * One figure large: lines compared by colour, dashes and names, uncertainty, changes that were made, and a reading of each bucket by mouse, touch or arrow keys. What is being
 * read is kept by its time, so new data come into view without moving it.
 */
export function BigChart({ markers, ...data }: BigChartProps) {
  const { lines, unit, from, to, limit } = data;
  const [ref, width] = useWidth<HTMLDivElement>(900);
  const [active, setActive] = useState<number | null>(null);
  const [spoken, setSpoken] = useState("");
  const zone = useZone();
  const help = useId();
  const named = width >= ROOM_FOR_NAMES && lines.length > 1;
  const looks = useMemo(() => looksOf(lines), [lines]);
  // The drawing is made anew for new data only, never for a reading: pointing at it cannot make it flicker.
  const frame = useMemo(
    () =>
      prepareFrame({
        ...{ lines, unit, from, to, width, height: HEIGHT, yTickCount: 4, alsoShow: limit?.value },
        ticks: (most) => (zone ? ticksOf(lines, from, to, zone, most) : []),
        margin: { top: TOP, right: named ? endNameWidth(lines) : 16, bottom: AXIS },
      }),
    [lines, unit, from, to, width, zone, named, limit?.value],
  );
  const summary = useMemo(
    () => (zone ? summaryOf({ name: data.name, unit, lines, limit }, zone, "over the period shown") : data.name),
    [data.name, unit, lines, limit, zone],
  );

  function onKeyDown(event: KeyboardEvent) {
    const next = event.key === "Escape" ? null : moveAlong(timesOf(lines), active, event.key);
    if (next === undefined || (next === null && active === null)) return;
    event.preventDefault();
    setActive(next);
    setSpoken(next === null || !zone ? "" : readingWords(lines, unit, next, zone));
  }
  const onPointer = (event: PointerEvent<HTMLElement>) => setActive(bucketUnder(event, frame, lines));

  return (
    <figure ref={ref} className="min-w-0">
      {!named && lines.length > 1 && <LineKey lines={lines} looks={looks} />}
      <MarkerRow groups={prepareMarkers(markers, frame.x, 28)} width={width} zone={zone} />
      <div
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys read the chart point by point
        tabIndex={0}
        aria-roledescription="chart"
        aria-label={summary}
        aria-describedby={help}
        onKeyDown={onKeyDown}
        onPointerDown={onPointer}
        onPointerMove={onPointer}
        // A finger that was lifted goes on reading.
        onPointerLeave={(event) => event.pointerType === "mouse" && setActive(null)}
        className="relative touch-pan-y rounded"
        style={{ height: HEIGHT }}
      >
        <BigChartPlot lines={lines} unit={unit} {...{ frame, looks, markers }} />
        <BigChartMarks lines={lines} limit={limit} {...{ frame, looks, named }} />
        <ReadingCursor lines={lines} looks={looks} frame={frame} at={active} />
      </div>
      <p id={help} className="sr-only">
        The arrow keys read it point by point; Home and End go to the first and the last.
      </p>
      <p role="status" className="sr-only">
        {spoken}
      </p>
      <Readout lines={lines} looks={looks} unit={unit} at={active} zone={zone} />
    </figure>
  );
}

/** Days by their names; anything shorter by the places that a clock has. */
function ticksOf(lines: ChartData["lines"], from: number, to: number, zone: string, most: number): TimeTick[] {
  const starts = timesOf(lines);
  return areDays(starts) ? bucketTicks(starts, zone, most) : timeTicks(from, to, zone, most);
}

/** Which bucket is pointed at; what lies beside the drawing counts as its first or last. */
function bucketUnder(event: PointerEvent<HTMLElement>, frame: Frame, lines: ChartData["lines"]): number | null {
  const box = event.currentTarget.getBoundingClientRect();
  const { from, to } = frame.x;
  const moment = fromPx(frame.x, event.clientX - box.left);
  return bucketAt(lines, Math.min(Math.max(moment, from), to - 1));
}
