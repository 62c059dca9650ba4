import type { PreparedHours } from "./prepare-ladder.ts";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const formatters = new Map<string, Intl.DateTimeFormat | null>();

/** Whether people are there at `now` (epoch ms). Local time comes from the zone's own rules, so a change of clocks moves with it; a zone that does not exist is never staffed. */
export function isStaffed(hours: PreparedHours, now: number): boolean {
  const formatter = formatterOf(hours.zone);
  if (formatter === null || !Number.isFinite(now) || Math.abs(now) > 8.64e15) return false;
  let day = 0;
  let minutes = 0;
  for (const part of formatter.formatToParts(now)) {
    if (part.type === "weekday") day = DAYS.indexOf(part.value) + 1;
    else if (part.type === "hour") minutes += Number(part.value) * 60;
    else if (part.type === "minute") minutes += Number(part.value);
  }
  if (hours.from < hours.to) return hours.days.includes(day) && minutes >= hours.from && minutes < hours.to;
  const dayBefore = day === 1 ? 7 : day - 1;
  return (hours.days.includes(day) && minutes >= hours.from) || (hours.days.includes(dayBefore) && minutes < hours.to);
}

function formatterOf(zone: string): Intl.DateTimeFormat | null {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = newFormatter(zone);
    if (formatters.size >= 500) formatters.clear();
    formatters.set(zone, formatter);
  }
  return formatter;
}

function newFormatter(zone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  } catch {
    return null;
  }
}
