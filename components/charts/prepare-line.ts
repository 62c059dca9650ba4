import type { Point } from "#lib/services/metrics/schema.ts";
import { type Scale, toPx } from "./prepare-scale.ts";

export type Dot = { x: number; y: number; point: Point; look: "solid" | "hollow" | "unfinished" };

/** A line, ready to be drawn: SVG path data ("" where there is nothing) in px. */
export type DrawnLine = {
  /** Over buckets that are over; broken wherever there is no value. */
  path: string;
  /** To and between buckets that still run; drawn dashed. */
  tail: string;
  /** Uncertainty, one closed shape a run of buckets. */
  band: string;
  /** Points that must be seen: thin ones, unfinished ones, and those with no neighbour to draw a line to. */
  dots: Dot[];
  /** The last value that is drawn, where a direct label belongs. */
  end: { x: number; y: number; point: Point } | null;
};

type Placed = { x: number; y: number; point: Point };

/** The middle of a bucket, where its value is drawn; epoch ms. */
export function middle(point: { at: number; until: number }): number {
  return (point.at + point.until) / 2;
}

/** Whether a point has a value that can be drawn. A gap has none, whatever it carries. */
export function hasValue(point: Point): point is Point & { value: number } {
  return point.value !== null && Number.isFinite(point.value) && point.state !== "gap";
}

/** Runs of neighbouring points with values: no line is ever drawn across a bucket without one. */
export function runsOf(points: readonly Point[]): Point[][] {
  const runs: Point[][] = [];
  let run: Point[] = [];
  for (const point of points) {
    const joined = run.length === 0 || run.at(-1)?.until === point.at;
    if (run.length > 0 && (!hasValue(point) || !joined)) {
      runs.push(run);
      run = [];
    }
    if (hasValue(point)) run.push(point);
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

/** Draws a line on two scales. Values beyond the axis are held at its edge. */
export function prepareLine(points: readonly Point[], x: Scale, y: Scale): DrawnLine {
  const drawn: DrawnLine = { path: "", tail: "", band: "", dots: [], end: null };
  for (const run of runsOf(points)) {
    const placed = run.map((point) => ({ x: toPx(x, middle(point)), y: clampedPx(y, point.value ?? 0), point }));
    for (const { running, points } of stretchesOf(placed)) drawn[running ? "tail" : "path"] += pathThrough(points);
    drawn.band += bandOf(placed, y);
    drawn.dots.push(...dotsOf(placed));
    drawn.end = placed.at(-1) ?? drawn.end;
  }
  return drawn;
}

/** A run cut into stretches that are drawn alike; neighbours share a point. A step from or to a bucket that still runs is dashed. */
function stretchesOf(placed: readonly Placed[]): { running: boolean; points: Placed[] }[] {
  const stretches: { running: boolean; points: Placed[] }[] = [];
  for (const [index, to] of placed.entries()) {
    const from = placed[index - 1];
    if (!from) continue;
    const running = from.point.state === "unfinished" || to.point.state === "unfinished";
    const last = stretches.at(-1);
    if (last?.running === running) last.points.push(to);
    else stretches.push({ running, points: [from, to] });
  }
  return stretches;
}

function dotsOf(placed: readonly Placed[]): Dot[] {
  return placed.flatMap(({ x, y, point }): Dot[] => {
    if (point.state === "unfinished") return [{ x, y, point, look: "unfinished" }];
    if (point.state === "thin") return [{ x, y, point, look: "hollow" }];
    return placed.length === 1 ? [{ x, y, point, look: "solid" }] : [];
  });
}

/** A band needs two neighbours with intervals to have a width; a lone interval is drawn as a short bar. */
function bandOf(placed: readonly Placed[], y: Scale): string {
  let shape = "";
  let run: { x: number; low: number; high: number }[] = [];
  const close = () => {
    if (run.length === 1)
      run = run.flatMap((at) => [
        { ...at, x: at.x - 2 },
        { ...at, x: at.x + 2 },
      ]);
    if (run.length > 1) {
      const there = run.map((at) => `${px(at.x)} ${px(at.high)}`);
      const back = run.toReversed().map((at) => `${px(at.x)} ${px(at.low)}`);
      shape += `M${[...there, ...back].join("L")}Z`;
    }
    run = [];
  };
  for (const { x, point } of placed) {
    if (isNumber(point.low) && isNumber(point.high)) {
      run.push({ x, low: clampedPx(y, point.low), high: clampedPx(y, point.high) });
    } else close();
  }
  close();
  return shape;
}

function isNumber(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

function clampedPx(y: Scale, value: number): number {
  return toPx(y, Math.min(Math.max(value, y.from), y.to));
}

function pathThrough(points: readonly { x: number; y: number }[]): string {
  return `M${points.map((point) => `${px(point.x)} ${px(point.y)}`).join("L")}`;
}

/** A tenth of a pixel is finer than any screen and keeps the markup small. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}
