import { DAY_MS, HOUR_MS, MINUTE_MS } from "#lib/core/time.ts";

const SECOND = 1000;

/** Units in which people say a span, each up to where the next one reads better. */
const UNITS = [
  { unit: "second", ms: SECOND, below: MINUTE_MS },
  { unit: "minute", ms: MINUTE_MS, below: HOUR_MS },
  { unit: "hour", ms: HOUR_MS, below: DAY_MS },
  { unit: "day", ms: DAY_MS, below: 30 * DAY_MS },
  { unit: "month", ms: 30 * DAY_MS, below: 365 * DAY_MS },
  { unit: "year", ms: 365 * DAY_MS, below: Number.POSITIVE_INFINITY },
] as const;

/** A span in the largest unit that it fills, rounded: 59.6 minutes are 1 hour. `ms` is not negative. */
function inWords(ms: number) {
  for (const { unit, ms: one, below } of UNITS) {
    const count = Math.round(ms / one);
    if (count * one < below) return { unit, count };
  }
  return { unit: "year" as const, count: Math.round(ms / (365 * DAY_MS)) };
}

// The platform's words: a library with the same ones is a tenth of what a page may load.
const relative = new Intl.RelativeTimeFormat("en-GB", { numeric: "always" });

/** "just now", "12 seconds ago", "in 3 hours". `at` ISO 8601, `now` epoch ms. */
export function relativeTime(at: string, now: number): string {
  const ahead = Date.parse(at) - now;
  if (Math.abs(ahead) < 5 * SECOND) return "just now";
  const { unit, count } = inWords(Math.abs(ahead));
  return relative.format(ahead < 0 ? -count : count, unit);
}

/** "3 minutes", for what is left of a span; "a moment" when it is over. */
export function timeLeft(until: string, now: number): string {
  const left = Date.parse(until) - now;
  if (left <= 0) return "a moment";
  const { unit, count } = inWords(left);
  return new Intl.NumberFormat("en-GB", { style: "unit", unit, unitDisplay: "long" }).format(count);
}

/** "Friday 20 November 2026, 16:02:11 GMT+1" in the reader's zone. */
export function exactTime(at: string | number): string {
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  }).format(new Date(at));
}

/** "16:02:11" in the reader's zone. */
export function wallTime(at: string | number): string {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(
    new Date(at),
  );
}
