import fc from "fast-check";
import { expect, test } from "vitest";
import { prepareSpark } from "./prepare-spark.ts";

const box = { width: 26, height: 16, edge: 3 };

test.each([
  ["no days", [], "", null],
  ["nobody reported", [null, null], "", null],
  ["zeros lie on the floor", [0, 0], "M3 13L23 13", { x: 23, y: 13 }],
  ["a line", [1, 2, 1], "M3 8L13 3L23 8", { x: 23, y: 8 }],
  ["a break", [1, 2, null, 2, 1], "M3 8L8 3M18 3L23 8", { x: 23, y: 8 }],
  ["a lone day", [null, 2, null], "M13 3h0", { x: 13, y: 3 }],
  ["what is no number is no day", [Number.NaN, 1], "M23 3h0", { x: 23, y: 3 }],
])("%s", (_, values, path, end) => {
  expect(prepareSpark(values, box)).toEqual({ path, end });
});

test("each day that has a value is drawn once, inside the box", () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })), { maxLength: 30 }), (values) => {
      const { path } = prepareSpark(values, box);
      const points = path.replaceAll("h0", "").split(/[ML]/).filter(Boolean);
      expect(points.length).toBe(values.filter((value) => value !== null).length);
      for (const point of points) {
        const [x = Number.NaN, y = Number.NaN] = point.split(" ").map(Number);
        expect(x >= 3 && x <= 23 && y >= 3 && y <= 13).toBe(true);
      }
    }),
  );
});
