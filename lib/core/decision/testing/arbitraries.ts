import fc from "fast-check";
import type { Condition } from "../condition.ts";
import { RUNG_KINDS } from "../constants.ts";
import type { DecisionContext, DecisionInputs } from "../decision.ts";
import type { Effect } from "../effect.ts";
import type { ChainStep, Control, Feature, Release, Rollout, Ruleset, Rung } from "../ruleset.ts";
import { hashUser } from "../user-hash.ts";

/**
 * Random rulesets and requests for the properties. The words are few, so that rules and requests meet often; every ruleset is valid by its schema.
 */
export const NOW = 1_771_408_800_000; // 2026-02-18T10:00Z, a Wednesday
const KEY = "a2V5IGZvciBwcm9wZXJ0aWVz";
export const RELEASES = ["r1", "r2", "r3", "r4"] as const;
const USERS = ["u0", "u1", "u2", "u3", "u4", "u5"] as const;
const SCENARIOS = ["low", "mid", "high", "worst"] as const;
const COHORTS = ["c1", "c2", "c3"] as const;
const FILTERS = ["f1", "f2", "gone"] as const;
export const FEATURE = "f";

const model = fc.record({ provider: fc.constantFrom("a", "b"), model: fc.constantFrom("m", "n") });
const share = fc.constantFrom(0, 0.25, 0.5, 0.75, 1);

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    kind: fc.constant("is" as const),
    attribute: fc.constantFrom("country", "undeclared"),
    anyOf: fc.uniqueArray(fc.constantFrom("DE", "FR", "IT"), { minLength: 1 }),
  }),
  fc.record({
    kind: fc.constant("compare" as const),
    attribute: fc.constant("length"),
    op: fc.constantFrom("<", "<=", ">", ">="),
    value: fc.nat(4),
  }),
  fc.record({
    kind: fc.constant("is" as const),
    attribute: fc.constant("vip"),
    anyOf: fc.constantFrom(true, false).map((value) => [value]),
  }),
  fc.record({ kind: fc.constant("cohort" as const), cohort: fc.constantFrom(...COHORTS, "gone") }),
);

export const condition: fc.Arbitrary<Condition> = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.record({ kind: fc.constant("all" as const), of: fc.array(tie("tree"), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant("any" as const), of: fc.array(tie("tree"), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant("not" as const), of: tie("tree") }),
  ),
})).tree;

export const effect: fc.Arbitrary<Effect> = fc.oneof(
  fc.record({ kind: fc.constant("serve" as const), cause: fc.constantFrom("quality", "availability", "cost") }),
  fc.record({ kind: fc.constant("rung" as const), rung: fc.constantFrom(...RUNG_KINDS) }),
  fc.record({ kind: fc.constant("suggest" as const) }),
  fc.record({ kind: fc.constant("reviewBelow" as const), value: share }),
  fc.record({ kind: fc.constant("minConfidence" as const), value: share }),
  fc.record({ kind: fc.constant("maxLatency" as const), ms: fc.constantFrom(100, 1000, 5000) }),
  fc.record({
    kind: fc.constant("hold" as const),
    of: fc.constantFrom("feature", "rollout"),
    filter: fc.constantFrom(...FILTERS),
  }),
  fc.record({
    kind: fc.constant("hold" as const),
    of: fc.constant("rollout" as const),
    filter: fc.constantFrom(...FILTERS),
  }),
  fc.record({ kind: fc.constant("stopModel" as const) }),
  fc.record({ kind: fc.constant("reroute" as const), to: model }),
  fc.record({ kind: fc.constant("reroute" as const), to: fc.record({ provider: fc.constantFrom("a", "b") }) }),
  fc.record({ kind: fc.constant("chainStart" as const), index: fc.nat(3) }),
  fc.record({ kind: fc.constant("rateLimit" as const), perHour: fc.nat(3) }),
  fc.record({
    kind: fc.constant("notice" as const),
    id: fc.constantFrom("n1", "n2"),
    text: fc.constantFrom("x", "y"),
    at: fc.nat(2),
  }),
);

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });

const scope = fc
  .record({
    provider: maybe(fc.constantFrom("a", "b")),
    model: maybe(fc.constantFrom("m", "n")),
    feature: maybe(fc.constantFrom(FEATURE, "other")),
    scenario: maybe(fc.constantFrom(...SCENARIOS, "undeclared")),
    cohort: maybe(fc.constantFrom(...COHORTS, "gone")),
  })
  .map((dimensions) => JSON.parse(JSON.stringify(dimensions)) as typeof dimensions);

export const control: fc.Arbitrary<Control> = fc.record({
  sentence: fc.constantFrom("One order.", "Another order."),
  scope,
  effects: fc.array(effect, { minLength: 1, maxLength: 2 }),
  expiresAt: fc.constantFrom(null, null, NOW - 1, NOW, NOW + 1),
  code: fc.constantFrom("control", "stale", "local-stop"),
});

export const controls = fc.dictionary(fc.constantFrom("k1", "k2", "k3", "k4", "k5", "k6"), control, { maxKeys: 6 });

