import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rollbackTarget } from "../decision/rollback-target.ts";
import { ruleset as rulesetSchema } from "../decision/ruleset.ts";
import { rulesetHash } from "../delivery/hash.ts";
import { compileRuleset } from "./compile-ruleset.ts";
import type { CompileSource } from "./source.ts";
import { sampleSource } from "./testing/source-samples.ts";

const at = (ms: number) => ({ getTime: () => ms });
const change = (part: Partial<CompileSource>): CompileSource => ({ ...sampleSource, ...part });
const firstFeature = sampleSource.features[0] as CompileSource["features"][number];
const firstState = sampleSource.featureStates[0] as CompileSource["featureStates"][number];
const firstControl = sampleSource.controls[0] as CompileSource["controls"][number];

describe("compileRuleset", () => {
  it("gives what the contract asks for, with nothing that the contract does not know", () => {
    const compiled = compileRuleset(sampleSource);
    expect(rulesetSchema.parse(compiled)).toEqual(compiled);
    expect(compiled).toMatchObject({
      environment: "production",
      version: 7,
      staleAfter: { coldStartMs: 900_000, runningMs: 86_400_000 },
      controls: { "c-1": { sentence: "Turn off Reply assistant", expiresAt: 1_000, code: "control" } },
      features: { "reply-assistant": { on: true, release: "r-current", rollout: { seed: 4_000_000_000 } } },
    });
  });

  it("does not depend on the order of rows", () => {
    const keys = [
      "attributes",
      "cohorts",
      "approvedReroutes",
      "releases",
      "texts",
      "features",
      "featureStates",
      "controls",
      "filters",
    ] as const;
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (random) => {
        const shuffle = <T>(rows: readonly T[]): T[] =>
          rows
            .map((row) => ({ row, at: random.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ row }) => row);
        const shuffled = change(Object.fromEntries(keys.map((key) => [key, shuffle<unknown>(sampleSource[key])])));
        expect(JSON.stringify(compileRuleset(shuffled))).toBe(JSON.stringify(compileRuleset(sampleSource)));
      }),
    );
  });

  it("leaves out what is archived or lifted", () => {
    const gone = { archivedAt: at(1) };
    const compiled = compileRuleset(
      change({
        attributes: sampleSource.attributes.map((row) => ({ ...row, ...gone })),
        cohorts: sampleSource.cohorts.map((row) => ({ ...row, ...gone })),
        approvedReroutes: sampleSource.approvedReroutes.map((row) => ({ ...row, ...gone })),
        features: sampleSource.features.map((row) => ({ ...row, ...gone })),
        controls: sampleSource.controls.map((row) => ({ ...row, liftedAt: at(1) })),
      }),
    );
    for (const table of ["attributes", "cohorts", "features", "controls", "releases", "filters", "texts"] as const)
      expect(compiled[table]).toEqual({});
    expect(compiled.approvedReroutes).toEqual([]);
  });

  it("leaves out an archived scenario and a feature with no state here", () => {
    const scenarios = firstFeature.scenarios.map((row) => ({ ...row, archivedAt: at(1) }));
    const archived = compileRuleset(change({ features: [{ ...firstFeature, scenarios }] }));
    expect(archived.features["reply-assistant"]?.scenarios).toEqual({});
    expect(compileRuleset(change({ featureStates: [] })).features).toEqual({});
  });

  it("carries the releases that somebody can be given, the newest known good one, and the one a rollback goes to", () => {
    expect(Object.keys(compileRuleset(sampleSource).releases)).toEqual([
      "r-candidate",
      "r-current",
      "r-good",
      "r-older",
      "r-pinned",
      "r-shadow",
    ]);
    const ended = sampleSource.rollouts.map((row) => ({ ...row, status: "ended" }));
    expect(Object.keys(compileRuleset(change({ rollouts: ended })).releases)).toEqual([
      "r-current",
      "r-good",
      "r-older",
      "r-pinned",
    ]);
    expect(rollbackTarget(compileRuleset(sampleSource).releases, "reply-assistant", "r-current")).toBe("r-older");
  });

  it("carries the texts that ladders name, and no others", () => {
    expect(Object.keys(compileRuleset(sampleSource).texts)).toEqual(["billing-template", "manual"]);
  });

  it("offers filters under the names that holds use, and none of a candidate of the past", () => {
    expect(Object.keys(compileRuleset(sampleSource).filters)).toEqual([
      "feature:reply-assistant",
      "rollout:reply-assistant",
    ]);
    const ended = sampleSource.rollouts.map((row) => ({ ...row, status: "ended" }));
    expect(Object.keys(compileRuleset(change({ rollouts: ended })).filters)).toEqual(["feature:reply-assistant"]);
  });

  it("lifting the only control gives back exactly the ruleset from before it", () => {
    const before = compileRuleset(change({ controls: [] }));
    const lifted = compileRuleset(change({ controls: [{ ...firstControl, liftedAt: at(5) }] }));
    expect(rulesetHash(lifted)).toBe(rulesetHash(before));
  });

  it("never throws over a strange JSON column, and passes strange effects on for decide to judge", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const rollout = {
          ...sampleSource.rollouts[0],
          arms: json,
          shadow: json,
          eligible: json,
        } as CompileSource["rollouts"][number];
        const compiled = compileRuleset(
          change({
            features: [{ ...firstFeature, ladder: json }],
            featureStates: [{ ...firstState, pins: json, envelope: json }],
            rollouts: [rollout],
            controls: [{ ...firstControl, effects: json, scope: json }],
          }),
        );
        expect(compiled.controls["c-1"]?.effects).toEqual(json);
      }),
    );
  });
});
