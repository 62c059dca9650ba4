import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { levelsOf, type Measured } from "./change-points.ts";
import { seededRandom } from "./testing/random.ts";

const steps = (...levels: [value: number, count: number][]): Measured[] =>
  levels.flatMap(([value, count]) => Array.from({ length: count }, () => ({ value, se: 1 })));

describe("levels of a series", () => {
  test.each<[string, Measured[], number[]]>([
    ["nothing", [], []],
    ["one value", steps([22, 1]), [0]],
    ["a constant", steps([22, 14]), [0]],
    ["a step", steps([22, 9], [40, 5]), [0, 9]],
    ["a step on the last day", steps([22, 13], [40, 1]), [0, 13]],
    ["up, and half way down again", steps([22, 5], [40, 5], [30, 4]), [0, 5, 10]],
    ["a step smaller than its errors", steps([22, 7], [22.9, 7]), [0]],
  ])("%s", (_, series, expected) => {
    expect(levelsOf(series).map(({ from }) => from)).toEqual(expected);
  });

  test("a value that hardly anything is known of moves no level", () => {
    const series = [...steps([22, 7]), { value: 90, se: 60 }, ...steps([22, 6])];
    expect(levelsOf(series)).toHaveLength(1);
  });

  test("a level is the mean of its values, each by its precision", () => {
    const series = [...steps([20, 6]), { value: 50, se: 1 }, { value: 53, se: 0.5 }, { value: 50, se: 1 }];
    const [, after] = levelsOf(series);
    expect(after).toEqual({ from: 6, value: expect.closeTo((50 + 4 * 53 + 50) / 6, 9) });
  });

  test("neither unit nor level of the values matters", () => {
    const values = fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, fc.constantFrom(0.25, 2, 64), fc.constantFrom(-512, 0, 1024), (list, unit, level) => {
        const starts = (scale: number, shift: number) =>
          levelsOf(list.map((value) => ({ value: scale * value + shift, se: 4 * scale }))).map(({ from }) => from);
        expect(starts(unit, level)).toEqual(starts(1, 0));
      }),
    );
  });

  test("no other division costs less (all of them tried)", () => {
    const values = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(values, (list) => {
        const series = list.map((value) => ({ value, se: 1 }));
        const found = levelsOf(series).map(({ from }) => from);
        const price = 3 * Math.log(list.length) * Math.max(1, medianOf(list) / 0.4549);
        const cost = (starts: number[]) =>
          starts.reduce((sum, from, index) => sum + price + squared(list.slice(from, starts[index + 1])), -price);
        for (let others = 0; others < 2 ** (list.length - 1); others++) {
          const starts = [0, ...list.slice(1).flatMap((_, index) => (others & (1 << index) ? [index + 1] : []))];
          expect(cost(found)).toBeLessThanOrEqual(cost(starts) + 1e-6);
        }
      }),
    );
  });
});

describe("measured on random series", () => {
  const share = (count: number, hit: (normal: () => number) => boolean) => {
    const { uniform } = seededRandom(20261129);
    const normal = () => normalQuantile(uniform(), 0, 1);
    return Array.from({ length: count }, () => hit(normal)).filter(Boolean).length / count;
  };

  test.each([14, 28, 60, 192])("%i values of one level are rarely divided", (n) => {
    const divided = share(400, (normal) => {
      const series = Array.from({ length: n }, () => ({ value: 22 + normal(), se: 1 }));
      return levelsOf(series).length > 1;
    });
    expect(divided).toBeLessThanOrEqual(0.04);
  });

  test("a step of five errors is found where it was, or right beside it", () => {
    const found = share(400, (normal) => {
      const series = Array.from({ length: 14 }, (_, day) => ({ value: (day < 5 ? 22 : 27) + normal(), se: 1 }));
      const second = levelsOf(series)[1]?.from ?? -9;
      return Math.abs(second - 5) <= 1;
    });
    expect(found).toBeGreaterThanOrEqual(0.97);
  });
});

function squared(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

function medianOf(values: readonly number[]): number {
  const squares = values.slice(1).map((value, index) => (value - (values[index] ?? 0)) ** 2 / 2);
  return squares.toSorted((a, b) => a - b)[squares.length >> 1] ?? 0;
}
