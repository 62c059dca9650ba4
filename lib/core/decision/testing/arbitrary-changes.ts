import fc from "fast-check";
import type { Condition } from "../condition.ts";
import type { Control, Feature, Rollout, Ruleset } from "../ruleset.ts";
import { condition, control, effect, FEATURE, feature, ladder, NOW, RELEASES, rollout } from "./arbitraries.ts";

/** One change of a ruleset, made in place on a copy. Some only tighten, some only loosen, most do either. */
export type Change = (rules: Ruleset) => void;

const release = fc.constantFrom(...RELEASES);
const share = fc.constantFrom(0, 0.25, 0.5, 0.75, 1);

/** Changes one of the controls, if there is any. */
function ofControl(change: (control: Control) => void): fc.Arbitrary<Change> {
  return fc.nat(9).map((index) => (rules) => {
    const all = Object.values(rules.controls);
    const picked = all[index % Math.max(1, all.length)];
    if (picked) change(picked);
  });
}

function ofFeature(change: (feature: Feature) => void): Change {
  return (rules) => {
    const found = rules.features[FEATURE];
    if (found) change(found);
  };
}

function ofRollout(change: (rollout: Rollout) => void): Change {
  return ofFeature((f) => {
    if (f.rollout) change(f.rollout);
  });
}

const narrowed = (before: Condition | null, also: Condition): Condition => ({
  kind: "all",
  of: [before ?? also, also],
});

/** New values for some field of the feature. */
const fields: fc.Arbitrary<Partial<Feature>> = fc.oneof(
  fc.record({ on: fc.boolean() }),
  fc.record({ envelope: fc.option(condition) }),
  fc.record({ mode: fc.constantFrom("autonomous" as const, "suggestion" as const) }),
  fc.record({ reviewBelow: share }),
  fc.record({ minConfidence: share }),
  fc.record({ sampleShare: share }),
  fc.record({ maxLatencyMs: fc.constantFrom(800, 900, 9000) }),
  fc.record({ stream: fc.boolean() }),
  fc.record({ ladder }),
  fc.record({ release }),
  fc.record({ release, rollout: fc.constant(null) }),
  fc.record({ rollout: fc.option(rollout) }),
  fc.record({ rollout: fc.constant(null) }),
  feature.map(({ pins }) => ({ pins })),
);

const ofControls: fc.Arbitrary<Change> = fc.oneof(
  control.map(
    (added): Change =>
      (rules) =>
        Object.assign(rules.controls, { added }),
  ),
  fc.nat(9).map(
    (index): Change =>
      (rules) => {
        const ids = Object.keys(rules.controls);
        Reflect.deleteProperty(rules.controls, ids[index % Math.max(1, ids.length)] ?? "");
      },
  ),
  fc
    .constantFrom("provider", "model", "feature", "scenario", "cohort")
    .chain((key) => ofControl(({ scope }) => Reflect.deleteProperty(scope, key))),
  fc
    .constantFrom({ provider: "a" }, { scenario: "low" }, { cohort: "c1" })
    .chain((narrower) => ofControl(({ scope }) => Object.assign(scope, narrower))),
  effect.chain((more) => ofControl(({ effects }) => effects.push(more))),
  effect.chain((other) => ofControl(({ effects }) => effects.splice(0, 1, other))),
  fc
    .constantFrom(null, NOW, NOW + 1, NOW + 2)
    .chain((expiresAt) => ofControl((found) => Object.assign(found, { expiresAt }))),
);

const ofFeatures: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: fields.map((values) => ofFeature((f) => Object.assign(f, values))) },
  condition.map((also) => ofFeature((f) => Object.assign(f, { envelope: narrowed(f.envelope, also) }))),
  condition.map((also) => ofRollout((r) => Object.assign(r, { eligible: narrowed(r.eligible, also) }))),
  fc.option(condition).map((eligible) => ofRollout((r) => Object.assign(r, { eligible }))),
  fc
    .tuple(release, share)
    .map(([id, value]) => ofRollout((r) => Object.assign(r, { shadow: { release: id, share: value } }))),
  fc.constant(
    ofRollout((r) => {
      for (const arm of r.arms) arm.ranges = [];
    }),
  ),
  fc
    .tuple(fc.nat(1), fc.constantFrom(0, 20_000, 40_000, 60_000, 100_000))
    .map(([n, to]) => ofRollout((r) => Object.assign(r.arms[n]?.ranges[0] ?? {}, { to }))),
  fc.constantFrom("low", "high").map((risk) => ofFeature((f) => Object.assign(f.scenarios.mid ?? {}, { risk }))),
);

const ofTables: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(release, fc.constantFrom("unproven", "known-good", "withdrawn", "withdrawn")).map(
    ([id, standing]): Change =>
      (rules) =>
        Object.assign(rules.releases[id] ?? {}, { standing }),
  ),
  release.map(
    (id): Change =>
      (rules) =>
        rules.releases[id]?.chain.pop(),
  ),
  condition.map(
    (when): Change =>
      (rules) =>
        Object.assign(rules.cohorts, { c1: { name: "C", version: 2, when } }),
  ),
  condition.map(
    (when): Change =>
      (rules) =>
        Object.assign(rules.cohorts, { gone: { name: "C", version: 1, when } }),
  ),
  fc.constant<Change>((rules) => Object.assign(rules.attributes, { undeclared: { type: "string" } })),
  fc.constant<Change>((rules) => Reflect.deleteProperty(rules.attributes, "country")),
  fc.constantFrom("f1", "f2", "gone").map(
    (key): Change =>
      (rules) =>
        Object.assign(rules.filters, { [key]: { blob: "b3", hashes: 1, size: 64, bits: "//////////8=" } }),
  ),
  fc.constantFrom("f1", "f2").map(
    (key): Change =>
      (rules) =>
        Reflect.deleteProperty(rules.filters, key),
  ),
  fc.constant<Change>((rules) => rules.approvedReroutes.pop()),
  fc.record({ provider: fc.constantFrom("a", "b"), model: fc.constantFrom("m", "n") }).map(
    (to): Change =>
      (rules) =>
        rules.approvedReroutes.push({ from: { provider: "a", model: "m" }, to }),
  ),
);

export const change: fc.Arbitrary<Change> = fc.oneof(ofControls, ofFeatures, ofTables);
