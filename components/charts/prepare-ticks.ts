import { TZDate } from "@date-fns/tz";
import { addDays, addMonths, startOfDay, startOfMonth } from "date-fns";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#lib/core/time.ts";
import { say, type TimeTick } from "./prepare-time.ts";

/** Steps that people count in. Those below a day divide it evenly, so ticks stand at the same times every day. */
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => ({ unit: "minute" as const, n, span: n * MINUTE_MS })),
  ...[1, 2, 3, 6, 12].map((n) => ({ unit: "hour" as const, n, span: n * HOUR_MS })),
  ...[1, 2, 7, 14].map((n) => ({ unit: "day" as const, n, span: n * DAY_MS })),
  ...[1, 3, 6, 12].map((n) => ({ unit: "month" as const, n, span: n * 30 * DAY_MS })),
];
type Step = (typeof STEPS)[number];

/**
 * Ticks of a time axis at natural places of `zone` (full hours, midnights, Mondays, firsts of a month), at most `most` of them, all within
 * `from` and `to` (epoch ms). Days of 23 and 25 hours are stepped by the wall clock: a tick at 12:00 stays at 12:00 when the clocks change.
 */
export function timeTicks(from: number, to: number, zone: string, most: number): TimeTick[] {
  if (!(to > from)) return [];
  for (const step of STEPS) {
    if ((to - from) / step.span > most * 2) continue;
    const ats = ticksOf(step, from, to, zone);
    if (ats.length <= Math.max(1, most)) return ats.map((at) => ({ at, label: tickLabel(at, step, zone) }));
  }
  return [];
}

function ticksOf(step: Step, from: number, to: number, zone: string): number[] {
  const ats: number[] = [];
  const keep = (at: number) => {
    if (at >= from && at <= to && at > (ats.at(-1) ?? Number.NEGATIVE_INFINITY)) ats.push(at);
  };
  if (step.unit === "month") {
    let at = startOfMonth(new TZDate(from, zone));
    for (; at.getTime() <= to; at = addMonths(at, 1)) if (at.getMonth() % step.n === 0) keep(at.getTime());
    return ats;
  }
  let day = startOfDay(new TZDate(from, zone));
  for (; day.getTime() <= to; day = addDays(day, 1)) {
    if (step.unit === "day") {
      if (dayCounts(day, step.n)) keep(day.getTime());
      continue;
    }
    const next = addDays(day, 1).getTime();
    const minutes = step.span / MINUTE_MS;
    for (let minute = 0; minute < 24 * 60; minute += minutes) {
      const at = wallTime(day, minute, zone);
      if (at < next) keep(at);
    }
  }
  return ats;
}

/** Weeks begin on Monday. Every second day or week is counted from a fixed one, so ticks do not hop when the period moves on. */
function dayCounts(day: Date, every: number): boolean {
  const number = Math.round(Date.UTC(day.getFullYear(), day.getMonth(), day.getDate()) / DAY_MS);
  // 1970-01-05, day 4 of the epoch, was a Monday.
  return (number - 4) % every === 0;
}

function wallTime(day: Date, minute: number, zone: string): number {
  return new TZDate(
    day.getFullYear(),
    day.getMonth(),
    day.getDate(),
    Math.floor(minute / 60),
    minute % 60,
    zone,
  ).getTime();
}

function tickLabel(at: number, step: Step, zone: string): string {
  if (step.unit === "month") return say(at, zone, { month: "short", year: step.n >= 12 ? "numeric" : undefined });
  if (step.unit === "day") return dayLabel(at, zone, step.n >= 7);
  const midnight = startOfDay(new TZDate(at, zone)).getTime() === at;
  return midnight ? dayLabel(at, zone, false) : say(at, zone, { hour: "2-digit", minute: "2-digit" });
}

function dayLabel(at: number, zone: string, withMonth: boolean): string {
  return withMonth
    ? say(at, zone, { day: "numeric", month: "short" })
    : say(at, zone, { weekday: "short", day: "numeric" });
}

/** ISO 8601 with the offset of `zone` at that moment: "2026-11-20T14:00:00+01:00". */
export function isoInZone(at: number, zone: string): string {
  const date = new TZDate(at, zone);
  const two = (n: number) => String(n).padStart(2, "0");
  const minutes = -date.getTimezoneOffset();
  const offset = `${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}${offset}`;
}
