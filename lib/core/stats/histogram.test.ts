import fc from "fast-check";
import { expect, test } from "vitest";
import { expBucketIndex } from "./exp-bucket.ts";
import { histogramQuantile } from "./histogram-quantile.ts";

test("a quantile of the histogram is within 1.09 % of the value of that rank", () => {
  const value = fc.double({ min: 1e-3, max: 1e7, noNaN: true });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 80 }), share, (values, quantile) => {
      const bins = expBucketIndex({ scale: 5, values }).index.map((index) => [index ?? 0, 1] as const);
      const told = histogramQuantile({ scale: 5, bins, quantiles: [quantile] }).values[0] ?? 0;
      const sorted = [...values].sort((left, right) => left - right);
      const exact = sorted[Math.floor(quantile * (values.length - 1))] ?? 0;
      expect(Math.abs(told - exact)).toBeLessThanOrEqual(0.0109 * exact);
    }),
  );
});

test("a coarser scale only merges buckets: two of scale 6 make one of scale 5", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true })), (values) => {
      const fine = expBucketIndex({ scale: 6, values }).index;
      const coarse = expBucketIndex({ scale: 5, values }).index;
      expect(coarse).toEqual(fine.map((index) => Math.floor((index ?? 0) / 2)));
    }),
  );
});
