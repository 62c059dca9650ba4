import { RUNGS } from "#lib/core/metrics/rungs.ts";
import type { LadderPoint, Line, Rung } from "#lib/services/metrics/schema.ts";
import { count, figure } from "./figure.ts";
import { type Scale, toPx } from "./prepare-scale.ts";
import { gapSentences } from "./prepare-summary.ts";

/** What a rung is called on a screen, best first. */
export const RUNG_WORDS: Readonly<Record<Rung, string>> = {
  primary: "First model",
  secondary: "Second model",
  cached: "Earlier answer",
  template: "Template",
  static: "Fixed text",
  manual: "Done by hand",
  person: "Handed to a person",
};

export type LadderPart = { rung: Rung; count: number; share: number; y: number; height: number };
export type LadderBar = { point: LadderPoint; x: number; width: number; total: number; parts: LadderPart[] };

/** Stacked bars, the first rung at the bottom, each bar of the height of 100% of its decisions; a gap and an hour without decisions have none. */
export function prepareLadder(points: readonly LadderPoint[], x: Scale, y: Scale): LadderBar[] {
  return points.map((point) => {
    const left = toPx(x, point.at);
    const width = toPx(x, point.until) - left;
    const total = totalOf(point);
    let below = 0;
    const parts =
      total === 0
        ? []
        : RUNGS.map((rung) => {
            const n = countOf(point, rung);
            const bottom = toPx(y, below / total);
            below += n;
            const top = toPx(y, below / total);
            return { rung, count: n, share: n / total, y: top, height: bottom - top };
          });
    // Between narrow bars a space would be all that one sees.
    const space = width < 10 ? 0 : 2;
    return {
      point,
      x: left + space / 2,
      width: Math.max(0.5, width - space),
      total,
      parts: parts.filter((part) => part.count > 0),
    };
  });
}

/** Decisions in a bucket; none in a gap, whatever it carries. */
export function totalOf(point: LadderPoint): number {
  return RUNGS.reduce((sum, rung) => sum + countOf(point, rung), 0);
}

function countOf(point: LadderPoint, rung: Rung): number {
  const n = point.counts[rung];
  return point.state !== "gap" && Number.isFinite(n) && n > 0 ? n : 0;
}

/** Over the whole period, by rung, in the order of the ladder; rungs on which nothing ended are left out. */
export function ladderTotals(points: readonly LadderPoint[]): { rung: Rung; count: number; share: number }[] {
  const total = points.reduce((sum, point) => sum + totalOf(point), 0);
  const counts = RUNGS.map((rung) => ({ rung, count: points.reduce((sum, point) => sum + countOf(point, rung), 0) }));
  return counts.filter((entry) => entry.count > 0).map((entry) => ({ ...entry, share: entry.count / total }));
}

/** The ladder as lines of shares, one a rung, so that the table and the CSV of every chart read alike. `n`: all decisions of the bucket. */
export function ladderLines(points: readonly LadderPoint[]): Line[] {
  return ladderTotals(points).map(({ rung }) => ({
    key: rung,
    label: RUNG_WORDS[rung],
    quiet: false,
    points: points.map((point) => {
      const n = totalOf(point);
      const value = n > 0 ? countOf(point, rung) / n : null;
      const state = point.state === "full" && n === 0 ? ("none" as const) : point.state;
      return { at: point.at, until: point.until, value, low: null, high: null, n, state };
    }),
  }));
}

/** The ladder for someone who does not see it: what each rung came to, then what is missing. */
export function ladderSummary(points: readonly LadderPoint[], zone: string): string {
  const told = ladderTotals(points).map(
    ({ rung, share, count: n }) => `${RUNG_WORDS[rung]} ${figure(share, "share")}, ${count(n)} decisions.`,
  );
  return [...told, ...gapSentences([{ points }], zone)].join(" ");
}
