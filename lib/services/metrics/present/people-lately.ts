import type { Slot } from "#lib/core/metrics/slots.ts";
import type { UserDay } from "#lib/core/metrics/user-counts.ts";
import type { Span } from "./frame.ts";
import { decisionsOf, peopleWithin, type Row, type Sums } from "./samples.ts";

/** The rows of a page, from the start of its span on, and who was there on which day; null users: not known. */
type Days = {
  frame: { span: Pick<Span, "from"> };
  rows: { now: readonly Row[] };
  users: { rows: readonly UserDay[]; slots: readonly Slot[] } | null;
};

/**
 * How many people the last 24 hours had, at least: today's, all of whom were there; yesterday's, and those of the whole period, by the share of their requests that is
 * as new. `recent`: the rows of those hours. `days`: null where the figures are of a part of the traffic. Null where the people of the period are not known.
 */
export function peopleLately(sample: Sums, recent: readonly Row[], days: Days | null): number | null {
  if (sample.users === null) return null;
  const ofPeriod = peopleWithin(sample.users, decisionsOf(recent), sample.measures.decisions ?? 0);
  const [yesterday, today] = days?.users?.rows.slice(-2) ?? [];
  const slot = days?.users?.slots.at(-2);
  if (!days || !yesterday || !today || !slot) return ofPeriod;
  if (slot.at < days.frame.span.from) return Math.max(ofPeriod, today.users1);
  const then = ({ bucket }: Row) => bucket >= slot.at && bucket < slot.until;
  const part = peopleWithin(
    yesterday.users1,
    decisionsOf(recent.filter(then)),
    decisionsOf(days.rows.now.filter(then)),
  );
  return Math.max(ofPeriod, today.users1, part);
}
