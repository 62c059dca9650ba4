import type { Bins, Bucket, Cut, FigureSource, GroupSums, Resolution, Span } from "#lib/telemetry/figure-source.ts";
import { sharedAnswers } from "#lib/telemetry/shared-answers.ts";
import { drawnAt, type Frame, isSameHour, isWithin, WEEK_MS } from "../present/frame.ts";
import { hasLatencies } from "../present/samples.ts";

/** Patience is the asker's; here it only keeps a question that never comes back from being waited for. */
const PATIENCE_MS = 60_000;
/** What is over changes only by late events. */
const past = sharedAnswers("figures of the time before", { freshMs: 60_000, patienceMs: PATIENCE_MS, most: 300 });
/** Kinds of case are many, and must not push out what every page rests on. */
const pastOfKinds = sharedAnswers("figures of the time before, by kind of case", {
  freshMs: 60_000,
  patienceMs: PATIENCE_MS,
  most: 300,
});
const KIND = "scenario:";

/** Roll-up rows of one part of the traffic, of the period and of what it is held against, by the slots they are drawn in. Both sides may be cut by release and arm. */
export type Rows = {
  now: Bucket[];
  /** Beside the buckets of the period, one to one, for the quiet line. */
  earlier: Bucket[];
  /** What the figure of the whole period is compared with. */
  held: Bucket[];
  /** What lies between that and the period, in the same buckets: a week by the hour ends in the middle of a day. */
  between: { rows: Bucket[]; bins: Bins[] };
  /**
   * Since when, in the time that it is held against, this part of the traffic was there to be counted (epoch ms): all of it where there were reports in the week before that, as
   * there are of what is used on weekdays only; else from its first report on. Null: there was none.
   */
  heldSince: number | null;
  bins: Bins[];
  earlierBins: Bins[];
  heldBins: Bins[];
  groups: GroupSums[];
  heldGroups: GroupSums[];
  /** The groups are those of all traffic, because this part has none of its own: only how far figures spread may be taken from them. */
  borrowed: boolean;
};

/** Of whom and when it is asked. */
export type Asking = { source: FigureSource; environmentId: string; now: Date };

/** Everything about one part of the traffic, in few questions at once; what is over is asked for once a minute. Latencies only where they are `asked` for. */
export async function readRows(asking: Asking, cut: Cut, frame: Frame, asked = true): Promise<Rows> {
  const { source, environmentId } = asking;
  const { resolution, span, heldBy } = frame;
  const timed = asked && hasLatencies(cut.cut, resolution);
  const whole = spanOfSlots(frame.days, span.to);
  const before = spanOfSlots(frame.heldDays, span.from);
  const borrowed = cut.cut !== "" && !cut.cut.startsWith(KIND);
  const grouped = borrowed ? { feature: cut.feature, cut: "" } : cut;
  const { from, to } = frame.held;
  // In the buckets of the period there is no break before it.
  const until = heldBy === resolution ? Math.max(to, span.from) : to;
  const [now, bins, groups, past, pastBinRows, heldGroups, apart] = await Promise.all([
    source.window(environmentId, cut, span, resolution),
    timed ? source.quantiles(environmentId, cut, span, resolution) : [],
    source.userSums(environmentId, grouped, whole),
    pastWindow(asking, cut, { from: from - WEEK_MS, to: until }, heldBy),
    timed ? pastBins(asking, cut, { from, to: until }, heldBy) : [],
    once(asking, grouped, ["groups", before.from, before.to], () => source.userSums(environmentId, grouped, before)),
    earlierApart(asking, cut, frame, timed),
  ]);
  const [held, heldBins] = [rowsIn(past, frame.held), rowsIn(pastBinRows, frame.held)];
  const beside = spanOfSlots(frame.earlier, span.from);
  const hole = { from: to, to: until };
  const counts = <R extends { bucket: number }>(rows: R[]) =>
    frame.sameHours ? rows.filter(({ bucket }) => isSameHour(bucket, span)) : rows;
  return {
    now: drawn(now, frame),
    bins: drawn(bins, frame),
    groups,
    earlier: apart?.rows ?? rowsIn(held, beside),
    earlierBins: apart?.bins ?? rowsIn(heldBins, beside),
    held: counts(held),
    heldBins: counts(heldBins),
    between: { rows: rowsIn(past, hole), bins: rowsIn(pastBinRows, hole) },
    heldSince: held.length === 0 ? null : past.some(({ bucket }) => bucket < from) ? from : firstOf(held),
    heldGroups,
    borrowed,
  };
}

