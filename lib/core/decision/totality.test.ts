import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { decide } from "./decide.ts";
import { decision } from "./decision.ts";
import { isRecord } from "./json.ts";
import { localStops } from "./local-stops.ts";
import { staleControls } from "./stale-controls.ts";
import { context, FEATURE, inputs, NOW, ruleset } from "./testing/arbitraries.ts";
import { withControls } from "./with-controls.ts";

// Many runs in one test: slow only on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

/** Anything that JSON can hold, as what a network may bring: not of the types that it should have. */
const json = fc.json({ maxDepth: 6 }).map((text) => JSON.parse(text));
const odd = fc.oneof(json, fc.constantFrom(null, "", -1, 1e300, "__proto__", [], {}, [[]], [null], { kind: "all" }));

/** A copy with the value at some place, as the numbers lead to it, exchanged for another. */
function mutated(value: unknown, way: readonly number[], other: unknown): unknown {
  const [turn, ...rest] = way;
  if (turn === undefined || typeof value !== "object" || value === null) return other;
  const keys = Object.keys(value);
  const key = keys[turn % Math.max(1, keys.length)];
  if (key === undefined) return other;
  if (Array.isArray(value))
    return value.map((entry, index) => (String(index) === key ? mutated(entry, rest, other) : entry));
  return isRecord(value) ? { ...value, [key]: mutated(value[key], rest, other) } : other;
}

describe("decide is total", () => {
  test("any JSON for ruleset, context and inputs gives a valid decision that uses no AI", () => {
    fc.assert(
      fc.property(json, fc.string(), json, json, (rules, feature, ctx, ins) => {
        const result = decide(rules, feature, ctx, ins);
        decision.parse(result);
        expect(result.serve).toBe("fallback");
        expect(result.because.map((reason) => reason.code)).toEqual(["unreadable-ruleset"]);
      }),
      { numRuns: 500 },
    );
  });

  test("a valid ruleset, context and inputs with anything anywhere in them give a valid decision", () => {
    const way = fc.array(fc.nat(40), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(
        ruleset,
        context,
        inputs,
        fc.array(fc.tuple(way, odd), { maxLength: 3 }),
        fc.nat(3),
        (rules, ctx, ins, changes, where) => {
          let given: unknown = [rules, ctx, ins];
          for (const [path, other] of changes) given = mutated(given, where < 3 ? [0, ...path] : path, other);
          const [brokenRules, brokenContext, brokenInputs] = JSON.parse(
            JSON.stringify(Array.isArray(given) ? given : []),
          );
          const result = decide(brokenRules, FEATURE, brokenContext, brokenInputs);
          decision.parse(result);
          const stopped = withControls(
            withControls(brokenRules, staleControls(brokenRules)),
            localStops("*", brokenRules),
          );
          expect(decide(stopped, FEATURE, brokenContext, brokenInputs).serve).toBe("fallback");
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("conditions and cohorts of any depth are matched without exhausting the stack", () => {
    const deep = `${'{"kind":"not","of":'.repeat(20_000)}{"kind":"all","of":[]}${"}".repeat(20_000)}`;
    const cohorts = Array.from({ length: 3_000 }, (_, i) => [
      `c${i}`,
      { when: { kind: "cohort", cohort: `c${i + 1}` } },
    ]);
    const rules = {
      ...EMPTY,
      cohorts: { ...Object.fromEntries(cohorts), deep: { when: "DEEP" } },
      features: {
        f: {
          ...FEATURE_OF_EMPTY,
          envelope: { kind: "any", of: ["c0", "deep"].map((cohort) => ({ kind: "cohort", cohort })) },
        },
      },
      controls: { k: { scope: { cohort: "deep" }, effects: [{ kind: "suggest" }], sentence: "S" } },
    };
    const result = decide(
      JSON.parse(JSON.stringify(rules).replace('"DEEP"', deep)),
      "f",
      {},
      { now: NOW, requestId: "r" },
    );
    expect(result).toMatchObject({ serve: "fallback", mode: "suggestion" });
    expect(result.because[0]).toMatchObject({ code: "outside-envelope" });
  });

  test("a feature named like a property of every object is not known", () => {
    for (const key of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
      const result = decide(JSON.parse(JSON.stringify(EMPTY)), key, {}, { now: NOW, requestId: "r" });
      expect(result.because).toMatchObject([{ code: "unknown-feature" }]);
    }
  });
});

const EMPTY = {
  schemaVersion: 1,
  epoch: "e",
  version: 1,
  features: {},
  controls: {},
  releases: {},
  attributes: {},
  filters: {},
  cohorts: {},
  approvedReroutes: [],
};

const FEATURE_OF_EMPTY = {
  on: true,
  envelope: null,
  release: "r",
  mode: "autonomous",
  reviewBelow: 0,
  minConfidence: 0,
  maxLatencyMs: 1,
  scenarios: {},
  ladder: [],
};
