import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayOf, slotsOf } from "./slots.ts";

const HOUR = 3_600_000;

function hoursOf(from: string, to: string, zone: string): [string | null, number][] {
  return slotsOf({ from: Date.parse(from), to: Date.parse(to) }, "day", zone).map(({ at, until, day }) => [
    day,
    (until - at) / HOUR,
  ]);
}

describe("days of a zone", () => {
  test("have 23 hours when the clocks go forward", () => {
    expect(hoursOf("2026-03-28T00:00:00+01:00", "2026-03-31T00:00:00+02:00", "Europe/Berlin")).toEqual([
      ["2026-03-28", 24],
      ["2026-03-29", 23],
      ["2026-03-30", 24],
    ]);
  });

  test("have 25 hours when they go back", () => {
    expect(hoursOf("2026-10-24T12:00:00Z", "2026-10-25T23:30:00Z", "Europe/Berlin")).toEqual([
      ["2026-10-24", 24],
      ["2026-10-25", 25],
      ["2026-10-26", 24],
    ]);
  });

  test("begin at one o'clock where midnight itself is skipped", () => {
    const [day] = slotsOf(
      { from: Date.parse("2026-04-24T12:00:00+03:00"), to: Date.parse("2026-04-24T13:00:00+03:00") },
      "day",
      "Africa/Cairo",
    );
    expect(day).toEqual({
      at: Date.parse("2026-04-24T01:00:00+03:00"),
      until: Date.parse("2026-04-25T00:00:00+03:00"),
      day: "2026-04-24",
    });
  });

  test("a zone that does not exist is refused", () => {
    expect(() => slotsOf({ from: 0, to: 1 }, "day", "Mars/Olympus")).toThrow(RangeError);
  });
});

test("minutes and hours begin on the whole one", () => {
  const from = Date.parse("2026-11-20T10:20:30Z");
  expect(slotsOf({ from, to: from + 2 * HOUR }, "hour", "UTC").map(({ at }) => new Date(at).toISOString())).toEqual([
    "2026-11-20T10:00:00.000Z",
    "2026-11-20T11:00:00.000Z",
    "2026-11-20T12:00:00.000Z",
  ]);
  expect(slotsOf({ from, to: from + 60_000 }, "minute", "UTC")).toHaveLength(2);
  expect(slotsOf({ from, to: from }, "hour", "UTC")).toHaveLength(1);
});

test("slots follow each other without a hole, and cover the span", () => {
  const zone = fc.constantFrom(
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Asia/Kolkata",
  );
  const from = fc.integer({ min: Date.parse("2024-01-01"), max: Date.parse("2027-01-01") });
  fc.assert(
    fc.property(zone, from, fc.integer({ min: 1, max: 20 * 24 }), (name, start, hours) => {
      const to = start + hours * HOUR;
      for (const resolution of ["hour", "day"] as const) {
        const slots = slotsOf({ from: start, to }, resolution, name);
        expect(slots[0]?.at).toBeLessThanOrEqual(start);
        expect(slots.at(-1)?.until).toBeGreaterThanOrEqual(to);
        for (const [index, slot] of slots.entries()) if (index > 0) expect(slot.at).toBe(slots[index - 1]?.until);
        if (resolution === "day") {
          for (const { at, until, day } of slots) expect([dayOf(at, name), dayOf(until - 1, name)]).toEqual([day, day]);
        }
      }
    }),
    { numRuns: 60 },
  );
});
