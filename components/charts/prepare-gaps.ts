import type { LadderPoint, Point } from "#lib/services/metrics/schema.ts";
import { type Scale, toPx } from "./prepare-scale.ts";

/** Why there is nothing to be seen: nobody reported, or it is too early to tell. */
const WORDS = { gap: "nobody reported", early: "not known yet" } as const;
type Why = keyof typeof WORDS;

export type Gap = { from: number; to: number; why: Why };

const isMissing = (state: string): state is Why => Object.hasOwn(WORDS, state);

/** Spans (epoch ms) of which there is nothing to be seen: buckets that are missing for the same reason in each of the lines that has them. */
export function gapsOf(lines: readonly { points: readonly (Point | LadderPoint)[] }[]): Gap[] {
  const found = new Map<number, { until: number; why: Why | null }>();
  for (const { points } of lines) {
    for (const { at, until, state } of points) {
      const why = isMissing(state) ? state : null;
      const before = found.get(at);
      found.set(at, { until, why: before && before.why !== why ? null : why });
    }
  }
  const gaps: Gap[] = [];
  for (const [at, { until, why }] of [...found].sort((a, b) => a[0] - b[0])) {
    if (why === null) continue;
    const last = gaps.at(-1);
    if (last && last.to === at && last.why === why) last.to = until;
    else gaps.push({ from: at, to: until, why });
  }
  return gaps;
}

/** Only those in which nobody reported. */
export function unreported(gaps: readonly Gap[]): Gap[] {
  return gaps.filter(({ why }) => why === "gap");
}

export type DrawnGap = { x: number; width: number; why: Why; words: { x: number; text: string } | null };

/** Gaps in px, with the words where they have room: inside, or beside the gap when it is too narrow, at most once in `wordsPx`. */
export function prepareGaps(gaps: readonly Gap[], x: Scale, wordsPx = 100): DrawnGap[] {
  let free = Number.NEGATIVE_INFINITY;
  // What lies beyond the axis is not said at its edge.
  const shown = gaps.filter((gap) => gap.to > x.from && gap.from < x.to);
  return shown.map((gap) => {
    const left = toPx(x, Math.max(gap.from, x.from));
    const width = Math.max(1, toPx(x, Math.min(gap.to, x.to)) - left);
    const at = Math.min(Math.max(left + width / 2, x.px0 + wordsPx / 2), x.px1 - wordsPx / 2);
    const fits = at - wordsPx / 2 >= free && x.px1 - x.px0 >= wordsPx;
    if (fits) free = at + wordsPx / 2;
    return { x: left, width, why: gap.why, words: fits ? { x: at, text: WORDS[gap.why] } : null };
  });
}
