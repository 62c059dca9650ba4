import type { Condition } from "../../core/decision/condition.ts";
import type { Effect } from "../../core/decision/effect.ts";
import type { Control, Feature, Release, Ruleset, Scenario } from "../../core/decision/ruleset.ts";

const BLOB = "0".repeat(64);

function ladder(name: string): Scenario["ladder"] {
  return [
    { kind: "cached", content: `${name}.cached` },
    { kind: "template", content: `${name}.template` },
    { kind: "manual", content: `${name}.manual` },
  ];
}

function release(feature: string, standing: Release["standing"]): Release {
  return {
    feature,
    name: `Release of ${feature}`,
    blob: BLOB,
    chain: [
      { provider: "acme", model: "large", timeoutMs: 8_000 },
      { provider: "zeta", model: "small", timeoutMs: 4_000 },
    ],
    standing,
    knownGoodSince: standing === "known-good" ? 1_760_000_000_000 : null,
  };
}

/** A quarter of the people from two countries with short messages get the next release. */
function feature(key: string, scenarios: Record<string, Scenario>): Feature {
  const eligible: Condition = {
    kind: "all",
    of: [
      { kind: "is", attribute: "country", anyOf: ["DE", "FR"] },
      { kind: "compare", attribute: "contentLength", op: "<", value: 500 },
    ],
  };
  return {
    name: key,
    on: true,
    envelope: null,
    release: `${key}-now`,
    mode: "autonomous",
    reviewBelow: 0,
    minConfidence: 0,
    maxLatencyMs: 10_000,
    stream: true,
    sampleShare: 0,
    scenarios,
    ladder: ladder(key),
    rollout: {
      id: `${key}-rollout`,
      seed: 12_345,
      eligible,
      arms: [{ key: "candidate", release: `${key}-next`, ranges: [{ from: 0, to: 25_000 }] }],
      shadow: null,
    },
    pins: [],
    exposureFilter: null,
    rolloutFilter: null,
  };
}

function ruleset(keys: string[], scenarios: Record<string, Scenario>, controls: Record<string, Control>): Ruleset {
  const releases = keys.flatMap((key): [string, Release][] => [
    [`${key}-now`, release(key, "known-good")],
    [`${key}-next`, release(key, "unproven")],
  ]);
  return {
    schemaVersion: 1,
    environment: "production",
    epoch: "0b0e8f0e-3c55-4d3c-9d6c-0d8f1f3a7c11",
    version: 412,
    staleAfter: { coldStartMs: 900_000, runningMs: 86_400_000 },
    userHashKey: "a2V5IG9mIHRoZSBiZW5jaG1hcms=",
    attributes: { country: { type: "string" }, plan: { type: "string" }, contentLength: { type: "number" } },
    cohorts: {
      germany: { name: "Germany", version: 1, when: { kind: "is", attribute: "country", anyOf: ["DE"] } },
      free: { name: "Free plan", version: 1, when: { kind: "is", attribute: "plan", anyOf: ["free"] } },
      long: {
        name: "Long messages",
        version: 1,
        when: { kind: "compare", attribute: "contentLength", op: ">", value: 800 },
      },
    },
    approvedReroutes: [{ from: { provider: "acme", model: "large" }, to: { provider: "nova", model: "n1" } }],
    releases: Object.fromEntries(releases),
    filters: {},
    texts: {},
    features: Object.fromEntries(keys.map((key) => [key, feature(key, scenarios)])),
    controls,
  };
}

const EFFECTS: Effect[] = [
  { kind: "serve", cause: "quality" },
  { kind: "suggest" },
  { kind: "reviewBelow", value: 0.8 },
  { kind: "maxLatency", ms: 4_000 },
  { kind: "rung", rung: "template" },
  { kind: "minConfidence", value: 0.7 },
  { kind: "rateLimit", perHour: 5 },
  { kind: "notice", id: "notice", text: "Answers may take longer today.", at: 1_771_000_000_000 },
];

/** 50 controls as a bad day leaves them: 4 everywhere, 4 of providers, the others of 42 features, most of a scenario or a cohort. */
function badDay(keys: string[]): Record<string, Control> {
  const cohorts = ["germany", "free", "long"];
  const controls: Record<string, Control> = {};
  for (let i = 0; i < 50; i++) {
    const effects: Effect[] = [EFFECTS[i % EFFECTS.length] ?? { kind: "suggest" }];
    const scope: Control["scope"] = {};
    if (i < 4) scope.cohort = cohorts[i % cohorts.length];
    else if (i < 6) scope.provider = "nova";
    else if (i < 8) Object.assign(scope, { provider: "acme", cohort: "long" });
    else {
      scope.feature = keys[(i * 2) % keys.length];
      if (i % 3 === 0) scope.cohort = cohorts[i % cohorts.length];
      else scope.scenario = "billing";
    }
    if (i === 7) effects.push({ kind: "stopModel" });
    controls[`control-${i}`] = { sentence: `Order ${i}`, scope, effects, expiresAt: null, code: "control" };
  }
  return controls;
}

/** 100 features with a rollout each, and 50 controls. */
export function productionRuleset(): Ruleset {
  const keys = Array.from({ length: 100 }, (_, i) => `feature-${i}`);
  const scenarios: Record<string, Scenario> = {
    billing: { name: "Billing", risk: "high", ladder: ladder("billing") },
    shipping: { name: "Shipping", risk: "low", ladder: ladder("shipping") },
  };
  return ruleset(keys, scenarios, badDay(keys));
}

/** What other feature flag engines are compared with: one feature, a rollout to 25 %, two attribute conditions, no control. */
export function simpleRuleset(): Ruleset {
  return ruleset(["reply-assistant"], {}, {});
}
