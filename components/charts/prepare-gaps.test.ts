import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyPoints, lineOf } from "./example-lines.ts";
import { gapsOf, prepareGaps, unreported } from "./prepare-gaps.ts";
import { prepareMarkers } from "./prepare-markers.ts";

const HOUR = 3_600_000;
const x = { from: 0, to: 40 * HOUR, px0: 40, px1: 440 };

describe("spans in which nobody reported", () => {
  test.each([
    ["none", ["fff"], []],
    ["neighbours are one", ["fggf"], [[1, 3]]],
    [
      "also at the ends",
      ["gfg"],
      [
        [0, 1],
        [2, 3],
      ],
    ],
    ["not where another line reported", ["fgg", "ffg"], [[2, 3]]],
    ["an hour in which nothing happened is none", ["fnf"], []],
  ])("%s", (_, lines, spans) => {
    const found = gapsOf(lines.map((letters) => lineOf(letters)));
    expect(found.map(({ from, to }) => [from / HOUR, to / HOUR])).toEqual(spans);
  });

  test("are told apart from those of which nothing is known yet, and their words do not touch either", () => {
    const gaps = gapsOf([lineOf("fgfee")]);
    expect(gaps.map(({ from, to, why }) => [from / HOUR, to / HOUR, why])).toEqual([
      [1, 2, "gap"],
      [3, 5, "early"],
    ]);
    expect(unreported(gaps)).toHaveLength(1);
    const drawn = prepareGaps(gaps, x);
    expect(drawn.map(({ words }) => words?.text)).toEqual(["nobody reported", undefined]);
    expect(prepareGaps(gaps.slice(1), x)[0]?.words?.text).toBe("not known yet");
  });

  test("beyond the axis are not drawn at its edge", () => {
    const far = [
      { from: -5 * HOUR, to: -2 * HOUR, why: "gap" as const },
      { from: 41 * HOUR, to: 42 * HOUR, why: "gap" as const },
    ];
    expect(prepareGaps(far, x)).toEqual([]);
  });

  test("are seen within the drawing, and their words do not touch", () => {
    fc.assert(
      fc.property(anyPoints, (points) => {
        const drawn = prepareGaps(gapsOf([{ points }]), x);
        let free = x.px0;
        for (const { x: left, width, words } of drawn) {
          expect(width).toBeGreaterThan(0);
          expect(left).toBeGreaterThanOrEqual(x.px0);
          expect(left + width).toBeLessThanOrEqual(x.px1 + 1e-6);
          if (!words) continue;
          expect(words.x - 50).toBeGreaterThanOrEqual(free - 1e-6);
          free = words.x + 50;
        }
        if (drawn.length > 0) expect(drawn[0]?.words?.text).toMatch(/^(?:nobody reported|not known yet)$/);
      }),
    );
  });
});

describe("changes on the time axis", () => {
  const at = (...hours: number[]) =>
    hours.map((hour, index) => ({
      ...{ id: String(index), at: hour * HOUR, kind: "control" as const, who: "Ada", why: null },
      ...{ sentence: `Change ${index}.`, href: `/${index}` },
    }));

  test.each([
    ["stand alone where there is room", [1, 10], ["Control placed", "Control placed"]],
    ["are one where they lie close together", [10, 11, 12], ["3 changes"]],
    ["do not swallow all that follow each other", [1, 3, 5], ["2 changes", "Control placed"]],
    ["are left out beyond the axis", [-1, 5, 41], ["Control placed"]],
  ])("%s", (_, hours, labels) => {
    expect(prepareMarkers(at(...hours), x, 28).map(({ label }) => label)).toEqual(labels);
  });

  test("none is lost, and no two marks touch", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 40, noNaN: true }), { maxLength: 20 }), (hours) => {
        const groups = prepareMarkers(at(...hours), x, 28);
        expect(groups.flatMap(({ markers }) => markers).length).toBe(hours.length);
        for (const [index, group] of groups.entries()) {
          const before = groups[index - 1];
          if (before) expect(group.x - before.x).toBeGreaterThanOrEqual(28);
        }
      }),
    );
  });
});
