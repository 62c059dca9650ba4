import { type Measures, scaleMeasures } from "#lib/core/metrics/measures.ts";
import type { Frame } from "../present/frame.ts";
import type { HeldSums } from "../present/panels.ts";
import { decisionsOf, sumsOf } from "../present/samples.ts";
import type { Page } from "./page.ts";
import { spanOfSlots } from "./rows.ts";

/**
 * The same stretch a week earlier: a Saturday is no drop against the days before it, and has other cases. Null where nothing was counted yet when it
 * began. Nobody knows how many people made them, so enough requests must do.
 */
export function weekEarlier({ frame, rows }: Page): HeldSums | null {
  const { from, to } = spanOfSlots(frame.earlier, frame.span.from);
  if (rows.heldSince === null || rows.heldSince > from + (to - from) / 8) return null;
  const stretch = upToNow(frame, rows.earlier);
  const whole = decisionsOf(rows.heldGroups);
  const part = whole === 0 ? 0 : decisionsOf(stretch) / whole;
  const groups = rows.heldGroups.map((row) => ({ ...row, measures: scaleMeasures(row.measures, part) }));
  return {
    with: "week-before",
    label: "the same hours a week earlier",
    sums: sumsOf(stretch, rows.earlierBins, groups, null, rows.borrowed),
    share: 1,
  };
}

/** Of the bucket beside the one that is not over, as much as has passed of that: busy and quiet hours are not averaged. */
export function upToNow<R extends Counted & { bucket: number }>(
  { slots, earlier, span }: Pick<Frame, "slots" | "earlier" | "span">,
  rows: readonly R[],
): R[] {
  const [running, beside] = [slots.at(-1), earlier.at(-1)];
  if (!running || !beside) return [...rows];
  const passed = Math.min(1, (span.to - running.at) / (running.until - running.at));
  return rows.map((row) => (row.bucket < beside.at ? row : { ...row, measures: scaleMeasures(row.measures, passed) }));
}

type Counted = { measures: Measures };
