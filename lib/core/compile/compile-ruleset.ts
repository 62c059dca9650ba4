import { SCHEMA_VERSION } from "../decision/constants.ts";
import { rollbackTarget } from "../decision/rollback-target.ts";
import type { Control, Feature, Release, Rollout, Ruleset, Scenario } from "../decision/ruleset.ts";
import { featureFilterName, rolloutFilterName } from "./filter-names.ts";
import { byKey, listOf, textOf } from "./rows.ts";
import type {
  Archivable,
  CompileSource,
  ControlRow,
  FeatureRow,
  ReleaseRow,
  RolloutRow,
  ScenarioRow,
} from "./source.ts";

/**
 * The ruleset of one environment from its rows. Pure and deterministic: the order of rows does not matter, keys come out sorted, and equal rows give an
 * equal ruleset. Leaves out what is archived or lifted, features that have no state here, releases that nobody can be given, and texts that no ladder names.
 */
export function compileRuleset(source: CompileSource): Ruleset {
  const features = present(source.features).filter((row) => source.featureStates.some((s) => s.featureId === row.id));
  const compiled = byKey(
    features,
    (row) => row.key,
    (row) => compileFeature(source, row),
  );
  const { environment } = source;
  return {
    schemaVersion: SCHEMA_VERSION,
    environment: environment.key,
    epoch: environment.epoch,
    version: environment.version,
    staleAfter: { coldStartMs: environment.staleColdMs, runningMs: environment.staleRunningMs },
    userHashKey: environment.userHashKey,
    attributes: byKey(
      present(source.attributes),
      (row) => row.key,
      ({ type }) => ({ type }) as Ruleset["attributes"][string],
    ),
    cohorts: byKey(
      present(source.cohorts),
      (row) => row.key,
      ({ name, version, when }) => {
        return { name, version, when } as Ruleset["cohorts"][string];
      },
    ),
    approvedReroutes: present(source.approvedReroutes)
      .map((row) => ({
        from: { provider: row.fromProvider, model: row.fromModel },
        to: { provider: row.toProvider, model: row.toModel },
      }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    releases: compileReleases(source, features, compiled),
    filters: compileFilters(source, compiled),
    texts: compileTexts(source, compiled),
    features: compiled,
    controls: compileControls(source.controls),
  };
}

function present<T extends Archivable>(rows: readonly T[]): T[] {
  return rows.filter((row) => !row.archivedAt);
}

function compileFeature(source: CompileSource, row: FeatureRow): Feature {
  const state = source.featureStates.find((candidate) => candidate.featureId === row.id);
  const rollout = source.rollouts
    .filter((candidate) => candidate.featureId === row.id && candidate.status === "open")
    .sort((a, b) => (a.id < b.id ? 1 : -1))[0];
  return {
    name: row.name,
    on: state?.on ?? false,
    envelope: (state?.envelope ?? null) as Feature["envelope"],
    release: state?.releaseId ?? "",
    mode: (state?.mode ?? "suggestion") as Feature["mode"],
    reviewBelow: state?.reviewBelow ?? 1,
    minConfidence: state?.minConfidence ?? 1,
    maxLatencyMs: state?.maxLatencyMs ?? 1,
    stream: state?.stream ?? false,
    sampleShare: state?.sampleShare ?? 0,
    scenarios: byKey(present(row.scenarios), (scenario) => scenario.key, compileScenario),
    ladder: listOf(row.ladder),
    rollout: rollout ? compileRollout(rollout) : null,
    pins: listOf<Feature["pins"][number]>(state?.pins).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    exposureFilter: featureFilterName(row.key),
    rolloutFilter: rollout ? rolloutFilterName(row.key) : null,
  };
}

function compileScenario({ name, risk, ladder }: ScenarioRow): Scenario {
  return { name, risk: risk as Scenario["risk"], ladder: listOf(ladder) };
}

function compileRollout(row: RolloutRow): Rollout {
  return {
    id: row.id,
    seed: Number(row.seed),
    eligible: (row.eligible ?? null) as Rollout["eligible"],
    arms: listOf(row.arms),
    shadow: (row.shadow ?? null) as Rollout["shadow"],
  };
}

/** The controls alone, for a change that moves nothing else. */
export function compileControls(rows: readonly ControlRow[]): Ruleset["controls"] {
  return byKey(
    rows.filter((row) => row.liftedAt === null),
    (row) => row.id,
    compileControl,
  );
}

function compileControl(row: ControlRow): Control {
  return {
    sentence: row.sentence,
    scope: row.scope as Control["scope"],
    effects: row.effects as Control["effects"],
    expiresAt: row.expiresAt?.getTime() ?? null,
    code: "control",
  };
}

/** Releases that somebody can be given: those the features name, and of each feature the newest known good one and the one that a rollback goes to. */
function compileReleases(
  source: CompileSource,
  features: readonly FeatureRow[],
  compiled: Record<string, Feature>,
): Record<string, Release> {
  const named = new Set(Object.values(compiled).flatMap(releasesOf));
  const kept = features.flatMap((feature) => {
    const rows = source.releases.filter((row) => row.featureId === feature.id);
    const own = byKey(
      rows,
      (row) => row.id,
      (row) => compileRelease(row, feature.key),
    );
    const newest = rollbackTarget(own, feature.key, "");
    const back = rollbackTarget(own, feature.key, compiled[feature.key]?.release ?? "");
    return Object.entries(own).filter(([id]) => named.has(id) || id === newest || id === back);
  });
  return byKey(
    kept,
    ([id]) => id,
    ([, release]) => release,
  );
}

function compileRelease(row: ReleaseRow, feature: string): Release {
  return {
    feature,
    name: row.name,
    blob: row.blob,
    chain: listOf(row.chain),
    standing: row.standing as Release["standing"],
    knownGoodSince: row.knownGoodSince?.getTime() ?? null,
  };
}

function releasesOf({ release, rollout, pins }: Feature): (string | undefined)[] {
  const named = [...(rollout?.arms ?? []), rollout?.shadow, ...pins].map((item) => textOf(item, "release"));
  return [release, ...named];
}

/** Filters under the names that holds refer to. One of a candidate that is no longer rolled out would admit the wrong people, so it is left out. */
function compileFilters(source: CompileSource, compiled: Record<string, Feature>): Ruleset["filters"] {
  const rows = source.filters.flatMap((row) => {
    const feature = Object.hasOwn(compiled, row.featureKey) ? compiled[row.featureKey] : undefined;
    if (!feature) return [];
    if (row.release === "") return [{ name: featureFilterName(row.featureKey), row }];
    const arms = row.release === feature.release ? [] : (feature.rollout?.arms ?? []);
    const candidate = arms.some((arm) => textOf(arm, "release") === row.release);
    return candidate ? [{ name: rolloutFilterName(row.featureKey), row }] : [];
  });
  return byKey(
    rows,
    ({ name }) => name,
    ({ row: { blob, hashes, size } }) => ({ blob, hashes, size }),
  );
}

function compileTexts(source: CompileSource, compiled: Record<string, Feature>): Record<string, string> {
  const ladders = Object.values(compiled).flatMap((feature) => [
    ...feature.ladder,
    ...Object.values(feature.scenarios).flatMap((scenario) => scenario.ladder),
  ]);
  const named = new Set(ladders.map((rung) => textOf(rung, "content")));
  return byKey(
    source.texts.filter((row) => named.has(row.key)),
    (row) => row.key,
    (row) => row.text,
  );
}
