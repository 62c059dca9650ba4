import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SLOTS } from "../decision/constants.ts";
import { type ArmRanges, type ArmShare, allocate, count } from "./slot-allocation.ts";

const keys = ["a", "b", "c", "d"];
/** Shares of up to four arms that add up to at most 100 %, in thousandths. */
const anyShares: fc.Arbitrary<ArmShare[]> = fc.array(fc.nat(1000), { minLength: 1, maxLength: 4 }).map((parts) => {
  const total = Math.max(
    1000,
    parts.reduce((a, b) => a + b, 0),
  );
  return parts.map((part, i) => ({ key: keys[i] as string, share: part / total }));
});

/** Who owns each slot, "" for nobody; fails when two arms own one. */
function owners(arms: ArmRanges[]): string[] {
  const slots = new Array<string>(SLOTS).fill("");
  for (const { key, ranges } of arms)
    for (const { from, to } of ranges)
      for (let slot = from; slot < to; slot++) {
        if (slots[slot] !== "") throw new Error(`slot ${slot} has two owners`);
        slots[slot] = key;
      }
  return slots;
}

const history = fc.tuple(fc.array(anyShares, { maxLength: 3 }), anyShares);
const settle = (steps: ArmShare[][]) => steps.reduce<ArmRanges[]>((arms, shares) => allocate(arms, shares), []);

describe("allocate", () => {
  it("gives every arm its share and no slot twice", () => {
    fc.assert(
      fc.property(history, ([steps, shares]) => {
        const next = allocate(settle(steps), shares);
        owners(next);
        for (const [i, arm] of next.entries())
          expect(Math.abs(count(arm.ranges) - (shares[i]?.share ?? 0) * SLOTS)).toBeLessThanOrEqual(1.5);
      }),
      { numRuns: 40 },
    );
  });

  it("moves the fewest slots: nobody leaves an arm that grows, nobody joins one that shrinks", () => {
    fc.assert(
      fc.property(history, ([steps, shares]) => {
        const before = settle(steps);
        const after = allocate(before, shares);
        const [was, is] = [owners(before), owners(after)];
        for (const { key, ranges } of after) {
          const old = count(before.find((arm) => arm.key === key)?.ranges ?? []);
          const stay = was.filter((owner, slot) => owner === key && is[slot] === key).length;
          expect(stay).toBe(Math.min(old, count(ranges)));
        }
      }),
      { numRuns: 40 },
    );
  });

  it("raising one share only adds people", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (x, y) => {
        const before = owners(allocate([], [{ key: "a", share: Math.min(x, y) }]));
        const after = owners(
          allocate(allocate([], [{ key: "a", share: Math.min(x, y) }]), [{ key: "a", share: Math.max(x, y) }]),
        );
        expect(before.every((owner, slot) => owner === "" || after[slot] === "a")).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it("lowering and raising again brings back the same people", () => {
    const at = (arms: ArmRanges[], share: number) => allocate(arms, [{ key: "a", share }]);
    expect(at(at(at([], 0.25), 0.1), 0.25)).toEqual(at([], 0.25));
  });

  it("does nothing when nothing changes", () => {
    fc.assert(
      fc.property(history, ([steps, shares]) => {
        const arms = allocate(settle(steps), shares);
        expect(allocate(arms, shares)).toEqual(arms);
      }),
      { numRuns: 40 },
    );
  });

  it("a share of 1% is 1,000 slots", () => {
    expect(allocate([], [{ key: "a", share: 0.01 }])).toEqual([{ key: "a", ranges: [{ from: 0, to: 1000 }] }]);
  });

  it("thirds fill no more than there is", () => {
    const thirds = keys.slice(0, 3).map((key) => ({ key, share: 1 / 3 }));
    expect(owners(allocate([], thirds)).filter((owner) => owner === "").length).toBeLessThanOrEqual(1);
    const halves = [0.000005, 0.999995].map((share, i) => ({ key: keys[i] as string, share }));
    expect(allocate([], halves).reduce((sum, arm) => sum + count(arm.ranges), 0)).toBe(SLOTS);
  });

  it.each<[string, ArmShare[]]>([
    [
      "more than 100% together",
      [
        { key: "a", share: 0.6 },
        { key: "b", share: 0.5 },
      ],
    ],
    ["a negative share", [{ key: "a", share: -0.1 }]],
    ["no number", [{ key: "a", share: Number.NaN }]],
    [
      "an arm twice",
      [
        { key: "a", share: 0.1 },
        { key: "a", share: 0.1 },
      ],
    ],
  ])("refuses %s", (_, shares) => {
    expect(() => allocate([], shares)).toThrow(/./);
  });
});
