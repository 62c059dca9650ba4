import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ReadinessFacts, readinessOf } from "./readiness.ts";

/** `change`: what differs from `facts`. `missing` and `evidence` by the key of the item, word for word. */
type Case = {
  name: string;
  change: Partial<ReadinessFacts>;
  missing: Record<string, string>;
  evidence?: Record<string, string>;
  sentence: string;
};

const { facts, cases } = JSON.parse(readFileSync(new URL("./readiness-cases.json", import.meta.url), "utf8")) as {
  facts: ReadinessFacts;
  cases: Case[];
};

describe("readiness cases", () => {
  test.each(cases.map((each) => [each.name, each] as const))(
    "%s",
    (_, { change, missing, evidence = {}, sentence }) => {
      const found = readinessOf({ ...facts, ...change });
      const lacking = found.items.flatMap((item) => (item.missing === null ? [] : [[item.key, item.missing]]));
      expect(Object.fromEntries(lacking)).toEqual(missing);
      expect(found.sentence).toBe(sentence);
      expect(found.ready).toBe(lacking.length === 0);
      const held = Object.fromEntries(found.items.map((item) => [item.key, item.evidence]));
      expect(held).toMatchObject(evidence);
    },
  );

  test("every item of the checklist is missing in one and holds in one", () => {
    const items = readinessOf(facts).items.map(({ key }) => key);
    expect(items).toHaveLength(7);
    expect(new Set(cases.flatMap(({ missing }) => Object.keys(missing)))).toEqual(new Set(items));
    expect(Object.keys(cases[0]?.evidence ?? {})).toEqual(items);
  });
});

test("an item either holds by something or lacks something, and it is ready when all hold", () => {
  const anyFacts = fc.record({
    launched: fc.boolean(),
    metrics: fc.subarray(["repeat-usage", "correction-time", "switch-to-manual", "acceptance-rate"]),
    scenarios: fc.array(fc.record({ name: fc.constantFrom("Billing", "Refunds"), rungs: fc.nat(2) }), { maxLength: 3 }),
    rungs: fc.nat(2),
    fallbackAgreed: fc.boolean(),
    narrowed: fc.boolean(),
    rollout: fc.option(
      fc.record({
        share: fc.constantFrom(0, 0.01, 0.5, 1),
        rest: fc.constantFrom("current" as const, "fallback" as const),
      }),
    ),
    sampleShare: fc.constantFrom(0, 0.01, 1),
    operators: fc.subarray(["Ana Silva", "Ben Okafor", "Chen Li"]),
    incidentClasses: fc.array(
      fc.record({ name: fc.constant("Unsafe tone"), trigger: fc.constantFrom("", "Two an hour.") }),
    ),
    trustFailure: fc.constantFrom("", " ", "Agents go back to the old way."),
  });
  fc.assert(
    fc.property(anyFacts, (some) => {
      const { items, ready } = readinessOf({ feature: "Reply assistant", ...some });
      for (const item of items) {
        expect(item.missing === null).toBe(item.holds);
        expect(item.evidence === null).toBe(!item.holds);
        expect(item.missing ?? item.evidence).toMatch(/\.$/);
      }
      expect(ready).toBe(items.every(({ holds }) => holds));
    }),
  );
});
