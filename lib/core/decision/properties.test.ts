import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { whyLessSafe } from "./at-least-as-safe.ts";
import { decide } from "./decide.ts";
import { decision } from "./decision.ts";
import { isTightening } from "./is-tightening.ts";
import type { Ruleset } from "./ruleset.ts";
import { ruleset as rulesetSchema } from "./ruleset.ts";
import { condition, context, control, controls, FEATURE, inputs, NOW, ruleset } from "./testing/arbitraries.ts";
import { withControls } from "./with-controls.ts";

// Many runs in one test: slow only on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const RUNS = { numRuns: 600 };

/** The order of keys turned round, deeply: what no decision may depend on. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

const copy = <T>(value: T): T => structuredClone(value);

describe("properties of decide", () => {
  test("the random rulesets are valid, and use AI often enough to show anything", () => {
    let ai = 0;
    fc.assert(
      fc.property(ruleset, context, inputs, (rules, ctx, ins) => {
        rulesetSchema.parse(rules);
        const result = decide(rules, FEATURE, ctx, ins);
        decision.parse(result);
        if (result.serve === "ai") ai++;
      }),
      RUNS,
    );
    expect(ai).toBeGreaterThan(50);
  });

  test("the order in which anything stands never matters", () => {
    fc.assert(
      fc.property(ruleset, context, inputs, (rules, ctx, ins) => {
        const turned: Ruleset = JSON.parse(JSON.stringify(reversed(rules)));
        const told = ctx.scenarios === undefined ? ctx : { ...ctx, scenarios: ctx.scenarios.toReversed() };
        expect(decide(turned, FEATURE, told, ins)).toEqual(decide(rules, FEATURE, ctx, ins));
      }),
      RUNS,
    );
  });

  test("adding controls never makes a decision less safe, and lifting them restores it exactly", () => {
    fc.assert(
      fc.property(ruleset, controls, context, inputs, (rules, added, ctx, ins) => {
        const before = decide(rules, FEATURE, ctx, ins);
        const tightened = withControls(rules, added);
        const after = decide(tightened, FEATURE, ctx, ins);
        expect(whyLessSafe({ ruleset: rules, decision: before }, { ruleset: tightened, decision: after })).toBeNull();
        const lifted = { ...tightened, controls: copy(rules.controls) };
        expect(decide(lifted, FEATURE, ctx, ins)).toEqual(before);
      }),
      { numRuns: 2_500 },
    );
  });

  test("a control that has expired holds no longer, and one that has not, does", () => {
    fc.assert(
      fc.property(ruleset, control, context, inputs, (rules, added, ctx, ins) => {
        const before = decide(rules, FEATURE, ctx, ins);
        const gone = withControls(rules, { z: { ...added, expiresAt: ins.now } });
        expect(decide(gone, FEATURE, ctx, ins)).toEqual(before);
        const lasting = decide(withControls(rules, { z: { ...added, expiresAt: ins.now + 1 } }), FEATURE, ctx, ins);
        const unlimited = decide(withControls(rules, { z: { ...added, expiresAt: null } }), FEATURE, ctx, ins);
        expect(lasting).toEqual(unlimited);
      }),
      RUNS,
    );
  });

  test("raising a percentage only adds people", () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.nat(100_000),
        fc.string({ minLength: 1 }),
        fc.nat(0xffffffff),
        (a, b, userId, seed) => {
          const rules = (to: number) => percent(to, seed);
          const ins = { now: NOW, requestId: "q" };
          const before = decide(rules(Math.min(a, b)), FEATURE, { userId }, ins);
          const after = decide(rules(Math.max(a, b)), FEATURE, { userId }, ins);
          if (before.arm === "x") expect(after.arm).toBe("x");
          expect(after.slot).toBe(before.slot);
        },
      ),
      RUNS,
    );
  });

  test("what is unknown never turns AI on: without an attribute, controls and envelopes are no looser", () => {
    fc.assert(
      fc.property(ruleset, context, inputs, fc.constantFrom("country", "length", "vip"), (rules, ctx, ins, name) => {
        // Arms are left out: whose eligibility is unknown gets the current release, which is safer but another one.
        const plain = copy(rules);
        for (const feature of Object.values(plain.features)) feature.rollout = null;
        const { [name]: _, ...attributes } = ctx.attributes ?? {};
        const before = decide(plain, FEATURE, ctx, ins);
        const after = decide(plain, FEATURE, { ...ctx, attributes }, ins);
        expect(whyLessSafe({ ruleset: plain, decision: before }, { ruleset: plain, decision: after })).toBeNull();
      }),
      RUNS,
    );
  });

  test("without scenarios, controls are no looser", () => {
    fc.assert(
      fc.property(ruleset, context, inputs, (rules, ctx, ins) => {
        const plain = copy(rules);
        for (const feature of Object.values(plain.features)) {
          for (const scenario of Object.values(feature.scenarios)) scenario.ladder = feature.ladder;
        }
        const { scenarios: _, ...rest } = ctx;
        const before = decide(plain, FEATURE, ctx, ins);
        const after = decide(plain, FEATURE, rest, ins);
        expect(whyLessSafe({ ruleset: plain, decision: before }, { ruleset: plain, decision: after })).toBeNull();
      }),
      RUNS,
    );
  });

  test("an added control is always proved down, its removal never", () => {
    fc.assert(
      fc.property(ruleset, control, (rules, added) => {
        const after = withControls(rules, { added });
        expect(isTightening(rules, after)).toEqual({ down: true });
        expect(isTightening(after, rules).down).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test("narrowing an envelope by a further condition is proved down", () => {
    fc.assert(
      fc.property(ruleset, condition, (rules, also) => {
        const after = copy(rules);
        for (const feature of Object.values(after.features)) {
          feature.envelope = feature.envelope === null ? also : { kind: "all", of: [also, feature.envelope] };
        }
        expect(isTightening(rules, after)).toEqual({ down: true });
      }),
      { numRuns: 200 },
    );
  });
});

function percent(to: number, seed: number): Ruleset {
  const chain = [{ provider: "a", model: "m", timeoutMs: 1 }];
  const release = {
    feature: FEATURE,
    name: "R",
    blob: "b",
    chain,
    standing: "unproven" as const,
    knownGoodSince: null,
  };
  return {
    schemaVersion: 1,
    environment: "production",
    epoch: "0b0e8f0e-3c55-4d3c-9d6c-0d8f1f3a7c11",
    version: 1,
    staleAfter: { coldStartMs: 1, runningMs: 1 },
    userHashKey: "",
    attributes: {},
    cohorts: {},
    approvedReroutes: [],
    releases: { r1: release, r2: release },
    filters: {},
    texts: {},
    features: {
      [FEATURE]: {
        name: "Feature",
        on: true,
        envelope: null,
        release: "r1",
        mode: "autonomous",
        reviewBelow: 0,
        minConfidence: 0,
        maxLatencyMs: 1,
        stream: false,
        sampleShare: 0,
        scenarios: {},
        ladder: [],
        rollout: {
          id: "ro",
          seed,
          eligible: null,
          arms: [{ key: "x", release: "r2", ranges: [{ from: 0, to }] }],
          shadow: null,
        },
        pins: [],
        exposureFilter: null,
        rolloutFilter: null,
      },
    },
    controls: {},
  };
}
