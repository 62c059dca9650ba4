import { levelsOf, type Measured } from "../stats/change-points.ts";
import { isLarge } from "./compare.ts";
import type { MetricDefinition } from "./definition.ts";
import type { MetricReading } from "./finding.ts";
import type { SeriesPoint } from "./series.ts";
import { Z95 } from "./spread.ts";

/** The bucket in which a figure got worse, [at, until), and the end of the one in which it stood at its new level; epoch ms. */
export type Onset = { at: number; until: number; by: number };

/** A change that somebody made, epoch ms. */
export type MadeChange = { at: number; kind: "control" | "lifted" | "release" };

/**
 * Since when a figure has been worse than what it is held against: the first bucket of the newest stretch of levels (`levelsOf`) that all are. `points`: the time
 * that it is held against and the period, oldest first, without a break. Where the rise was gradual, the stretch begins half-way up: then it goes back to the first
 * of the buckets right before that stand beyond the level of before by more than chance. Null where it cannot be told: nothing is worse, no level changed, or it was so all along.
 */
export function onsetOf(
  definition: Pick<MetricDefinition, "unit" | "better">,
  { standing, held, against }: Pick<MetricReading, "standing" | "held" | "against">,
  points: readonly SeriesPoint[],
): Onset | null {
  const other = against?.value ?? null;
  // Arms are compared over the same hours, so there is no before.
  if (standing !== "worse" || held === "release" || other === null) return null;
  const known = points.flatMap((point) => {
    const measured = measuredAt(point);
    return measured ? [{ point, measured }] : [];
  });
  const isWorse = (value: number) =>
    value > other === (definition.better === "down") && (held === "line" || isLarge(definition, value, other));
  const levels = levelsOf(known.map(({ measured }) => measured));
  const last = levels.findLastIndex(({ value }) => !isWorse(value));
  const calm = levels[last];
  const start = levels[last + 1];
  // None before it: so it was when the figures began. None after it: it is over.
  if (!calm || !start) return null;
  const up = definition.better === "down" ? 1 : -1;
  const series = known.map(({ measured }) => measured);
  const began = known[footOf(series, { from: calm.from, to: start.from }, up)]?.point;
  const there = known[start.from]?.point;
  return began && there ? { at: began.at, until: began.until, by: there.until } : null;
}

/** So many standard errors from a level is beyond it (one-sided 5%). */
const SURELY = 1.645;

/** Where a rise (`up` 1) or fall (-1) left the level that it came from, whose values are [from, to). */
function footOf(series: readonly Measured[], { from, to }: { from: number; to: number }, up: 1 | -1): number {
  let foot = to;
  for (; foot - 1 > from; foot -= 1) {
    const before = series.slice(from, foot - 1);
    const level = before.reduce((sum, { value }) => sum + value, 0) / before.length;
    const next = series[foot - 1];
    if (next === undefined || up * (next.value - level) <= SURELY * next.se) break;
  }
  return foot;
}

/** Buckets that are over and of which an interval is known. */
function measuredAt({ state, value, low, high }: SeriesPoint): Measured | null {
  if ((state !== "full" && state !== "thin") || value === null || low === null || high === null || high <= low)
    return null;
  return { value, se: (high - low) / (2 * Z95) };
}

/** How many changes are named beside an onset, and how many buckets before it they may be: people meet a change one by one, so what it does builds up. */
const MOST = 3;
const BEFORE = 2;

/**
 * What was changed when a figure got worse: from two buckets before until it stood at its new level, releases first, then the newest. A control that was placed
 * after the first of that is an answer to it. That a change stands here does not say that it was the cause.
 */
export function changesAround<C extends MadeChange>(onset: Onset, changes: readonly C[]): C[] {
  const from = onset.at - BEFORE * (onset.until - onset.at);
  return changes
    .filter(({ at, kind }) => at >= from && at < (kind === "control" ? onset.until : onset.by))
    .toSorted((a, b) => Number(b.kind === "release") - Number(a.kind === "release") || b.at - a.at)
    .slice(0, MOST);
}
