import { DAY_MS } from "#lib/core/time.ts";
import { type Pair, pairOf, seenArms } from "../present/arms.ts";
import { balanced, type Side } from "../present/balance.ts";
import type { Frame } from "../present/frame.ts";
import { hasLatencies } from "../present/samples.ts";
import type { MetricsQuery } from "../schema.ts";
import { type Asking, type Rows, spanOfSlots } from "./rows.ts";

/** Planned for where nobody was there before, or nobody knows how many. */
const PLANNED = 1000;

/**
 * The arms that stand against each other. `sides`: their rows, hour by hour alike. `people`: distinct people of both since the first day of the candidate;
 * null: of a part of the traffic nobody knows. `planned`: as many as one could expect before it began; an interval that is to hold at every look must not be tuned by how
 * many have come.
 */
export type ComparedArms = Pair & { sides: Record<keyof Pair, Side>; people: number | null; planned: number };

/** Reads what arms are compared by; null where none are asked for, or there are not two. */
export async function readPair(
  asking: Asking,
  query: MetricsQuery,
  frame: Frame,
  rows: Rows,
): Promise<ComparedArms | null> {
  const pair = query.compare === "arms" ? pairOf(seenArms(rows.now)) : null;
  if (pair === null) return null;
  const [hours, people] = await Promise.all([
    readHours(asking, query, pair, frame, rows),
    readPeople(asking, query, pair, frame),
  ]);
  return { ...pair, ...people, sides: balanced(hours.now, hours.bins, pair) };
}

/** Days are too long to be the same hours: the candidate begins in the middle of one, and its share grows in the middle of another. */
async function readHours(
  { source, environmentId, now }: Asking,
  { feature, cut }: MetricsQuery,
  { candidate }: Pair,
  { resolution }: Frame,
  rows: Rows,
): Promise<Pick<Rows, "now" | "bins">> {
  if (resolution !== "day") return rows;
  const span = { from: candidate.first, to: now.getTime() };
  const [hours, bins] = await Promise.all([
    source.window(environmentId, { feature, cut }, span, "hour"),
    hasLatencies(cut, "hour") ? source.quantiles(environmentId, { feature, cut }, span, "hour") : [],
  ]);
  return { now: hours, bins };
}

async function readPeople(
  { source, environmentId, now }: Asking,
  { feature, cut }: MetricsQuery,
  { candidate }: Pair,
  { days, heldDays }: Frame,
): Promise<Pick<ComparedArms, "people" | "planned">> {
  if (cut !== "") return { people: null, planned: PLANNED };
  const known = [...heldDays, ...days];
  const first = known.findIndex(({ until }) => until > candidate.first);
  const from = known[first]?.at ?? candidate.first;
  const before = spanOfSlots(known.slice(Math.max(0, first - 7), Math.max(0, first)), from - 7 * DAY_MS);
  const [both, week] = await Promise.all([
    source.users(environmentId, feature, { from, to: now.getTime() }),
    source.users(environmentId, feature, { from: before.from, to: from }),
  ]);
  return { people: both.users, planned: week.users || PLANNED };
}
