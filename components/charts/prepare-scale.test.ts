import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineOf } from "./example-lines.ts";
import { prepareFrame } from "./prepare-frame.ts";
import { fromPx, toPx, valueAxis } from "./prepare-scale.ts";

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe("the value axis", () => {
  test.each([
    [0, 3, undefined, [0, 0.5, 1]],
    [0.3, 3, 1, [0, 0.1, 0.2, 0.3]],
    [0.97, 2, 1, [0, 0.5, 1]],
    [38, 2, undefined, [0, 20, 40]],
    [1240, 4, undefined, [0, 500, 1000, 1500]],
    [Number.NaN, 2, 1, [0, 0.5, 1]],
  ])("up to %d in about %d steps, at most %d", (highest, count, ceiling, ticks) => {
    expect(valueAxis(highest, count, ceiling).ticks).toEqual(ticks);
  });

  test("begins at zero, reaches the highest value, and has its ticks in order within it", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), fc.integer({ min: 1, max: 8 }), (highest, count) => {
        const { from, to, ticks } = valueAxis(highest, count);
        expect(from).toBe(0);
        expect(to).toBeGreaterThanOrEqual(highest * (1 - 1e-9));
        expect(ticks[0]).toBe(0);
        expect(ticks).toEqual([...new Set(ticks)].toSorted((a, b) => a - b));
        expect(ticks.at(-1)).toBeLessThanOrEqual(to);
        expect(ticks.length).toBeLessThanOrEqual(count + 2);
      }),
    );
  });

  test("a pixel is found again by its value, and a period without length divides nothing by zero", () => {
    fc.assert(
      fc.property(finite, fc.double({ min: 1, max: 1e6, noNaN: true }), finite, (from, span, value) => {
        const scale = { from, to: from + span, px0: 40, px1: 900 };
        expect(fromPx(scale, toPx(scale, value))).toBeCloseTo(value, 3);
      }),
    );
    expect(toPx({ from: 5, to: 5, px0: 0, px1: 10 }, 5)).toBe(5);
    expect(fromPx({ from: 5, to: 9, px0: 3, px1: 3 }, 3)).toBe(5);
  });
});

describe("a frame", () => {
  const of = (input: { alsoShow?: number; letters?: string; label?: string }) =>
    prepareFrame({
      ...{ lines: [lineOf(input.letters ?? "fff")], unit: "seconds", from: 0, to: 10_800_000, width: 320, height: 120 },
      ...{ ticks: () => [{ at: 0, label: input.label ?? "" }], margin: { top: 8, right: 8, bottom: 20 } },
      alsoShow: input.alsoShow,
    });

  test("shows a limit that lies above every value", () => {
    expect(of({}).y.to).toBeLessThan(10);
    expect(of({ alsoShow: 30 }).y.to).toBeGreaterThanOrEqual(30);
  });

  test("keeps its first label inside, and has an axis when there is nothing on it", () => {
    expect(of({ label: "00:00" }).xTicks).toMatchObject([{ anchor: "middle" }]);
    expect(of({ label: "Wednesday 18 November" }).xTicks).toMatchObject([{ anchor: "start" }]);
    expect(of({ letters: "ggg" }).yTicks.length).toBeGreaterThan(1);
  });
});
