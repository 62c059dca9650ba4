import { type Measures, scaleMeasures } from "#lib/core/metrics/measures.ts";
import { HOUR_MS } from "#lib/core/time.ts";
import { type Arm, isOf, type Pair } from "./arms.ts";
import type { BinRow, Row } from "./samples.ts";

/** One side of a comparison of arms. */
export type Side = { rows: Row[]; bins: BinRow[] };

type Counted = Arm & { bucket: number; measures: Measures };
type Timed = Arm & BinRow;

/** Hours are put together until both sides have so many requests: a weight of fewer is mostly chance. */
const STRETCH = 30;

/**
 * Both sides over the hours in which both were served, in every stretch of which the current release counts as much as the candidate does (direct standardisation).
 * Without that a rollout that grows from 5% to 50% meets most of its candidate on its last day and most of its current release on the first ones, and whatever else
 * changed between them reads like a difference of the two (Simpson's paradox). Weighted requests tell less than as many alike: the weighted side is brought to the
 * number that it is worth (Kish, Survey Sampling, 1965, 11.7), so that errors and least numbers hold. Weights depend on who was asked when, never on what came of it.
 */
export function balanced(rows: readonly Counted[], bins: readonly Timed[], pair: Pair): Record<keyof Pair, Side> {
  const weights = weightsOf(rows.filter(isOf(pair.candidate)), rows.filter(isOf(pair.current)));
  const weigh = (arm: Arm, weightAt: (bucket: number) => number): Side => ({
    rows: rows.filter(isOf(arm)).flatMap(({ bucket, measures }) => {
      const weight = weightAt(bucket);
      return weight === 0 ? [] : [{ bucket, measures: weight === 1 ? measures : scaleMeasures(measures, weight) }];
    }),
    bins: bins.filter(isOf(arm)).flatMap(({ bucket, bin, n }) => {
      const weight = weightAt(bucket);
      return weight === 0 ? [] : [{ bucket, bin, n: n * weight }];
    }),
  });
  return {
    candidate: weigh(pair.candidate, (bucket) => (weights.has(hourOf(bucket)) ? 1 : 0)),
    current: weigh(pair.current, (bucket) => weights.get(hourOf(bucket)) ?? 0),
  };
}

/** What a request of the current release counts in each hour (its start, epoch ms) that it shares with the candidate. */
function weightsOf(candidate: readonly Counted[], current: readonly Counted[]): Map<number, number> {
  const [tried, usual] = [byHour(candidate), byHour(current)];
  const shared = [...tried.keys()].filter((hour) => (usual.get(hour) ?? 0) > 0).toSorted((a, b) => a - b);
  const stretches: Stretch[] = [];
  for (const hour of shared) {
    const last = stretches.at(-1);
    const stretch = last && !isWhole(last) ? last : { hours: [], tried: 0, usual: 0 };
    if (stretch !== last) stretches.push(stretch);
    stretch.hours.push(hour);
    stretch.tried += tried.get(hour) ?? 0;
    stretch.usual += usual.get(hour) ?? 0;
  }
  const whole = lastJoined(stretches).map((stretch) => ({ ...stretch, weight: stretch.tried / stretch.usual }));
  const sum = (power: number) => whole.reduce((all, { usual: n, weight }) => all + n * weight ** power, 0);
  const worth = sum(1) / sum(2);
  return new Map(whole.flatMap(({ hours, weight }) => hours.map((hour) => [hour, weight * worth] as const)));
}

type Stretch = { hours: number[]; tried: number; usual: number };

function isWhole({ tried, usual }: Stretch): boolean {
  return tried >= STRETCH && usual >= STRETCH;
}

/** What is left at the end is part of the stretch before. */
function lastJoined(stretches: Stretch[]): Stretch[] {
  const [before, last] = stretches.slice(-2);
  if (!before || !last || isWhole(last)) return stretches;
  const joined = {
    hours: [...before.hours, ...last.hours],
    tried: before.tried + last.tried,
    usual: before.usual + last.usual,
  };
  return [...stretches.slice(0, -2), joined];
}

function byHour(rows: readonly Counted[]): Map<number, number> {
  const found = new Map<number, number>();
  for (const { bucket, measures } of rows) {
    const hour = hourOf(bucket);
    if (measures.decisions) found.set(hour, (found.get(hour) ?? 0) + measures.decisions);
  }
  return found;
}

function hourOf(bucket: number): number {
  return Math.floor(bucket / HOUR_MS) * HOUR_MS;
}
