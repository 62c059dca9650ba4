import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { benjaminiHochberg, holm } from "./adjust-p-values.ts";

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

describe("several tests at once", () => {
  const shuffled = fc
    .tuple(pValues, fc.infiniteStream(fc.nat()))
    .map(([p, keys]) => [p, p.map((_, index) => ({ index, key: keys.next().value ?? 0 }))] as const)
    .map(([p, order]) => [p, order.sort((left, right) => left.key - right.key).map(({ index }) => index)] as const);

  test.each([
    ["holm", holm],
    ["benjaminiHochberg", benjaminiHochberg],
  ] as const)("%s: the order in which they stand does not matter, and nothing gets smaller", (_, adjust) => {
    fc.assert(
      fc.property(shuffled, ([p, order]) => {
        const { adjusted, reject } = adjust({ p, alpha: 0.05 });
        const moved = adjust({ p: order.map((index) => p[index] ?? 1), alpha: 0.05 });
        expect(moved.adjusted).toEqual(order.map((index) => adjusted[index]));
        expect(moved.reject).toEqual(order.map((index) => reject[index]));
        for (const [index, value] of adjusted.entries()) {
          expect(value).toBeLessThanOrEqual(1);
          expect(value).toBeGreaterThanOrEqual((p[index] ?? 0) * (1 - 1e-12));
        }
      }),
    );
  });
  test("holm rejects nothing that benjaminiHochberg keeps", () => {
    fc.assert(
      fc.property(pValues, (p) => {
        const wide = benjaminiHochberg({ p, alpha: 0.05 }).adjusted;
        for (const [index, value] of holm({ p, alpha: 0.05 }).adjusted.entries())
          expect(value).toBeGreaterThanOrEqual((wide[index] ?? 0) * (1 - 1e-12));
      }),
    );
  });
});
