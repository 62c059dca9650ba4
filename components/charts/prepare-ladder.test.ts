import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RUNGS, type Rung } from "#lib/core/metrics/rungs.ts";
import type { LadderPoint } from "#lib/services/metrics/schema.ts";
import { ladderLines, ladderSummary, ladderTotals, prepareLadder } from "./prepare-ladder.ts";

const HOUR = 3_600_000;
const y = { from: 0, to: 1, px0: 200, px1: 0 };
const x = { from: 0, to: 12 * HOUR, px0: 0, px1: 240 };

function bucket(index: number, state: LadderPoint["state"], counts: Partial<Record<Rung, number>>): LadderPoint {
  const all = Object.fromEntries(RUNGS.map((rung) => [rung, counts[rung] ?? 0])) as Record<Rung, number>;
  return { at: index * HOUR, until: (index + 1) * HOUR, state, counts: all };
}

const anyLadder = fc
  .array(
    fc.tuple(
      fc.constantFrom("full" as const, "unfinished" as const, "gap" as const),
      fc.dictionary(fc.constantFrom(...RUNGS), fc.nat(1000)),
    ),
    { maxLength: 12 },
  )
  .map((buckets) => buckets.map(([state, counts], index) => bucket(index, state, counts)));

describe("the ladder", () => {
  const points = [
    bucket(0, "full", { primary: 60, person: 20 }),
    bucket(1, "gap", { primary: 9 }),
    bucket(2, "full", {}),
    bucket(3, "unfinished", { primary: 20 }),
  ];

  test("is drawn from the best rung up; a gap and an hour without decisions have no bar", () => {
    const bars = prepareLadder(points, x, y).map(({ parts }) =>
      parts.map(({ rung, y: top, height }) => [rung, top, height]),
    );
    expect(bars).toEqual([
      [
        ["primary", 50, 150],
        ["person", 0, 50],
      ],
      [],
      [],
      [["primary", 0, 200]],
    ]);
  });

  test("comes to so much a rung, and what a gap carries does not count", () => {
    expect(ladderTotals(points)).toEqual([
      { rung: "primary", count: 80, share: 0.8 },
      { rung: "person", count: 20, share: 0.2 },
    ]);
    expect(ladderSummary(points, "UTC")).toBe(
      "First model 80%, 80 decisions. Handed to a person 20%, 20 decisions. Nobody reported from Thu 1 Jan, 01:00 to Thu 1 Jan, 02:00.",
    );
  });

  test("is told in the table by the same states", () => {
    const [first] = ladderLines(points);
    expect(first?.points.map(({ state, value, n }) => [state, value, n])).toEqual([
      ["full", 0.75, 80],
      ["gap", null, 0],
      ["none", null, 0],
      ["unfinished", 1, 20],
    ]);
  });

  test("every bar is whole, and its shares are those of the table", () => {
    fc.assert(
      fc.property(anyLadder, (ladder) => {
        const bars = prepareLadder(ladder, x, y);
        const lines = ladderLines(ladder);
        for (const [index, { parts, total }] of bars.entries()) {
          const height = parts.reduce((sum, part) => sum + part.height, 0);
          expect(height).toBeCloseTo(total > 0 ? 200 : 0, 6);
          for (const { rung, share } of parts) {
            expect(lines.find((line) => line.key === rung)?.points[index]?.value).toBeCloseTo(share, 12);
          }
        }
        const all = ladderTotals(ladder).reduce((sum, { share }) => sum + share, 0);
        expect(all).toBeCloseTo(lines.length > 0 ? 1 : 0, 9);
      }),
    );
  });
});
