import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { settled } from "./corrected.ts";
import { METRICS } from "./definitions.ts";
import type { MetricReading } from "./finding.ts";
import { readingFrom } from "./testing/readings.ts";
import { verdictOf } from "./verdict.ts";

const edits = (p: number) =>
  readingFrom({ metric: "edit-rate", standing: "worse", value: 0.24, before: 0.2, relative: 0.2, p });
const calm = (metric: string) => readingFrom({ metric, standing: "same", value: 0.1, before: 0.1, relative: 0, p: 1 });
const ELEVEN = METRICS.filter(({ key, family }) => key !== "edit-rate" && family !== "activity")
  .slice(0, 11)
  .map(({ key }) => calm(key));

describe("readings looked at together", () => {
  test("one that is clear by itself says why it is not called a change among twelve", () => {
    const [first] = settled([edits(0.01), ...ELEVEN]);
    expect(first).toMatchObject({
      standing: "unsure",
      among: 12,
      says: "Edit rate was read. Clear by itself, but among 12 metrics looked at together chance brings such a one.",
    });
  });

  test("one that holds among twelve stays what it is, and so does one alone", () => {
    expect(settled([edits(0.001), ...ELEVEN])[0]).toEqual(edits(0.001));
    expect(settled([edits(0.01)])[0]).toEqual(edits(0.01));
  });

  test("what was compared with nothing is not counted", () => {
    const missing = readingFrom({ metric: "correction-time", standing: "no-data" });
    expect(settled([edits(0.03), missing, calm("revert-rate")])[0]).toMatchObject({ among: 2 });
  });
});

const anyReading = fc
  .record({
    metric: fc.constantFrom(...METRICS.filter(({ family }) => family !== "activity").map(({ key }) => key)),
    standing: fc.constantFrom("worse", "better", "same", "unsure", "not-enough", "no-data" as const),
    value: fc.double({ min: 0.01, max: 1, noNaN: true }),
    before: fc.double({ min: 0.01, max: 1, noNaN: true }),
    relative: fc.double({ min: -0.9, max: 4, noNaN: true }),
    p: fc.constantFrom(0.0001, 0.004, 0.02, 0.04, 0.5, 1),
  })
  .map(readingFrom);
const together = fc.uniqueArray(anyReading, { selector: ({ key }) => key, minLength: 1, maxLength: 15 });

describe("any readings looked at together", () => {
  const verdict = (readings: readonly MetricReading[]) => verdictOf(readings, { now: 0, silentSince: null });

  test("are settled once and for all", () => {
    fc.assert(
      fc.property(together, (readings) => {
        expect(settled(settled(readings))).toEqual(settled(readings));
      }),
    );
  });

  test("tell the same as the verdict on them", () => {
    fc.assert(
      fc.property(together, (readings) => {
        const told = settled(readings);
        expect(verdict(told)).toEqual(verdict(readings));
        expect(told.some(({ standing }) => standing === "worse")).toBe(verdict(readings).standing === "worse");
      }),
    );
  });
});