function rowsIn<R extends { bucket: number }>(rows: readonly R[], span: Span): R[] {
  return rows.filter(({ bucket }) => isWithin(bucket, span));
}

/** The start of the first bucket of some rows; null where there are none. */
export function firstOf(rows: readonly { bucket: number }[]): number | null {
  return rows.length === 0 ? null : Math.min(...rows.map(({ bucket }) => bucket));
}

/** The time before in the period's own buckets, where what it is held against is counted in others. */
async function earlierApart(
  asking: Asking,
  cut: Cut,
  frame: Frame,
  timed: boolean,
): Promise<{ rows: Bucket[]; bins: Bins[] } | null> {
  if (frame.heldBy === frame.resolution) return null;
  const span = spanOfSlots(frame.earlier, frame.span.from);
  const [rows, bins] = await Promise.all([
    pastWindow(asking, cut, span, frame.resolution),
    timed ? pastBins(asking, cut, span, frame.resolution) : [],
  ]);
  return { rows: drawn(rows, frame), bins: drawn(bins, frame) };
}

/** Rows of minutes by the slots of the drawing; those of hours and days are drawn as they are. */
export function drawn<R extends { bucket: number }>(rows: R[], { resolution }: Pick<Frame, "resolution">): R[] {
  if (resolution !== "minute") return rows;
  return rows.map((row) => ({ ...row, bucket: drawnAt(row.bucket, resolution) }));
}

/** Buckets of a span that is over, asked for once a minute. */
export function pastWindow(asking: Asking, cut: Cut, span: Span, by: Resolution): Promise<Bucket[]> {
  return once(asking, cut, ["window", span.from, span.to, by], () =>
    asking.source.window(asking.environmentId, cut, span, by),
  );
}

/** Latency bins of a span that is over, asked for once a minute. */
export function pastBins(asking: Asking, cut: Cut, span: Span, by: Resolution): Promise<Bins[]> {
  return once(asking, cut, ["bins", span.from, span.to, by], () =>
    asking.source.quantiles(asking.environmentId, cut, span, by),
  );
}

/** Asked at most once a minute, whoever asks: what is over changes only by late events. */
export function once<T>(
  { environmentId, now }: Asking,
  { feature, cut }: Cut,
  about: readonly unknown[],
  ask: () => Promise<T>,
): Promise<T> {
  const shelf = cut.startsWith(KIND) ? pastOfKinds : past;
  return shelf(JSON.stringify([environmentId, feature, cut, ...about]), now, ask);
}

/** Starts of the buckets in which anybody reported anything of the environment, in the period and in the time before that is drawn beside it. */
export async function readReported(asking: Asking, { resolution, span, earlier }: Frame): Promise<Set<number>> {
  const everything = { feature: "*", cut: "" };
  const [now, before] = await Promise.all([
    asking.source.window(asking.environmentId, everything, span, resolution),
    pastWindow(asking, everything, spanOfSlots(earlier, span.from), resolution),
  ]);
  return new Set([...before, ...now].map(({ bucket }) => drawnAt(bucket, resolution)));
}

/** Distinct people of whole days that are over. */
export function readHeldUsers(asking: Asking, feature: string, { heldDays, span }: Frame): Promise<{ users: number }> {
  const before = spanOfSlots(heldDays, span.from);
  return once(asking, { feature, cut: "" }, ["users", before.from, before.to], () =>
    asking.source.users(asking.environmentId, feature, before),
  );
}

/** From the first to the end of the last; `otherwise` where there are none. */
export function spanOfSlots(slots: readonly { at: number; until: number }[], otherwise: number): Span {
  return { from: slots[0]?.at ?? otherwise, to: slots.at(-1)?.until ?? otherwise };
}
