import { expect, test } from "vitest";
import { relativeTime, timeLeft } from "./relative-time.ts";

const now = Date.parse("2026-11-20T16:00:00Z");

test.each([
  ["2026-11-20T15:59:58Z", "just now"],
  ["2026-11-20T15:59:30Z", "30 seconds ago"],
  ["2026-11-20T15:56:00Z", "4 minutes ago"],
  ["2026-11-20T17:00:00Z", "in 1 hour"],
  ["2026-11-18T16:00:00Z", "2 days ago"],
  ["2026-11-20T15:59:00.300Z", "1 minute ago"],
  ["2026-11-20T15:00:10Z", "1 hour ago"],
  ["2026-09-20T16:00:00Z", "2 months ago"],
  ["2028-11-20T16:00:00Z", "in 2 years"],
])("%s reads %s", (at, words) => {
  expect(relativeTime(at, now)).toBe(words);
});

test("what is over is never a negative span", () => {
  expect(timeLeft("2026-11-20T16:12:00Z", now)).toBe("12 minutes");
  expect(timeLeft("2026-11-20T16:01:00Z", now)).toBe("1 minute");
  expect(timeLeft("2026-11-20T15:00:00Z", now)).toBe("a moment");
});