const rung: fc.Arbitrary<Rung> = fc.record(
  {
    kind: fc.constantFrom(...RUNG_KINDS),
    content: fc.constantFrom("one", "two"),
    staffed: fc.constantFrom(
      { zone: "Europe/Berlin", days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" },
      { zone: "Asia/Tokyo", days: [3], from: "22:00", to: "06:00" },
      { zone: "Nowhere/Land", days: [1], from: "00:00", to: "24:00" },
    ),
  },
  { requiredKeys: ["kind", "content"] },
);
export const ladder = fc.array(rung, { maxLength: 4 });

const step: fc.Arbitrary<ChainStep> = model.chain((m) =>
  fc.record({ provider: fc.constant(m.provider), model: fc.constant(m.model), timeoutMs: fc.constantFrom(1, 2) }),
);

const release: fc.Arbitrary<Release> = fc.record({
  feature: fc.constantFrom(FEATURE, FEATURE, FEATURE, "other"),
  name: fc.constant("Release"),
  blob: fc.constant("b"),
  chain: fc.array(step, { maxLength: 4 }),
  standing: fc.constantFrom("unproven", "known-good", "known-good", "withdrawn"),
  knownGoodSince: fc.constantFrom(null, 1, 2, 3),
});

const range = fc.record({ from: fc.constantFrom(0, 20_000, 50_000), to: fc.constantFrom(20_000, 60_000, 100_000) });

export const rollout: fc.Arbitrary<Rollout> = fc.record({
  id: fc.constantFrom("ro", "ro", "ro", "another"),
  seed: fc.constantFrom(7, 7, 7, 8),
  eligible: fc.option(condition, { freq: 1 }),
  arms: fc.array(
    fc.record({
      key: fc.constantFrom("x", "y", "current"),
      release: fc.constantFrom(...RELEASES, "gone"),
      ranges: fc.array(range, { maxLength: 2 }),
    }),
    { maxLength: 2 },
  ),
  shadow: fc.option(fc.record({ release: fc.constantFrom(...RELEASES), share }), { freq: 1 }),
});

const scenario = (risk: "low" | "medium" | "high") =>
  fc.record({ name: fc.constant("S"), risk: fc.constant(risk), ladder });

const pin = fc.record({
  userHash: fc.constantFrom(...USERS).map((user) => hashUser(KEY, user) ?? ""),
  release: fc.constantFrom(...RELEASES),
  until: fc.constantFrom(NOW - 1, NOW + 1),
});

export const feature: fc.Arbitrary<Feature> = fc.record({
  name: fc.constant("Feature"),
  on: fc.constantFrom(true, true, true, false),
  envelope: fc.option(condition, { freq: 1 }),
  release: fc.constantFrom(...RELEASES, "r1", "r2", "gone"),
  mode: fc.constantFrom("autonomous", "suggestion"),
  reviewBelow: share,
  minConfidence: fc.constantFrom(0, 0, 0.5),
  maxLatencyMs: fc.constantFrom(900, 9000),
  stream: fc.boolean(),
  sampleShare: share,
  scenarios: fc.record({
    low: scenario("low"),
    mid: scenario("medium"),
    high: scenario("high"),
    worst: scenario("high"),
  }),
  ladder,
  rollout: fc.option(rollout, { freq: 4 }),
  pins: fc.array(pin, { maxLength: 1 }),
  exposureFilter: fc.constant(null),
  rolloutFilter: fc.constant(null),
});

const filter = fc.record({
  blob: fc.constantFrom("b1", "b2"),
  hashes: fc.constant(1),
  size: fc.constant(64),
  bits: fc.constantFrom("pV+qVqVfqlY=", "//////////8=", "AAAAAAAAAAA=", undefined),
});

const cohort = fc.record({ name: fc.constant("Cohort"), version: fc.constant(1), when: condition });

export const ruleset: fc.Arbitrary<Ruleset> = fc.record({
  schemaVersion: fc.constant(1 as const),
  environment: fc.constant("production"),
  epoch: fc.constant("0b0e8f0e-3c55-4d3c-9d6c-0d8f1f3a7c11"),
  version: fc.constant(1),
  staleAfter: fc.constant({ coldStartMs: 1, runningMs: 2 }),
  userHashKey: fc.constant(KEY),
  attributes: fc.constant({
    country: { type: "string" as const },
    length: { type: "number" as const },
    vip: { type: "boolean" as const },
  }),
  cohorts: fc.record({ c1: cohort, c2: cohort, c3: cohort }),
  approvedReroutes: fc.array(fc.record({ from: model, to: model }), { maxLength: 2 }),
  releases: fc.record({ r1: release, r2: release, r3: release, r4: release }),
  filters: fc.record({ f1: filter, f2: filter }),
  texts: fc.constant({ one: "One", two: "Two" }),
  features: fc.record({ [FEATURE]: feature }),
  controls,
});

const token = fc.constantFrom(
  ...RELEASES.flatMap((id) => [
    JSON.stringify(["", "", id]),
    JSON.stringify(["ro", "x", id]),
    JSON.stringify(["ro", "y", id]),
  ]),
);

export const context: fc.Arbitrary<DecisionContext> = fc.record(
  {
    userId: fc.constantFrom(...USERS),
    scenarios: fc.uniqueArray(fc.constantFrom(...SCENARIOS, "undeclared"), { maxLength: 3 }),
    attributes: fc.record(
      {
        country: fc.constantFrom<string | number>("DE", "FR", "IT", "XX", 5),
        length: fc.constantFrom<string | number>(0, 1, 2, 3, 4, "3"),
        vip: fc.constantFrom<boolean | string>(true, false, "yes"),
        undeclared: fc.constantFrom("DE"),
      },
      { requiredKeys: [] },
    ),
    sticky: token,
  },
  { requiredKeys: [] },
);

export const inputs: fc.Arbitrary<DecisionInputs> = fc.record(
  {
    now: fc.constantFrom(NOW, NOW + 1, NOW + 8 * 3_600_000, NOW + 80 * 3_600_000),
    requestId: fc.constantFrom("q1", "q2", "q3", "q4", "q5"),
    usage: fc.record({ perHour: fc.nat(4) }),
  },
  { requiredKeys: ["now", "requestId"] },
);
