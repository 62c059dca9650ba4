import fc from "fast-check";
import type { Feature, Ruleset } from "../../decision/ruleset.ts";

/** Rulesets for the tests of this folder. Their entities are any JSON: delivery carries them without reading them. */
export const emptyRuleset: Ruleset = {
  schemaVersion: 1,
  environment: "production",
  epoch: "00000000-0000-4000-8000-00000000000a",
  version: 1,
  staleAfter: { coldStartMs: 900_000, runningMs: 86_400_000 },
  userHashKey: "a2V5",
  attributes: {},
  cohorts: {},
  approvedReroutes: [],
  releases: {},
  filters: {},
  texts: {},
  features: {},
  controls: {},
};

const table = fc.dictionary(
  fc.oneof(fc.constantFrom("a", "b", "a/b", "__proto__", "head"), fc.string()),
  fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value))),
  { maxKeys: 5 },
);

/** Any ruleset, with ordinary prototypes (as `JSON.parse` makes them) and few enough keys that two of them overlap. */
export const anyRuleset: fc.Arbitrary<Ruleset> = fc
  .record({
    version: fc.nat(1000),
    userHashKey: fc.string(),
    attributes: table,
    cohorts: table,
    releases: table,
    filters: fc.dictionary(
      fc.string({ maxLength: 2 }),
      fc.record({ blob: fc.string({ maxLength: 2 }), hashes: fc.nat(20), size: fc.nat(1000) }),
    ),
    texts: table,
    features: table,
    controls: table,
  })
  .map((tables) => JSON.parse(JSON.stringify({ ...emptyRuleset, ...tables })) as Ruleset);

function sampleFeature(index: number): Feature {
  const ladder = (["cached", "template", "static", "manual"] as const).map((kind) => ({
    kind,
    content: `${kind}-${index}`,
  }));
  const scenarios = ["billing", "refunds", "shipping", "card", "account", "delivery", "returns", "other"];
  return {
    name: `Feature ${index}`,
    on: true,
    envelope: { kind: "is", attribute: "country", anyOf: ["DE", "FR", "NL", "AT", "BE"] },
    release: `release-${index}`,
    mode: "autonomous",
    reviewBelow: 0,
    minConfidence: 0.5,
    maxLatencyMs: 10_000,
    stream: true,
    sampleShare: 0.01,
    scenarios: Object.fromEntries(scenarios.map((key) => [key, { name: key, risk: "high" as const, ladder }])),
    ladder,
    rollout: null,
    pins: Array.from({ length: 20 }, (_, pin) => ({
      userHash: `${index}-${pin}`.padStart(32, "0"),
      release: "old",
      until: 1e12,
    })),
    exposureFilter: null,
    rolloutFilter: null,
  };
}

/** 500 features of about 4 kB each with their texts: the size at which a slice must still stay under 5 ms. */
export const bigRuleset: Ruleset = {
  ...emptyRuleset,
  features: Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`feature-${i}`, sampleFeature(i)])),
  texts: Object.fromEntries(
    Array.from({ length: 2000 }, (_, i) => [`text-${i}`, `A person will answer case ${i} by tomorrow.`]),
  ),
};
