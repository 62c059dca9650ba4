import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { METRICS } from "./definitions.ts";
import type { Standing } from "./finding.ts";
import { readingFrom, type ShortReading } from "./testing/readings.ts";
import { type Verdict, verdictOf } from "./verdict.ts";

type Case = { name: string; silentSince?: string; readings: ShortReading[]; expected: Partial<Verdict> };

const cases = JSON.parse(readFileSync(new URL("./verdict-cases.json", import.meta.url), "utf8")) as Case[];
const time = { now: Date.parse("2026-11-20T15:00:00Z") };

describe("verdict cases", () => {
  test.each(cases.map((each) => [each.name, each] as const))("%s", (_, { readings, silentSince, expected }) => {
    const since = silentSince === undefined ? null : Date.parse(silentSince);
    expect(verdictOf(readings.map(readingFrom), { ...time, silentSince: since })).toMatchObject(expected);
  });
});

const standing = fc.constantFrom<Standing>("worse", "better", "same", "unsure", "not-enough", "no-data");
const anyReading = fc
  .record({
    metric: fc.constantFrom(...METRICS.map(({ key }) => key)),
    standing,
    value: fc.double({ min: 0.01, max: 1, noNaN: true }),
    before: fc.double({ min: 0.01, max: 1, noNaN: true }),
    relative: fc.double({ min: -0.9, max: 4, noNaN: true }),
    p: fc.constantFrom(0.0001, 0.02, 0.5, 1),
  })
  .map(readingFrom);

describe("any verdict", () => {
  const verdict = (readings: ReturnType<typeof readingFrom>[]) => verdictOf(readings, { ...time, silentSince: null });

  test("does not depend on the order of the readings", () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyReading, { selector: ({ key }) => key, maxLength: 8 }), (readings) => {
        const { standing: there, family } = verdict(readings);
        expect(verdict([...readings].reverse())).toMatchObject({ standing: there, family });
      }),
    );
  });

  test("is worse only when a metric other than activity is, and then names it", () => {
    fc.assert(
      fc.property(fc.array(anyReading, { maxLength: 8 }), (readings) => {
        const { standing: found, metric, sentence } = verdict(readings);
        expect(sentence).toMatch(/^[A-Z].*\.$/);
        if (found !== "worse") return;
        expect(
          readings.some((each) => each.key === metric && each.standing === "worse" && each.family !== "activity"),
        ).toBe(true);
      }),
    );
  });

  test("is never the same or better while a deciding metric is surely worse", () => {
    fc.assert(
      fc.property(fc.array(anyReading, { maxLength: 8 }), (readings) => {
        const harm = readingFrom({
          metric: "edit-rate",
          standing: "worse",
          value: 0.3,
          before: 0.2,
          relative: 0.5,
          p: 1e-6,
        });
        expect(verdict([...readings, harm]).standing).toBe("worse");
      }),
    );
  });
});
