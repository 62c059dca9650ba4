import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyPoints, hours } from "./example-lines.ts";
import { hasValue, middle, prepareLine } from "./prepare-line.ts";
import { plotRows } from "./prepare-plot.ts";
import { fromPx, valueAxis } from "./prepare-scale.ts";

const HOUR = 3_600_000;
/** An hour is 10 px wide, and a value of 1 is 1 px high. */
const x = { from: 0, to: 40 * HOUR, px0: 0, px1: 400 };
const y = { from: 0, to: 100, px0: 100, px1: 0 };

/** The runs of a path, as the x of each of their points. */
const runs = (path: string) =>
  path
    .split("M")
    .filter(Boolean)
    .map((run) => run.split("L").map((point) => Number(point.split(" ")[0])));

describe("a line", () => {
  test.each([
    ["nothing", "", [], [], ""],
    ["whole", "fff", [[5, 15, 25]], [], ""],
    [
      "a gap breaks it",
      "ffgff",
      [
        [5, 15],
        [35, 45],
      ],
      [],
      "",
    ],
    [
      "so does an hour in which nothing happened",
      "ffnff",
      [
        [5, 15],
        [35, 45],
      ],
      [],
      "",
    ],
    [
      "and one without a bucket",
      "ff ff",
      [
        [5, 15],
        [35, 45],
      ],
      [],
      "",
    ],
    ["what still runs is joined, dashed", "ffu", [[5, 15]], [[15, 25]], "unfinished"],
    ["what still runs after a gap stands alone", "ffgu", [[5, 15]], [], "unfinished"],
    ["a point between gaps is seen", "gfg", [], [], "solid"],
    ["a thin point is hollow and part of the line", "ftf", [[5, 15, 25]], [], "hollow"],
  ])("%s", (_, letters, path, tail, dots) => {
    const drawn = prepareLine(hours(letters), x, y);
    expect(runs(drawn.path)).toEqual(path);
    expect(runs(drawn.tail)).toEqual(tail);
    expect(drawn.dots.map((dot) => dot.look).join(" ")).toBe(dots);
  });

  test("ends at the last value that is drawn, also one that still runs", () => {
    expect(prepareLine(hours("ffu"), x, y).end).toMatchObject({ x: 25, y: 97 });
    expect(prepareLine(hours("ffg"), x, y).end).toMatchObject({ x: 15, y: 98 });
    expect(prepareLine(hours("gng"), x, y).end).toBeNull();
  });

  test("whatever comes, what is drawn are numbers within the drawing", () => {
    fc.assert(
      fc.property(anyPoints, fc.double({ min: 0, max: 1e9, noNaN: true }), (points, highest) => {
        const scale = { ...valueAxis(highest, 3), px0: 100, px1: 0 };
        const { path, tail, band, dots } = prepareLine(points, x, scale);
        for (const drawn of [path, tail, band]) expect(drawn).not.toMatch(/NaN|Infinity|null|undefined/);
        const heights = `${path}${tail}${band}`
          .split(/[MLZ]/)
          .filter(Boolean)
          .map((at) => Number(at.split(" ")[1]));
        for (const at of [...heights, ...dots.map((dot) => dot.y)]) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at).toBeLessThanOrEqual(100);
        }
      }),
    );
  });

  test("no line is drawn across an hour without a value, and no value is lost", () => {
    fc.assert(
      fc.property(anyPoints, (points) => {
        const { path, tail, dots } = prepareLine(points, x, y);
        const drawn = [...runs(path), ...runs(tail)];
        const values = points.filter(hasValue).map(middle);
        for (const run of drawn) {
          const from = fromPx(x, run[0] ?? 0);
          const to = fromPx(x, run.at(-1) ?? 0);
          for (let at = from; at <= to; at += HOUR) expect(values).toContain(at);
        }
        const seen = new Set([...drawn.flat(), ...dots.map((dot) => dot.x)].map((px) => fromPx(x, px)));
        expect([...seen].sort((a, b) => a - b)).toEqual(values);
      }),
    );
  });

  test("the large drawing breaks where the small one does", () => {
    fc.assert(
      fc.property(anyPoints, (points) => {
        const joined: number[] = [];
        const rows = plotRows(points, y);
        for (const [index, row] of rows.entries()) {
          const next = rows[index + 1];
          if (next && row.over !== null && next.over !== null) joined.push(row.x, next.x);
          if (next && row.running !== null && next.running !== null) joined.push(row.x, next.x);
        }
        const { path, tail } = prepareLine(points, x, y);
        const small = [...runs(path), ...runs(tail)].flat().map((px) => fromPx(x, px));
        expect([...new Set(joined)].sort((a, b) => a - b)).toEqual([...new Set(small)].sort((a, b) => a - b));
      }),
    );
  });
});
