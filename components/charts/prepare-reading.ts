import type { Line, Point, Unit } from "#lib/services/metrics/schema.ts";
import { pointWords } from "./prepare-table.ts";
import { spanLabel } from "./prepare-time.ts";

/** The starts of all buckets of some lines, oldest first, each once; epoch ms. */
export function timesOf(lines: readonly Line[]): number[] {
  return [...new Set(lines.flatMap((line) => line.points.map((point) => point.at)))].sort((a, b) => a - b);
}

/** Where a key leads from the bucket that is being read (null: none yet, so it begins at the newest); undefined for keys that lead nowhere. */
export function moveAlong(times: readonly number[], active: number | null, key: string): number | undefined {
  const last = times.length - 1;
  if (last < 0) return undefined;
  const here = active === null ? -1 : nearest(times, active);
  const to: Record<string, number> = {
    ArrowLeft: here < 0 ? last : Math.max(0, here - 1),
    ArrowRight: here < 0 ? last : Math.min(last, here + 1),
    Home: 0,
    End: last,
  };
  return Object.hasOwn(to, key) ? times[to[key] ?? last] : undefined;
}

/** The index of the time that lies nearest, so that a bucket that has left the period is not lost altogether. */
function nearest(times: readonly number[], at: number): number {
  let best = 0;
  times.forEach((time, index) => {
    if (Math.abs(time - at) < Math.abs((times[best] ?? 0) - at)) best = index;
  });
  return best;
}

/** The bucket of a line that begins at a time. */
export function pointAt(line: Line, at: number): Point | undefined {
  return line.points.find((point) => point.at === at);
}

/** The bucket in which a moment lies, over all lines; null outside of all. */
export function bucketAt(lines: readonly Line[], moment: number): number | null {
  for (const line of lines)
    for (const point of line.points) if (point.at <= moment && moment < point.until) return point.at;
  return null;
}

/** A point in one breath: "38 s, between 31 s and 44 s, of 1,240". */
export function pointSentence(point: Point, unit: Unit): string {
  const { value, interval, n, state } = pointWords(point, unit);
  return [value, interval, n && `of ${n}`, state].filter(Boolean).join(", ");
}

/** One stop of a reading, as it is spoken: "Tue 17 Nov, 14:00 to 15:00. All traffic: 38 s, of 1,240." */
export function readingWords(lines: readonly Line[], unit: Unit, at: number, zone: string): string {
  const read = lines.flatMap((line) => {
    const point = pointAt(line, at);
    return point ? [{ line, point }] : [];
  });
  const [first] = read;
  if (!first) return "";
  const said = read.map(({ line, point }) => `${line.label}: ${pointSentence(point, unit)}.`);
  return `${spanLabel(first.point.at, first.point.until, zone)}. ${said.join(" ")}`;
}
