import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { METRICS, metricByKey } from "./definitions.ts";
import { type Figure, type FigureInput, figureOf } from "./figure.ts";
import { anyInput } from "./testing/arbitraries.ts";
import { defined } from "./testing/defined.ts";

/** Expected values by SciPy: Wilson's interval, Student's t, the delta method over groups, ranks of bins. */
type Case = { name: string; metric: string; input: FigureInput; expected: Partial<Figure> };

const cases = JSON.parse(readFileSync(new URL("./figure-cases.json", import.meta.url), "utf8")) as Case[];

describe("figure cases", () => {
  test.each(cases.map((each) => [each.name, each] as const))("%s", (_, { metric, input, expected }) => {
    const figure = figureOf(defined(metric), input);
    for (const [key, wanted] of Object.entries(expected)) {
      const got = figure[key as keyof Figure];
      if (typeof wanted === "number") expect(got, key).toBeCloseTo(wanted, 8);
      else expect(got, key).toEqual(wanted);
    }
  });

  test("every kind of formula has one", () => {
    const tried = new Set(cases.map(({ metric }) => metricByKey(metric)?.formula.kind));
    expect(METRICS.filter(({ formula }) => !tried.has(formula.kind))).toEqual([]);
  });
});

describe("any figure", () => {
  const metric = fc.constantFrom(...METRICS);

  test("is a number or not known, lies within its interval, and a share within 0 and 1", () => {
    fc.assert(
      fc.property(metric, anyInput, (definition, input) => {
        const { value, low, high, n, se } = figureOf(definition, input);
        expect(n).toBeGreaterThanOrEqual(0);
        if (definition.unit !== "count") expect(value === null).toBe(n === 0);
        for (const number of [value, low, high, se]) if (number !== null) expect(number).toBeGreaterThanOrEqual(0);
        for (const number of [value, low, high, se])
          if (number !== null) expect(number).toBeLessThan(Number.POSITIVE_INFINITY);
        if (value === null || low === null || high === null) return;
        expect(low).toBeLessThanOrEqual(value * (1 + 1e-9));
        expect(high).toBeGreaterThanOrEqual(value * (1 - 1e-9));
        if (definition.unit === "share" || definition.unit === "score") expect(high).toBeLessThanOrEqual(1);
        if (definition.unit === "per-1000") expect(high).toBeLessThanOrEqual(1000);
      }),
    );
  });

  test("is surer with four times the data", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 400 }), (ai, edited) => {
        const width = (times: number) => {
          const { low, high } = figureOf(edit, {
            measures: { ai: ai * times, s_edited: Math.min(edited, ai) * times },
          });
          return (high ?? 1) - (low ?? 0);
        };
        expect(width(4)).toBeLessThan(width(1));
      }),
    );
  });
});

const edit = defined("edit-rate");
