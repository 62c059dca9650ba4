import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import { clockChangeInWords, endsOf, fieldOf, typedFrom, typedTo, zoneInWords } from "./local-times.ts";

const at = new Date(2026, 10, 5, 9, 7, 42).getTime();

test("a field shows the viewer's own time, and gives it back to the minute", () => {
  expect(fieldOf(at)).toBe("2026-11-05T09:07");
  const minute = new Date(at - 42_000).toISOString();
  expect(typedFrom("2026-11-05T09:07")).toEqual({ field: "2026-11-05T09:07", at: minute });
  expect(typedTo("2026-11-05T09:07").at).toBe(minute);
  expect([typedFrom("").at, typedTo("").at]).toEqual([null, null]);
});

test("the minutes of a span hold all of it; without one they are the last day", () => {
  const fields = (span: { from?: number; to?: number }, now: number) => {
    const { from, to } = endsOf(span, now);
    return [from.field, to.field];
  };
  expect(fields({ from: at, to: at + 1000 }, 0)).toEqual(["2026-11-05T09:07", "2026-11-05T09:08"]);
  expect(fields({ from: at }, at)).toEqual(["2026-11-05T09:07", "2026-11-05T09:08"]);
  expect(fields({}, at)[0]).toBe("2026-11-04T09:07");
});

test("the zone is named", () => {
  expect(zoneInWords(at)).toContain(Intl.DateTimeFormat().resolvedOptions().timeZone);
});

describe("where the clocks change", () => {
  beforeEach(() => void vi.stubEnv("TZ", "Europe/Berlin"));
  afterEach(() => void vi.unstubAllEnvs());

  // On 25 October 2026 the hour from 02:00 comes twice: from 00:00 and from 01:00 in UTC.
  it.each([
    ["in the second hour", "01:10", "01:40", "2026-10-25T02:10", "2026-10-25T02:40"],
    ["in the first hour", "00:10", "00:40", "2026-10-25T02:10", "2026-10-25T02:40"],
    ["over both", "00:50", "01:20", "2026-10-25T02:50", "2026-10-25T02:20"],
    ["from before into the second", "23:30", "01:40", "2026-10-25T01:30", "2026-10-25T02:40"],
  ])("keeps a span %s as it was given", (_where, first, last, from, to) => {
    const day = first > last ? "24" : "25";
    const span = { from: `2026-10-${day}T${first}:00.000Z`, to: `2026-10-25T${last}:00.000Z` };
    const ends = endsOf({ from: Date.parse(span.from), to: Date.parse(span.to) }, 0);
    expect([ends.from.field, ends.to.field]).toEqual([from, to]);
    expect({ from: ends.from.at, to: ends.to.at }).toEqual(span);
  });

  it.each([
    ["comes twice", "2026-10-25T02:30", "2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"],
    ["is before that", "2026-10-25T01:59", "2026-10-24T23:59:00.000Z", "2026-10-24T23:59:00.000Z"],
    ["is after that", "2026-10-25T03:00", "2026-10-25T02:00:00.000Z", "2026-10-25T02:00:00.000Z"],
    ["is skipped in spring", "2026-03-29T02:30", "2026-03-29T00:30:00.000Z", "2026-03-29T01:30:00.000Z"],
    ["is after the skipped hour", "2026-03-29T03:00", "2026-03-29T01:00:00.000Z", "2026-03-29T01:00:00.000Z"],
  ])("takes in all that a typed time may mean when it %s", (_when, field, from, to) => {
    expect([typedFrom(field), typedTo(field)]).toEqual([
      { field, at: from },
      { field, at: to },
    ]);
  });

  it("says in UTC what is meant where a time comes twice, and nothing elsewhere", () => {
    const ends = { from: typedFrom("2026-10-25T01:30"), to: typedTo("2026-10-25T02:30") };
    expect(clockChangeInWords(ends)).toBe(
      "The clocks change then. In UTC this is from 24 October 2026 at 23:30 until 25 October 2026 at 01:30.",
    );
    expect(clockChangeInWords({ ...ends, to: typedTo("2026-10-25T03:30") })).toBeNull();
    expect(clockChangeInWords({ ...ends, to: typedTo("") })).toBeNull();
  });
});
