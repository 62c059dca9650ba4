import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { context, FEATURE, inputs, NOW, ruleset } from "./arbitraries.ts";
import { change } from "./arbitrary-changes.ts";
import { whyLessSafe } from "./at-least-as-safe.ts";
import { decide } from "./decide.ts";
import { isTightening } from "./is-tightening.ts";

const requests = fc.record({ context, inputs });

describe("isTightening", () => {
  test("is sound: if it says down, none of 1,000 random requests gets a less safe decision", () => {
    let proved = 0;
    fc.assert(
      fc.property(ruleset, fc.array(change, { minLength: 1, maxLength: 3 }), fc.integer(), (before, changes, seed) => {
        const after = structuredClone(before);
        for (const apply of changes) apply(after);
        if (!isTightening(before, after, NOW).down) return;
        proved++;
        for (const { context: ctx, inputs: ins } of fc.sample(requests, { numRuns: 1_000, seed })) {
          const was = { ruleset: before, decision: decide(before, FEATURE, ctx, ins) };
          const is = { ruleset: after, decision: decide(after, FEATURE, ctx, ins) };
          expect(whyLessSafe(was, is), JSON.stringify({ before, after, ctx, ins })).toBeNull();
        }
      }),
      { numRuns: 400 },
    );
    expect(proved).toBeGreaterThan(40);
  }, 60_000);
});
