import type { Control, Feature, Ruleset, Rung } from "../../decision/ruleset.ts";
import { emptyRuleset } from "../../delivery/testing/ruleset-samples.ts";
import { sampleNames } from "./names-samples.ts";

const chain = [
  { provider: "x", model: "large", timeoutMs: 8_000 },
  { provider: "x", model: "small", timeoutMs: 8_000 },
  { provider: "y", model: "large", timeoutMs: 8_000 },
];
const release = (feature: string) => ({
  feature,
  name: "r",
  blob: "b",
  chain,
  standing: "unproven" as const,
  knownGoodSince: null,
});
const scenarios = sampleNames.features["reply-assistant"]?.scenarios;
const ladder = (name: string): Rung[] => [...(scenarios?.[name]?.ladder ?? [])];
const feature = (name: string): Feature => ({
  name,
  on: true,
  envelope: null,
  release: name,
  mode: "autonomous",
  reviewBelow: 0,
  minConfidence: 0,
  maxLatencyMs: 10_000,
  stream: true,
  sampleShare: 0,
  scenarios: {
    billing: { name: "Billing", risk: "high", ladder: ladder("billing") },
    shipping: { name: "Shipping", risk: "low", ladder: ladder("shipping") },
  },
  ladder: [{ kind: "manual", content: "manual" }],
  rollout: {
    id: `rollout-${name}`,
    seed: 1,
    eligible: null,
    arms: [{ key: "candidate", release: `${name}-next`, ranges: [{ from: 0, to: 100_000 }] }],
    shadow: null,
  },
  pins: [],
  exposureFilter: `feature:${name}`,
  rolloutFilter: `rollout:${name}`,
});

/** Two features that serve everyone, with a rollout to everyone, under the names of `sampleNames`; nothing restricts them. */
export const plainRules: Ruleset = {
  ...emptyRuleset,
  attributes: { country: { type: "string" }, plan: { type: "string" } },
  cohorts: {
    "region-de": { name: "region DE", version: 1, when: { kind: "is", attribute: "country", anyOf: ["DE"] } },
    enterprise: { name: "Enterprise", version: 1, when: { kind: "is", attribute: "plan", anyOf: ["enterprise"] } },
  },
  approvedReroutes: [],
  releases: Object.fromEntries(
    ["reply-assistant", "case-summary"].flatMap((key) => [
      [key, release(key)],
      [`${key}-next`, release(key)],
    ]),
  ),
  features: { "reply-assistant": feature("reply-assistant"), "case-summary": feature("case-summary") },
};

/** The same with controls. */
export function rulesWith(controls: readonly Control[]): Ruleset {
  return { ...plainRules, version: 2, controls: Object.fromEntries(controls.map((control, i) => [`c${i}`, control])) };
}
