import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PERIODS } from "../schema.ts";
import { drawnAt, frameOf, isSameHour, lastDays, resolutionOf } from "./frame.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const now = Date.parse("2026-11-20T14:20:30Z");
const iso = (at: number) => new Date(at).toISOString().slice(0, 16);

describe("the axis of a period", () => {
  it("of three hours is 60 times three minutes, the running ones last, held against the same hours of seven days", () => {
    const frame = frameOf("3h", "minute", now, "UTC");
    expect(frame.slots).toHaveLength(60);
    expect([iso(frame.span.from), iso(frame.slots.at(-1)?.at ?? 0)]).toEqual(["2026-11-20T11:21", "2026-11-20T14:18"]);
    expect([iso(frame.held.from), iso(frame.held.to)]).toEqual(["2026-11-13T11:00", "2026-11-20T11:21"]);
    const minutes = Array.from({ length: 180 }, (_, index) => frame.span.from + index * 60_000);
    const drawn = new Set(minutes.map((minute) => drawnAt(minute, "minute")));
    expect([...drawn]).toEqual(frame.slots.map(({ at }) => at));
    expect(frame).toMatchObject({ heldBy: "hour", sameHours: true, heldLabel: "the 7 days before, same hours" });
    const hours = Array.from({ length: 168 }, (_, index) => Date.parse("2026-11-13T11:00Z") + index * HOUR);
    const same = hours.filter((hour) => isSameHour(hour, frame.span));
    expect(same).toHaveLength(28);
    expect(new Set(same.map((hour) => new Date(hour).getUTCHours()))).toEqual(new Set([11, 12, 13, 14]));
  });

  it("of a day is 24 hours, held against the seven days before; its days are those that it touches", () => {
    const frame = frameOf("24h", "hour", now, "Europe/Berlin");
    expect(frame.slots).toHaveLength(24);
    expect([iso(frame.span.from), iso(frame.held.from), iso(frame.held.to)]).toEqual([
      "2026-11-19T15:00",
      "2026-11-12T15:00",
      "2026-11-19T15:00",
    ]);
    expect(frame.days.map(({ day }) => day)).toEqual(["2026-11-19", "2026-11-20"]);
    expect(frame.heldDays.map(({ day }) => day).at(-1)).toBe("2026-11-18");
    expect(frame.heldDays).toHaveLength(7);
  });

  it("of a week is seven days of the organisation's zone, by the day or by the hour, held against the week before", () => {
    const byDay = frameOf("7d", "day", now, "Europe/Berlin");
    expect(byDay.slots.map(({ day }) => day)).toEqual(byDay.days.map(({ day }) => day));
    expect([byDay.slots[0]?.day, byDay.slots.at(-1)?.day]).toEqual(["2026-11-14", "2026-11-20"]);
    expect([byDay.earlier[0]?.day, byDay.earlier.at(-1)?.day]).toEqual(["2026-11-07", "2026-11-13"]);
    const byHour = frameOf("7d", "hour", now, "Europe/Berlin");
    expect(iso(byHour.span.from)).toBe("2026-11-13T23:00");
    // To the end of the hour that is as far into its week as now is.
    expect([iso(byHour.held.from), iso(byHour.held.to)]).toEqual(["2026-11-06T23:00", "2026-11-13T15:00"]);
    expect(byHour.earlier[0]?.at).toBe(byHour.span.from - 7 * DAY);
  });

  it("of a week never holds an hour of its own against it, where days begin at half past", () => {
    const frame = frameOf("7d", "hour", Date.parse("2026-11-20T18:20:00Z"), "Asia/Kolkata");
    expect([iso(frame.span.from), iso(frame.held.to)]).toEqual(["2026-11-13T18:00", "2026-11-13T18:00"]);
  });

  it("of longer periods is held against as many days before", () => {
    for (const [period, count] of [
      ["28d", 28],
      ["60d", 60],
    ] as const) {
      const frame = frameOf(period, "day", now, "America/New_York");
      expect([frame.slots.length, frame.earlier.length, frame.heldDays.length]).toEqual([count, count, count]);
      expect(frame.held.to).toBe(frame.span.from);
      expect(frame.heldLabel).toBe(`the ${count} days before`);
    }
  });

  it("has no hole and no overlap, in any zone at any moment, also where clocks change", () => {
    const zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Cairo"];
    const moments = fc.integer({ min: Date.parse("2026-01-01Z"), max: Date.parse("2027-12-31Z") });
    fc.assert(
      fc.property(
        fc.constantFrom(...PERIODS),
        fc.constantFrom(...zones),
        moments,
        fc.boolean(),
        (period, zone, at, busy) => {
          const frame = frameOf(period, resolutionOf(period, busy ? 1_000 : 0), at, zone);
          for (const slots of [frame.slots, frame.earlier, frame.days, [...frame.heldDays, ...frame.days]]) {
            slots.forEach((slot, index) => {
              expect(slot.until).toBeGreaterThan(slot.at);
              if (index > 0) expect(slot.at).toBe(slots[index - 1]?.until);
            });
          }
          expect(frame.earlier).toHaveLength(frame.slots.length);
          const last = frame.slots.at(-1);
          expect(last && last.at <= at && at < last.until).toBe(true);
          expect(frame.span.to).toBe(at);
          expect(frame.held.to).toBeLessThanOrEqual(frame.span.from);
          expect(frame.days.at(-1)?.day).toBe(lastDays(at, 1, zone)[0]?.day);
        },
      ),
      { numRuns: 200 },
    );
  });
});

it("a week with few requests is drawn by the day, for lines of thin points tell nothing", () => {
  expect([resolutionOf("7d", 49), resolutionOf("7d", 50), resolutionOf("28d", 1_000), resolutionOf("3h", 0)]).toEqual([
    "day",
    "hour",
    "day",
    "minute",
  ]);
});

it("the same hours are those that the span touches, of any day before it", () => {
  const at = (iso: string) => Date.parse(iso);
  const span = { from: at("2026-11-29T22:10:00Z"), to: at("2026-11-30T01:00:00Z") };
  const hours = ["T21", "T22", "T23", "T00", "T01"].map((hour) => at(`2026-11-20${hour}:00:00Z`));
  expect(hours.filter((hour) => isSameHour(hour, span))).toEqual(hours.slice(1, 4));
  expect(isSameHour(at("2026-11-29T22:00:00Z"), span)).toBe(false);
});
