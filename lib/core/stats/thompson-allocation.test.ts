import fc from "fast-check";
import { expect, test } from "vitest";
import { thompsonAllocation } from "./thompson-allocation.ts";

test("thompsonAllocation: shares add up to one, none below the floor, and the order of arms does not matter", () => {
  const posterior = fc.tuple(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 1, max: 3_000 }));
  fc.assert(
    fc.property(fc.array(posterior, { minLength: 2, maxLength: 4 }), (posteriors) => {
      const { weights, pBest } = thompsonAllocation({ posteriors, floor: 0.05 });
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
      for (const weight of weights) expect(weight).toBeGreaterThanOrEqual(0.05 - 1e-12);
      const turned = thompsonAllocation({ posteriors: [...posteriors].reverse(), floor: 0.05 });
      for (const [index, chance] of [...turned.pBest].reverse().entries())
        expect(chance).toBeCloseTo(pBest[index] ?? -1, 7);
    }),
    { numRuns: 30 },
  );
});
