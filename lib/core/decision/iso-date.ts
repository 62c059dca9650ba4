import { DAY_MS } from "../time.ts";
/**
 * Milliseconds since 1970 of an ISO 8601 date (`2026-03-01`, midnight UTC) or of a date and time with its offset (`2026-03-01T09:30:00.250+01:00`, `...Z`).
 * NaN for anything else, also for a time without an offset: it names no instant. Written out because `lib/core` has no `Date`.
 */
export function parseIsoDate(text: string): number {
  const year = digits(text, 0, 4);
  const month = text.charCodeAt(4) === DASH ? digits(text, 5, 2) : Number.NaN;
  const day = text.charCodeAt(7) === DASH ? digits(text, 8, 2) : Number.NaN;
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return Number.NaN;
  const midnight = daysSince1970(year, month, day) * DAY_MS;
  return text.length === 10 ? midnight : midnight + timeOfDay(text);
}

const DASH = 45;
const COLON = 58;

function timeOfDay(text: string): number {
  if (text.charAt(10) !== "T" || text.charCodeAt(13) !== COLON) return Number.NaN;
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  let at = 16;
  let second = 0;
  let milliseconds = 0;
  if (text.charCodeAt(at) === COLON) {
    second = digits(text, 17, 2);
    at = 19;
    if (text.charAt(at) === ".") {
      const start = ++at;
      while (at < text.length && digits(text, at, 1) >= 0) at++;
      if (at === start || at - start > 9) return Number.NaN;
      milliseconds = Math.floor((digits(text, start, at - start) / 10 ** (at - start)) * 1000);
    }
  }
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
  return ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds - offset(text, at);
}

/** The offset from UTC that stands at `at` and ends the text, in milliseconds. */
function offset(text: string, at: number): number {
  const sign = text.charAt(at);
  if (sign === "Z") return text.length === at + 1 ? 0 : Number.NaN;
  if ((sign !== "+" && sign !== "-") || text.length !== at + 6 || text.charCodeAt(at + 3) !== COLON) return Number.NaN;
  const hours = digits(text, at + 1, 2);
  const minutes = digits(text, at + 4, 2);
  if (!(hours <= 23 && minutes <= 59)) return Number.NaN;
  return (sign === "-" ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function digits(text: string, start: number, count: number): number {
  let value = 0;
  for (let i = start; i < start + count; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days from 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant, "days_from_civil"). */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
