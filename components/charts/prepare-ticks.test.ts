import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isoInZone, timeTicks } from "./prepare-ticks.ts";
import { bucketTicks, spanLabel } from "./prepare-time.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BERLIN = "Europe/Berlin";
const zone = fc.constantFrom(BERLIN, "UTC", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia");
const moment = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) });
const at = (iso: string) => Date.parse(iso);

describe("ticks of a time axis", () => {
  test.each([
    ["three hours", "2026-11-20T10:10:00Z", 3 * HOUR, 4, "12:00 13:00 14:00"],
    ["a day", "2026-11-20T10:10:00Z", DAY, 5, "12:00 18:00 Sat 21 06:00"],
    ["a week", "2026-11-13T10:10:00Z", 7 * DAY, 8, "Sat 14 Sun 15 Mon 16 Tue 17 Wed 18 Thu 19 Fri 20"],
    ["the day that has 25 hours", "2026-10-24T22:00:00Z", 25 * HOUR, 5, "Sun 25 06:00 12:00 18:00 Mon 26"],
    ["the day that has 23 hours", "2026-03-28T23:00:00Z", 23 * HOUR, 5, "Sun 29 06:00 12:00 18:00 Mon 30"],
    ["no time at all", "2026-03-28T23:00:00Z", 0, 5, ""],
  ])("%s", (_, from, span, most, labels) => {
    const ticks = timeTicks(at(from), at(from) + span, BERLIN, most);
    expect(ticks.map((tick) => tick.label).join(" ")).toBe(labels);
  });

  test("lie within the period, in order, and are no more than there is room for", () => {
    const span = fc.integer({ min: 60_000, max: 70 * DAY });
    fc.assert(
      fc.property(moment, span, zone, fc.integer({ min: 1, max: 16 }), (from, length, place, most) => {
        const ats = timeTicks(from, from + length, place, most).map((tick) => tick.at);
        expect(ats.length).toBeLessThanOrEqual(most);
        expect(ats).toEqual([...new Set(ats)].toSorted((a, b) => a - b));
        for (const tick of ats) {
          expect(tick).toBeGreaterThanOrEqual(from);
          expect(tick).toBeLessThanOrEqual(from + length);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("ticks for little room", () => {
  const buckets = (from: string, step: number, count: number) =>
    Array.from({ length: count }, (_, index) => at(from) + index * step);

  test.each([
    ["minutes", buckets("2026-11-20T10:07:00Z", 60_000, 180), 4, "12:00 13:00 14:00"],
    ["a few minutes", buckets("2026-11-20T10:07:00Z", 60_000, 30), 4, "11:15 11:30"],
    ["hours of a day", buckets("2026-11-20T10:00:00Z", HOUR, 24), 4, "12:00 18:00 00:00 06:00"],
    [
      "hours of a week",
      buckets("2026-11-13T10:00:00Z", HOUR, 168),
      8,
      "14 Nov 15 Nov 16 Nov 17 Nov 18 Nov 19 Nov 20 Nov",
    ],
    [
      "days over the change of clocks",
      [at("2026-10-23T22:00:00Z"), at("2026-10-24T22:00:00Z"), at("2026-10-25T23:00:00Z"), at("2026-10-26T23:00:00Z")],
      5,
      "24 Oct 25 Oct 26 Oct 27 Oct",
    ],
    ["days of another zone", buckets("2026-10-20T00:00:00Z", DAY, 3), 5, "20 Oct 21 Oct 22 Oct"],
    ["nothing", [], 5, ""],
  ])("%s", (_, starts, most, labels) => {
    expect(
      bucketTicks(starts, BERLIN, most)
        .map((tick) => tick.label)
        .join(" "),
    ).toBe(labels);
  });

  test("a day has its name in its middle, a shorter bucket where it begins", () => {
    const days = buckets("2026-10-19T22:00:00Z", DAY, 3);
    expect(bucketTicks(days, BERLIN, 5).map((tick) => tick.at)).toEqual(days.map((start) => start + DAY / 2));
    const hours = buckets("2026-10-19T22:00:00Z", HOUR, 72);
    expect(bucketTicks(hours, BERLIN, 5).map((tick) => tick.at)).toEqual(days);
  });

  test("lie in buckets of their own, in order, and are no more than there is room for", () => {
    const step = fc.constantFrom(60_000, HOUR, DAY);
    const hour = moment.map((ms) => ms - (ms % HOUR));
    fc.assert(
      fc.property(hour, step, fc.integer({ min: 1, max: 200 }), zone, fc.integer({ min: 1, max: 12 }), (...input) => {
        const [from, length, count, place, most] = input;
        const starts = Array.from({ length: count }, (_, index) => from + index * length);
        const ats = bucketTicks(starts, place, most).map((tick) => tick.at);
        expect(ats.length).toBeLessThanOrEqual(most);
        const buckets = ats.map((tick) => starts.findLast((start) => start <= tick) ?? -1);
        expect(buckets.every((start, index) => (ats[index] ?? 0) < start + length)).toBe(true);
        expect(buckets).toEqual([...new Set(buckets)].toSorted((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });
});

describe("times in words", () => {
  test.each([
    ["2026-11-16T23:00:00Z", "2026-11-17T23:00:00Z", "Tue 17 Nov"],
    ["2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", "Sun 25 Oct"],
    ["2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "Sun 29 Mar"],
    ["2026-11-17T13:00:00Z", "2026-11-17T14:00:00Z", "Tue 17 Nov, 14:00 to 15:00"],
    ["2026-11-17T22:00:00Z", "2026-11-17T23:00:00Z", "Tue 17 Nov, 23:00 to 00:00"],
    ["2026-11-17T00:00:00Z", "2026-11-18T00:00:00Z", "Tue 17 Nov, 01:00 to Wed 18 Nov, 01:00"],
  ])("from %s until %s", (from, until, words) => {
    expect(spanLabel(at(from), at(until), BERLIN)).toBe(words);
  });

  test.each([
    ["2026-11-20T13:00:00Z", BERLIN, "2026-11-20T14:00:00+01:00"],
    ["2026-07-20T13:00:05Z", BERLIN, "2026-07-20T15:00:05+02:00"],
    ["2026-07-20T13:00:00Z", "America/St_Johns", "2026-07-20T10:30:00-02:30"],
    ["2026-07-20T13:00:00Z", "UTC", "2026-07-20T13:00:00+00:00"],
  ])("%s in %s, with its offset", (iso, place, written) => {
    expect(isoInZone(at(iso), place)).toBe(written);
  });

  test("with its offset a time names the same moment", () => {
    fc.assert(
      fc.property(moment, zone, (ms, place) => {
        const second = ms - (ms % 1000);
        expect(at(isoInZone(second, place))).toBe(second);
      }),
    );
  });
});
