import { formatDistanceStrict } from "date-fns";

/** "just now", "12 seconds ago", "in 3 hours". `at` ISO 8601, `now` epoch ms. */
export function relativeTime(at: string, now: number): string {
  const then = Date.parse(at);
  if (Math.abs(now - then) < 5000) return "just now";
  return formatDistanceStrict(then, now, { addSuffix: true });
}

/** "3 minutes", for what is left of a span; "a moment" when it is over. */
export function timeLeft(until: string, now: number): string {
  const left = Date.parse(until) - now;
  return left <= 0 ? "a moment" : formatDistanceStrict(now + left, now);
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
