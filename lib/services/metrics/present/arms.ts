import type { Segments } from "#lib/telemetry/figure-source.ts";
import type { MetricsView } from "../schema.ts";
import { armLabel, type FigureNames } from "./names.ts";

/** Who is served what: an arm with its release. */
export type Arm = { arm: string; release: string };

/** An arm in a period: how much it answered, in which buckets first and last. */
export type SeenArm = Arm & { decisions: number; first: number; last: number };

/** The candidate and what it is held against. */
export type Pair = { candidate: SeenArm; current: SeenArm };

/** More lines than this cannot be told apart. */
export const MOST_LINES = 5;
/** Arms that try nothing out. */
const SETTLED: ReadonlySet<string> = new Set(["current", "pinned", ""]);

type Counted = Arm & { bucket: number; measures: { decisions?: number } };

export function isOf(arm: Arm) {
  return (row: Arm) => row.arm === arm.arm && row.release === arm.release;
}

/** The arms of some rows, those that answered most first. */
export function seenArms(rows: readonly Counted[]): SeenArm[] {
  const found = new Map<string, SeenArm>();
  for (const { arm, release, bucket, measures } of rows) {
    const key = JSON.stringify([arm, release]);
    const known = found.get(key) ?? { arm, release, decisions: 0, first: bucket, last: bucket };
    known.decisions += measures.decisions ?? 0;
    known.first = Math.min(known.first, bucket);
    known.last = Math.max(known.last, bucket);
    found.set(key, known);
  }
  return [...found.values()].filter(({ decisions }) => decisions > 0).sort((a, b) => b.decisions - a.decisions);
}

/**
 * The newest candidate with the current release that was served beside it for longest, of those the newest; null where there are not both. When a candidate becomes the
 * current release, or is taken back, another one is current in the same bucket, and that is not what it was tried against.
 */
export function pairOf(arms: readonly SeenArm[]): Pair | null {
  const newest = (a: SeenArm, b: SeenArm) => b.last - a.last || b.decisions - a.decisions;
  const candidate = arms.filter(({ arm }) => !SETTLED.has(arm)).toSorted(newest)[0];
  if (!candidate) return null;
  const beside = ({ first, last }: SeenArm) => Math.min(last, candidate.last) - Math.max(first, candidate.first);
  const current = arms
    .filter((one) => one.arm === "current" && one.release !== candidate.release && beside(one) >= 0)
    .toSorted((a, b) => beside(b) - beside(a) || newest(a, b))[0];
  return current ? { candidate, current } : null;
}

/**
 * Distinct people of both arms since the candidate came, about; null where nobody can say. `people`: of both together on those days. The candidate's are told from its
 * release on, so they are known only where that is not older than the period. The others' are at least all who never met it; because people are told by the day, whoever
 * came on its first day only before it is among them, too, though none of the hours that are compared are theirs.
 */
export function peopleOfPair(
  { candidate }: Pair,
  releases: Segments["releases"],
  { from, people }: { from: number; people: number | null },
): Record<keyof Pair, number | null> {
  const seen = releases.find(isOf(candidate));
  if (!seen || seen.firstAt < from || seen.users === 0) return { candidate: null, current: null };
  return { candidate: seen.users, current: people === null ? null : Math.max(0, people - seen.users) };
}

/** The arms that can be chosen, with their names. */
export function armChoices(releases: Segments["releases"], names: FigureNames): MetricsView["arms"] {
  return releases.map(({ arm, release }) => ({ arm, release, label: armLabel({ arm, release }, names) }));
}
