import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { whyLessSafe } from "./at-least-as-safe.ts";
import { decide } from "./decide.ts";
import { isTightening } from "./is-tightening.ts";
import { context, FEATURE, inputs, NOW, ruleset } from "./testing/arbitraries.ts";
import { change } from "./testing/arbitrary-changes.ts";

/** Random requests, drawn once: each pair of rulesets gets 1,000 of them from a random place on. */
const requests = fc.sample(fc.record({ context, inputs }), 10_000);

describe("isTightening", () => {
  test("is sound: if it says down, none of 1,000 random requests gets a less safe decision", () => {
    let proved = 0;
    fc.assert(
      fc.property(
        ruleset,
        fc.array(change, { minLength: 1, maxLength: 3 }),
        fc.nat(requests.length),
        (before, changes, first) => {
          const after = structuredClone(before);
          for (const apply of changes) apply(after);
          if (!isTightening(before, after, NOW).down) return;
          proved++;
          for (const { context: ctx, inputs: ins } of [...requests, ...requests].slice(first, first + 1_000)) {
            const was = { ruleset: before, decision: decide(before, FEATURE, ctx, ins) };
            const is = { ruleset: after, decision: decide(after, FEATURE, ctx, ins) };
            const because = whyLessSafe(was, is);
            if (because !== null) expect.fail(`${because}: ${JSON.stringify({ before, after, ctx, ins })}`);
          }
        },
      ),
      { numRuns: 400 },
    );
    expect(proved).toBeGreaterThan(40);
  }, 300_000);
});
