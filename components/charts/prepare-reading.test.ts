import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyPoints, lineOf } from "./example-lines.ts";
import { bucketAt, moveAlong, pointAt, readingWords, timesOf } from "./prepare-reading.ts";

const HOUR = 3_600_000;

describe("reading a chart by keys", () => {
  const times = [0, 10, 20, 30];
  test.each([
    ["begins at the newest", null, "ArrowLeft", 30],
    ["whichever key it is", null, "ArrowRight", 30],
    ["goes back", 20, "ArrowLeft", 10],
    ["goes on", 20, "ArrowRight", 30],
    ["stays at the last", 30, "ArrowRight", 30],
    ["stays at the first", 0, "ArrowLeft", 0],
    ["goes to the first", 20, "Home", 0],
    ["goes to the last", 10, "End", 30],
    ["goes on from the nearest when its bucket has left the period", -7, "ArrowRight", 10],
    ["leaves other keys alone", 20, "Tab", undefined],
    ["also those that every object has", 20, "toString", undefined],
  ])("%s", (_, active, key, to) => {
    expect(moveAlong(times, active, key)).toBe(to);
  });

  test("there is nowhere to go without buckets", () => {
    expect(moveAlong([], null, "End")).toBeUndefined();
  });
});

describe("the bucket that is pointed at", () => {
  test("is the one in which the moment lies, of whichever line", () => {
    const lines = [lineOf("ff"), lineOf(" fff", "Other")];
    expect([0, HOUR - 1, HOUR, 3.5 * HOUR, 4 * HOUR, -1].map((moment) => bucketAt(lines, moment))).toEqual([
      ...[0, 0, HOUR, 3 * HOUR],
      ...[null, null],
    ]);
  });

  test("all times are there once, in order, and each leads to its bucket", () => {
    fc.assert(
      fc.property(anyPoints, anyPoints, (one, other) => {
        const lines = [lineOf(one), lineOf(other, "Other")];
        const times = timesOf(lines);
        expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
        for (const at of times) {
          expect(bucketAt(lines, at)).toBe(at);
          expect(lines.some((line) => pointAt(line, at) !== undefined)).toBe(true);
        }
      }),
    );
  });
});

test("a stop is spoken with when, of what, how much, how sure, and what it lacks", () => {
  const lines = [lineOf("ftgnu", "Billing"), lineOf("fffff", "7 days before", true)];
  const stops = [0, 1, 2, 3, 4].map((n) => readingWords(lines, "seconds", n * HOUR, "UTC"));
  expect(stops.map((words) => words.split(" 7 days before")[0])).toEqual([
    "Thu 1 Jan, 00:00 to 01:00. Billing: 1 s, between 0.9 s and 1.1 s, of 10.",
    "Thu 1 Jan, 01:00 to 02:00. Billing: 2 s, between 1.8 s and 2.2 s, of 20, too few to rely on.",
    "Thu 1 Jan, 02:00 to 03:00. Billing: nobody reported.",
    "Thu 1 Jan, 03:00 to 04:00. Billing: of 40, nothing of this happened.",
    "Thu 1 Jan, 04:00 to 05:00. Billing: 5 s, between 4.5 s and 5.5 s, of 50, still running.",
  ]);
  expect(stops[2]).toContain("7 days before: 3 s");
  expect(readingWords(lines, "seconds", 99 * HOUR, "UTC")).toBe("");
});
