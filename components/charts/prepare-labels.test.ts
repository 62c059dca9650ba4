import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeLabels } from "./prepare-labels.ts";

const wanted = fc.array(fc.double({ min: -50, max: 350, noNaN: true }), { maxLength: 12 });
const labelled = (ys: readonly number[]) => ys.map((y, index) => ({ key: String(index), y }));

describe("names at the ends of lines", () => {
  test.each([
    ["stay where they want to stand", [20, 60], [20, 60]],
    ["move apart", [50, 52], [50, 66]],
    ["stay inside at the bottom", [298, 299], [276, 292]],
    ["stay inside at the top", [-5, 0], [8, 24]],
  ])("%s", (_, ys, placed) => {
    expect(placeLabels(labelled(ys), 16, 0, 300).map(({ y }) => y)).toEqual(placed);
  });

  test("keep their order and the room they have, and do not overlap while there is room for all", () => {
    fc.assert(
      fc.property(wanted, fc.integer({ min: 10, max: 400 }), (ys, bottom) => {
        const placed = placeLabels(labelled(ys), 16, 0, bottom);
        const order = labelled(ys).toSorted((a, b) => a.y - b.y);
        expect(placed.map(({ key }) => key)).toEqual(order.map(({ key }) => key));
        for (const [index, { y }] of placed.entries()) {
          expect(y).toBeGreaterThanOrEqual(Math.min(8, bottom / 2) - 1e-6);
          expect(y).toBeLessThanOrEqual(bottom - Math.min(8, bottom / 2) + 1e-6);
          const before = placed[index - 1];
          if (!before) continue;
          expect(y).toBeGreaterThanOrEqual(before.y - 1e-6);
          if (ys.length * 16 <= bottom) expect(y - before.y).toBeGreaterThanOrEqual(16 - 1e-6);
        }
      }),
    );
  });
});
