import { HOUR_MS } from "#lib/core/time.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds that a zone's clocks are ahead of UTC at a moment (epoch ms). */
function offsetAt(zone: string, at: number): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, format);
  }
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return local - Math.floor(at / 1000) * 1000;
}

/** The moment (epoch ms) at which a zone's clocks show `hour` (may be fractional) of the day `daysAgo` days before the one of `now`. */
export function momentOf(zone: string, now: number, daysAgo: number, hour: number): number {
  const today = Math.floor((now + offsetAt(zone, now)) / (24 * HOUR_MS));
  const local = ((today - daysAgo) * 24 + hour) * HOUR_MS;
  const guess = local - offsetAt(zone, local);
  return local - offsetAt(zone, guess);
}

/** A day of a history: how many days before today it is, and whether people are at work. */
export type HistoryDay = { daysAgo: number; weekend: boolean };

/** The last `days` days with today as the last of them, oldest first. */
export function historyDays(zone: string, now: number, days: number): HistoryDay[] {
  return Array.from({ length: days }, (_, index) => {
    const daysAgo = days - 1 - index;
    const noon = momentOf(zone, now, daysAgo, 12);
    const weekday = new Date(noon + offsetAt(zone, noon)).getUTCDay();
    return { daysAgo, weekend: weekday === 0 || weekday === 6 };
  });
}
