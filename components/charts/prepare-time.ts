import { DAY_MS, HOUR_MS } from "#lib/core/time.ts";

/* Times in words, by the browser's own formats only: this is in the first load of pages. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter is slow, and an axis asks for the same one many times. */
export function say(at: number, zone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${zone} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone });
  formats.set(key, format);
  return format.format(at);
}

/** "Tue 17 Nov, 14:05" in `zone`. */
export function momentLabel(at: number, zone: string): string {
  return `${say(at, zone, { weekday: "short", day: "numeric", month: "short" })}, ${clock(at, zone)}`;
}

/** What a bucket spans, in `zone`: "Tue 17 Nov", "Tue 17 Nov, 14:00 to 15:00", or both ends where they are on different days. */
export function spanLabel(at: number, until: number, zone: string): string {
  const day = (moment: number) => say(moment, zone, { weekday: "short", day: "numeric", month: "short" });
  // A day of the zone has 23 to 25 hours.
  if (isMidnight(at, zone) && isMidnight(until, zone) && until - at <= 25 * HOUR_MS) return day(at);
  const sameDay = day(at) === day(until - 1);
  const end = sameDay ? clock(until, zone) : momentLabel(until, zone);
  return `${momentLabel(at, zone)} to ${end}`;
}

/** Whether a moment is the start of a day in `zone`. */
export function isMidnight(at: number, zone: string): boolean {
  return at % 60_000 === 0 && clock(at, zone) === "00:00";
}

export type TimeTick = { at: number; label: string };

/**
 * Ticks for little room, at most `most`, at starts of buckets: midnights of `zone` where the buckets span two days or more, else full hours
 * or quarters that people count in. Which of many midnights is taken depends on the day alone, so ticks do not hop when the period moves on.
 * A bucket of a day has its name in its middle, where its value is drawn.
 */
export function bucketTicks(starts: readonly number[], zone: string, most: number): TimeTick[] {
  const [first] = starts;
  const last = starts.at(-1);
  if (first === undefined || last === undefined || most < 1) return [];
  if (last - first < 2 * DAY_MS) {
    for (const minutes of [15, 30, 60, 120, 180, 360, 720, 1440]) {
      const ats = starts.filter((at) => minuteOfDay(at, zone) % minutes === 0);
      if (ats.length <= most) return ats.map((at) => ({ at, label: clock(at, zone) }));
    }
    return [];
  }
  const midnights = starts.filter((at) => isMidnight(at, zone));
  // Days of another zone than the reader's begin at some other hour.
  const days = midnights.length > 0 ? midnights : starts;
  for (const every of [1, 2, 4, 7, 14, 28]) {
    const ats = days.filter((at) => every === 1 || Math.floor(at / DAY_MS) % every === 0);
    if (ats.length > most) continue;
    const inside = areDays(starts) ? DAY_MS / 2 : 0;
    return ats.map((at) => ({ at: at + inside, label: say(at, zone, { day: "numeric", month: "short" }) }));
  }
  return [];
}

/** Whether buckets that begin at these times are days, which have 23 to 25 hours. */
export function areDays(starts: readonly number[]): boolean {
  const [first, second] = starts;
  return first !== undefined && second !== undefined && second - first >= 23 * HOUR_MS;
}

function clock(at: number, zone: string): string {
  return say(at, zone, { hour: "2-digit", minute: "2-digit" });
}

function minuteOfDay(at: number, zone: string): number {
  if (at % 60_000 !== 0) return 1;
  const [hours, minutes] = clock(at, zone).split(":");
  return Number(hours) * 60 + Number(minutes);
}
