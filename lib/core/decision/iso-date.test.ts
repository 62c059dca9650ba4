import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseIsoDate } from "./iso-date.ts";

describe("parseIsoDate", () => {
  test("agrees with Date on every instant that has a date and an offset", () => {
    const date = fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(date, (instant) => {
        const text = instant.toISOString();
        expect(parseIsoDate(text)).toBe(instant.getTime());
        expect(parseIsoDate(text.slice(0, 10))).toBe(Date.parse(text.slice(0, 10)));
      }),
    );
  });

  test.each([
    "2026-03-01T09:30+01:00",
    "2026-03-01T09:30:15-05:30",
    "2026-03-01T09:30:15.5Z",
    "2026-03-01T00:00:00.123456+00:00",
    "2024-02-29",
  ])("%s", (text) => {
    expect(parseIsoDate(text)).toBe(Date.parse(text));
  });

  test.each([
    "",
    "2026",
    "2026-13-01",
    "2026-02-30",
    "2023-02-29",
    "2026-1-01",
    "2026-03-01 09:30Z",
    "2026-03-01T09:30",
    "2026-03-01T24:30Z",
    "2026-03-01T09:60Z",
    "2026-03-01T09:30:15.Z",
    "2026-03-01T09:30+0100",
    "2026-03-01T09:30Zulu",
    "2026-03-01T09:30+01:00x",
    "today",
  ])("%j is no instant", (text) => {
    expect(parseIsoDate(text)).toBeNaN();
  });
});
