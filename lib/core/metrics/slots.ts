import { HOUR_MS, MINUTE_MS } from "../time.ts";
/** One place on the time axis, [at, until), epoch ms. `day`: the organisation's day that it is ("2026-11-20"), null for minutes and hours. */
export type Slot = { at: number; until: number; day: string | null };

const STEP = { minute: MINUTE_MS, hour: HOUR_MS } as const;
const LONGEST_DAY = 27 * STEP.hour;
const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * The buckets that touch a span, oldest first. Days are days of `zone` (an IANA name), so one of them has 23 hours and one 25.
 * @throws RangeError for a zone that does not exist.
 */
export function slotsOf(
  span: { from: number; to: number },
  resolution: "minute" | "hour" | "day",
  zone: string,
): Slot[] {
  const slots: Slot[] = [];
  if (resolution === "day") {
    for (let at = startOfDay(span.from, zone); at < span.to; ) {
      const until = nextDay(at, zone);
      slots.push({ at, until, day: dayOf(at, zone) });
      at = until;
    }
    return slots;
  }
  const step = STEP[resolution];
  for (let at = Math.floor(span.from / step) * step; at < span.to; at += step) {
    slots.push({ at, until: at + step, day: null });
  }
  return slots;
}

/** The day of `zone` that an instant (epoch ms) falls on: "2026-11-20". */
export function dayOf(at: number, zone: string): string {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    // The Swedish way to write a date is ISO's.
    formatter = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
    formatters.set(zone, formatter);
  }
  return formatter.format(at);
}

function startOfDay(at: number, zone: string): number {
  return firstOn(dayOf(at, zone), at - LONGEST_DAY, at, zone);
}

function nextDay(start: number, zone: string): number {
  const later = start + LONGEST_DAY;
  return startOfDay(later, zone);
}

/** The first minute of a day: before `from` it has not begun, at `to` it has. By halving, because a change of clocks may fall on midnight itself. */
function firstOn(day: string, from: number, to: number, zone: string): number {
  let before = Math.floor(from / STEP.minute);
  let after = Math.floor(to / STEP.minute);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayOf(middle * STEP.minute, zone) < day) before = middle;
    else after = middle;
  }
  return after * STEP.minute;
}
