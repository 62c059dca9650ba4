import { allocate } from "#lib/core/compile/slot-allocation.ts";
import { canonicalJson } from "#lib/core/delivery/canonical-json.ts";
import { sha256Hex } from "#lib/core/delivery/hash.ts";
import type { Tx } from "#lib/db/transaction.ts";
import { storeBlob } from "#lib/services/blobs/commands.ts";
import { ENVIRONMENTS } from "../data/environments.ts";
import { FEATURES, type SeedFeature, type SeedRelease } from "../data/features.ts";
import { daysBefore, idOf } from "../seed-context.ts";

/** Everything about the AI features: scenarios with their ladders, releases with their prompts, how each is set in each environment, and the open rollout. */
export async function seedFeatures(tx: Tx, now: Date): Promise<void> {
  for (const feature of FEATURES) {
    const featureId = idOf("feature", feature.key);
    const { key, name, description, outputName, ladder } = feature;
    await tx.feature.createMany({
      data: [{ id: featureId, key, name, description, outputName, ladder, createdAt: daysBefore(now, 90) }],
      skipDuplicates: true,
    });
    await tx.scenario.createMany({
      data: feature.scenarios.map((scenario) => ({
        ...scenario,
        id: idOf("scenario", `${key}/${scenario.key}`),
        featureId,
      })),
      skipDuplicates: true,
    });
    for (const release of feature.releases) await seedRelease(tx, feature, release, now);
    await seedStates(tx, feature, featureId);
    await seedRollout(tx, feature, featureId, now);
  }
}

/** What a release is made of, as its blob holds it; its hash names it. */
function contentOf({ prompt, temperature }: SeedRelease): string {
  return canonicalJson({ prompts: { system: prompt }, parameters: { temperature, maxOutputTokens: 400 }, tools: [] });
}

/** A release's id: the hash of all that it bundles. */
function releaseId(feature: SeedFeature, release: SeedRelease): string {
  return sha256Hex(canonicalJson({ feature: feature.key, content: contentOf(release), chain: release.chain }));
}

function named(feature: SeedFeature, key: string): string {
  const release = feature.releases.find((candidate) => candidate.key === key);
  if (!release) throw new Error(`The seed data of ${feature.key} name a release ${key} that they do not have.`);
  return releaseId(feature, release);
}

/** The id of a seeded release, by the keys of its feature and its own. */
export function releaseIdOf(featureKey: string, key: string): string {
  const feature = FEATURES.find((candidate) => candidate.key === featureKey);
  if (!feature) throw new Error(`The seed data have no feature ${featureKey}.`);
  return named(feature, key);
}

async function seedRelease(tx: Tx, feature: SeedFeature, release: SeedRelease, now: Date): Promise<void> {
  const { name, chain, made, knownGood } = release;
  const blob = await storeBlob(tx, new TextEncoder().encode(contentOf(release)), "application/json");
  await tx.release.createMany({
    data: [
      {
        id: releaseId(feature, release),
        featureId: idOf("feature", feature.key),
        name,
        blob,
        chain,
        standing: knownGood === null ? "unproven" : "known-good",
        knownGoodSince: knownGood === null ? null : daysBefore(now, knownGood),
        createdAt: daysBefore(now, made),
      },
    ],
    skipDuplicates: true,
  });
}

async function seedStates(tx: Tx, feature: SeedFeature, featureId: string): Promise<void> {
  await tx.featureState.createMany({
    data: ENVIRONMENTS.filter(({ key }) => !feature.notIn?.includes(key)).map(({ key }) => ({
      id: idOf("feature-state", `${key}/${feature.key}`),
      environmentId: idOf("environment", key),
      featureId,
      releaseId: named(feature, feature.current),
      on: !feature.off,
      ...feature.settings,
    })),
    skipDuplicates: true,
  });
}

async function seedRollout(tx: Tx, feature: SeedFeature, featureId: string, now: Date): Promise<void> {
  const { rollout } = feature;
  if (!rollout) return;
  const [candidate] = allocate([], [{ key: "candidate", share: rollout.share }]);
  await tx.rollout.createMany({
    data: [
      {
        id: idOf("rollout", `production/${feature.key}`),
        environmentId: idOf("environment", "production"),
        featureId,
        seed: rollout.seed,
        arms: [{ key: "candidate", release: named(feature, rollout.release), ranges: candidate?.ranges ?? [] }],
        createdAt: daysBefore(now, 2),
      },
    ],
    skipDuplicates: true,
  });
}
