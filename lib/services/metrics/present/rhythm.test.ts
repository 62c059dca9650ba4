import { describe, expect, test } from "vitest";
import { expectedIn } from "./rhythm.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Monday, 5 October 2026, midnight. */
const MONDAY = Date.UTC(2026, 9, 5);
const at = (day: number, hour: number, minute = 0) => MONDAY + day * DAY + hour * HOUR + minute * 60_000;

/** `perHour` by day (0: that Monday) and hour, up to `until`. */
function hours(perHour: (day: number, hour: number) => number, from: number, until: number): Map<number, number> {
  const found = new Map<number, number>();
  for (let hour = from; hour <= until; hour += HOUR) {
    const count = perHour(Math.floor((hour - MONDAY) / DAY), (hour % DAY) / HOUR);
    if (count > 0) found.set(hour, count);
  }
  return found;
}
const always = () => 60;
/** Monday to Friday, nine to six. */
const office = (day: number, hour: number) => (((day % 7) + 7) % 7 < 5 && hour >= 9 && hour < 18 ? 750 : 0);

describe("what one would have expected", () => {
  test.each([
    ["around the clock: as many as an hour has", always, -14, at(0, 10), at(0, 10, 30), 30],
    ["around the clock: of two days, all of them", always, -14, at(0, 10), at(2, 10), 48 * 60],
    ["of an evening, nothing", office, -14, at(1, 17, 58), at(1, 18, 5), 0],
    ["of a night, nothing", office, -14, at(1, 17, 58), at(2, 8, 55), 0],
    ["of a morning that begins a little later, nothing", office, -14, at(1, 17, 58), at(2, 9, 20), 0],
    ["of a weekend, nothing", office, -14, at(4, 17, 58), at(7, 8, 30), 0],
    ["in the middle of a day, its part of the hour", office, -14, at(1, 11, 4), at(1, 11, 16), 150],
    ["of a day that stays silent, its hours but the outer ones", office, -14, at(0, 17), at(1, 18), 8 * 750],
    ["in the first week, as on the day before", office, 0, at(1, 11), at(1, 11, 30), 375],
    ["on the first day, by the mean", always, 0, at(0, 3), at(0, 5), 120],
    ["of three weeks, the last week before them three times", office, -14, at(5, 0), at(26, 0), 3 * 45 * 750],
  ] as const)("%s", (_, perHour, since, from, to, expected) => {
    const known = hours(perHour, at(since, 0), Math.floor(from / HOUR) * HOUR);
    expect(expectedIn(known, { from, to })).toBeCloseTo(expected, 6);
  });

  test("of what was never asked for is nothing", () => {
    expect(expectedIn(new Map(), { from: at(0, 0), to: at(9, 0) })).toBe(0);
  });
});
