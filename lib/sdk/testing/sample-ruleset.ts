import type { Control, Feature, Release, Ruleset } from "../../core/decision/ruleset.ts";

const ladder = (name: string): Feature["ladder"] => [
  { kind: "cached", content: `${name}-cached` },
  { kind: "template", content: `${name}-template` },
  { kind: "manual", content: `${name}-manual` },
];

const release = (name: string): Release => ({
  feature: "reply-assistant",
  name,
  blob: "0".repeat(64),
  chain: [
    { provider: "provider-x", model: "x-large", timeoutMs: 3000 },
    { provider: "provider-y", model: "y-small", timeoutMs: 1000 },
  ],
  standing: "known-good",
  knownGoodSince: 1,
});

/** Rules of a small environment: one feature with a risky and a harmless scenario. */
export const sampleRuleset: Ruleset = {
  schemaVersion: 1,
  environment: "production",
  epoch: "11111111-1111-4111-8111-111111111111",
  version: 7,
  staleAfter: { coldStartMs: 15 * 60_000, runningMs: 24 * 3_600_000 },
  userHashKey: Buffer.from("a key of the environment").toString("base64"),
  attributes: { country: { type: "string" }, plan: { type: "string" } },
  cohorts: { "de-users": { name: "Germany", version: 1, when: { kind: "is", attribute: "country", anyOf: ["DE"] } } },
  approvedReroutes: [],
  releases: { r1: release("Release 1"), r2: release("Release 2") },
  filters: {},
  texts: { "billing-template": "A colleague answers you today.", "billing-manual": "Please use the form." },
  features: {
    "reply-assistant": {
      name: "Reply assistant",
      on: true,
      envelope: null,
      release: "r1",
      mode: "autonomous",
      reviewBelow: 0,
      minConfidence: 0,
      maxLatencyMs: 8000,
      stream: true,
      sampleShare: 0,
      scenarios: {
        billing: { name: "Billing", risk: "high", ladder: ladder("billing") },
        shipping: { name: "Shipping", risk: "low", ladder: ladder("shipping") },
      },
      ladder: ladder("general"),
      rollout: null,
      pins: [],
      exposureFilter: null,
      rolloutFilter: null,
    },
  },
  controls: {},
};

/** "Disable AI replies for billing cases". */
export const stopBilling: Control = {
  sentence: "Disable AI replies for billing cases",
  scope: { feature: "reply-assistant", scenario: "billing" },
  effects: [{ kind: "serve", cause: "quality" }],
  expiresAt: null,
  code: "control",
};

/** The ruleset with these controls and nothing else changed. */
export function withOnly(ruleset: Ruleset, controls: Record<string, Control>): Ruleset {
  return { ...ruleset, controls };
}

/** The ruleset with the reply assistant changed. */
export function withFeature(ruleset: Ruleset, change: Partial<Feature>): Ruleset {
  const feature = ruleset.features["reply-assistant"];
  if (!feature) throw new Error("no reply assistant");
  return { ...ruleset, features: { ...ruleset.features, "reply-assistant": { ...feature, ...change } } };
}
