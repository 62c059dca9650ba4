import { type Slot, slotsOf } from "#lib/core/metrics/slots.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#lib/core/time.ts";
import type { Period } from "../schema.ts";

export const WEEK_MS = 7 * DAY_MS;

/** Three hours are drawn by so much: a line of single minutes, of a few requests each, tells nothing, and its page is asked for every two seconds. */
const DRAWN_MS = 3 * MINUTE_MS;

/** [from, to), epoch ms. */
export type Span = { from: number; to: number };

/** Whether a moment (epoch ms) lies in a span. */
export function isWithin(at: number, { from, to }: Span): boolean {
  return at >= from && at < to;
}

export type Resolution = "minute" | "hour" | "day";

/**
 * The time axis of a period, and what is held against it. `slots`: its buckets, the last of them unfinished. `earlier`: as many buckets, the nth of which stands
 * beside the nth of `slots`. `held`: from when to when the figures that it is compared with were counted, in buckets of `heldBy`; where `sameHours`, only the
 * hours of the day that the period touches. `days`: whole days of the organisation's zone that cover the period as well as they can, for what is kept by the day.
 */
export type Frame = {
  resolution: Resolution;
  span: Span;
  slots: Slot[];
  earlier: Slot[];
  earlierLabel: string;
  held: Span;
  heldBy: Resolution;
  sameHours: boolean;
  heldLabel: string;
  days: Slot[];
  heldDays: Slot[];
};

/** How many days of the organisation a period has; shorter ones touch one or two. */
export const PERIOD_DAYS: Readonly<Record<Period, number>> = { "3h": 1, "24h": 1, "7d": 7, "28d": 28, "60d": 60 };

/** A week is drawn by the hour when an hour holds about as many requests as a share needs, and by the day otherwise: a line of thin points tells nothing. */
const PER_HOUR = 50;

/** How finely a period is drawn. `perHour`: requests per hour in it. */
export function resolutionOf(period: Period, perHour: number): Resolution {
  if (period === "3h") return "minute";
  if (period === "24h") return "hour";
  return period === "7d" && perHour >= PER_HOUR ? "hour" : "day";
}

/** The last `count` days of `zone` up to and with the one of `now` (epoch ms), oldest first. */
export function lastDays(now: number, count: number, zone: string): Slot[] {
  // The day before the oldest is surely touched, whatever the clocks do.
  return slotsOf({ from: now - count * DAY_MS, to: now + 1 }, "day", zone).slice(-count);
}

/** The axis of a period that ends now (epoch ms), in days of `zone` (IANA name). */
export function frameOf(period: Period, resolution: Resolution, now: number, zone: string): Frame {
  const count = PERIOD_DAYS[period];
  const known = lastDays(now, 2 * Math.max(count, 7) + 1, zone);
  const days = known.slice(-(count === 1 ? daysTouched(period, now, known) : count));
  const before = known.slice(0, -days.length);
  const heldDays = before.slice(-Math.max(7, count));
  const long = count > 7;
  const heldLabel = long ? `the ${count} days before` : "the 7 days before";
  if (resolution === "day") {
    const earlier = before.slice(-count);
    const held = spanOf(earlier, now);
    const labels = { earlierLabel: long ? `${count} days before` : "7 days before", heldLabel };
    return {
      resolution,
      span: spanOf(days, now),
      slots: days,
      earlier,
      held,
      heldBy: "day",
      sameHours: false,
      ...labels,
      days,
      heldDays,
    };
  }
  const slots = shortSlots(period, now, days, zone);
  const from = slots[0]?.at ?? now;
  const earlier = slots.map(({ at, until }) => ({ at: at - WEEK_MS, until: until - WEEK_MS, day: null }));
  // Whole weeks: the same stretch, so that counts stand against counts. Shorter: all of the seven days before.
  const held = { from: from - WEEK_MS, to: period === "7d" ? Math.min(from, upToHour(now - WEEK_MS)) : from };
  return {
    resolution,
    span: { from, to: now },
    slots,
    earlier,
    earlierLabel: "A week earlier",
    held: { from: Math.floor(held.from / HOUR_MS) * HOUR_MS, to: held.to },
    heldBy: "hour",
    sameHours: period === "3h",
    heldLabel: period === "3h" ? "the 7 days before, same hours" : heldLabel,
    days,
    heldDays,
  };
}

function shortSlots(period: Period, now: number, days: readonly Slot[], zone: string): Slot[] {
  if (period === "3h") {
    const first = drawnAt(now - 3 * HOUR_MS, "minute") + DRAWN_MS;
    const starts = Array.from({ length: (3 * HOUR_MS) / DRAWN_MS }, (_, index) => first + index * DRAWN_MS);
    return starts.map((at) => ({ at, until: at + DRAWN_MS, day: null }));
  }
  if (period === "24h") return slotsOf({ from: now - DAY_MS + HOUR_MS, to: now + 1 }, "hour", zone);
  return slotsOf({ from: days[0]?.at ?? now, to: now + 1 }, "hour", zone);
}

/** The start of the slot that a bucket of the roll-ups (its start, epoch ms) is drawn in. */
export function drawnAt(bucket: number, resolution: Resolution): number {
  return resolution === "minute" ? Math.floor(bucket / DRAWN_MS) * DRAWN_MS : bucket;
}

function upToHour(at: number): number {
  return Math.ceil(at / HOUR_MS) * HOUR_MS;
}

function daysTouched(period: Period, now: number, known: readonly Slot[]): number {
  const from = now - (period === "3h" ? 3 * HOUR_MS : DAY_MS);
  return Math.max(1, known.filter(({ until }) => until > from).length);
}

function spanOf(slots: readonly Slot[], now: number): Span {
  return { from: slots[0]?.at ?? now, to: Math.min(slots.at(-1)?.until ?? now, now) };
}

/** Whether an hour (its start, epoch ms) lies before a span of less than a day, and is one of the hours of the day that the span touches. */
export function isSameHour(hour: number, { from, to }: Span): boolean {
  const first = Math.floor(from / HOUR_MS) * HOUR_MS;
  const after = (((hour - first) % DAY_MS) + DAY_MS) % DAY_MS;
  return hour < first && after < to - first;
}
