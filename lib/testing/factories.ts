import { randomBytes, randomUUID } from "node:crypto";
import type { Condition } from "../core/decision/condition.ts";
import type { ChainStep, Rung } from "../core/decision/ruleset.ts";
import type { Prisma, PrismaClient } from "../db/generated/client.ts";
import { NOON } from "./clock.ts";

let counter = 0;

/** A key or name that no other row of this run has: `feature-3f2a-7`. */
export function unique(stem: string): string {
  counter += 1;
  return `${stem}-${randomBytes(2).toString("hex")}-${counter}`;
}

/** The ladder that factories give: a template, then the product's own manual flow. */
export const LADDER: Rung[] = [
  { kind: "template", content: "template-text" },
  { kind: "manual", content: "manual-text" },
];

/** The chain that factories give: a primary and a cheaper secondary model. */
export const CHAIN: ChainStep[] = [
  { provider: "provider-x", model: "large", timeoutMs: 5_000 },
  { provider: "provider-y", model: "small", timeoutMs: 3_000 },
];

/** An environment, guarded like Production unless said otherwise, that has published nothing yet. */
export function createEnvironment(db: PrismaClient, values: Partial<Prisma.EnvironmentUncheckedCreateInput> = {}) {
  const key = values.key ?? unique("environment");
  const userHashKey = randomBytes(32).toString("base64");
  return db.environment.create({
    data: { key, name: key, colour: "production", epoch: randomUUID(), userHashKey, createdAt: NOON, ...values },
  });
}

/** A feature without scenarios, releases or states. */
export function createFeature(db: PrismaClient, values: Partial<Prisma.FeatureUncheckedCreateInput> = {}) {
  const key = values.key ?? unique("feature");
  return db.feature.create({
    data: { key, name: key, outputName: "AI replies", ladder: LADDER, createdAt: NOON, ...values },
  });
}

/** A scenario of a feature, of medium risk unless said otherwise. */
export function createScenario(
  db: PrismaClient,
  featureId: string,
  values: Partial<Prisma.ScenarioUncheckedCreateInput> = {},
) {
  const key = values.key ?? unique("scenario");
  return db.scenario.create({ data: { featureId, key, name: key, risk: "medium", ladder: LADDER, ...values } });
}

/** A release of a feature with a chain of two steps, and its blob. */
export async function createRelease(
  db: PrismaClient,
  featureId: string,
  values: Partial<Prisma.ReleaseUncheckedCreateInput> = {},
) {
  const id = values.id ?? randomBytes(32).toString("hex");
  const blob = values.blob ?? randomBytes(32).toString("hex");
  await db.blob.create({
    data: { sha256: blob, mediaType: "application/json", bytes: Buffer.from("{}"), createdAt: NOON },
  });
  return db.release.create({
    data: { featureId, name: unique("release"), chain: CHAIN, createdAt: NOON, ...values, id, blob },
  });
}

/** How a feature is set in an environment: on, for everyone, autonomous. */
export function createFeatureState(
  db: PrismaClient,
  ids: { environmentId: string; featureId: string; releaseId: string },
  values: Partial<Prisma.FeatureStateUncheckedCreateInput> = {},
) {
  return db.featureState.create({ data: { ...ids, ...values } });
}

/** Everything that a feature needs to serve AI in an environment, with one scenario. */
export async function createServingFeature(db: PrismaClient, environmentId: string, key = unique("feature")) {
  const feature = await createFeature(db, { key });
  const scenario = await createScenario(db, feature.id);
  const release = await createRelease(db, feature.id);
  const state = await createFeatureState(db, { environmentId, featureId: feature.id, releaseId: release.id });
  return { feature, scenario, release, state };
}

/** A cohort of an environment by a condition. */
export function createCohort(db: PrismaClient, environmentId: string, when: Condition, key = unique("cohort")) {
  return db.cohort.create({ data: { environmentId, key, name: key, when, createdAt: NOON } });
}

/** A person without roles and with a password hash that no password fits. */
export function createPerson(db: PrismaClient, values: Partial<Prisma.PersonUncheckedCreateInput> = {}) {
  const name = values.name ?? unique("person");
  return db.person.create({
    data: {
      email: `${name.toLowerCase().replaceAll(" ", ".")}@example.com`,
      name,
      passwordHash: "!",
      createdAt: NOON,
      ...values,
    },
  });
}

/** A session of a person that lasts twelve hours from `createdAt`. */
export function createSession(db: PrismaClient, personId: string, createdAt = NOON) {
  const expiresAt = new Date(createdAt.getTime() + 12 * 3_600_000);
  return db.session.create({ data: { personId, createdAt, expiresAt } });
}

/** A provider with models, in the registry. */
export function createProvider(db: PrismaClient, key = unique("provider"), models: readonly string[] = ["large"]) {
  return db.provider.create({
    data: { key, name: key, models: { create: models.map((model) => ({ key: model, name: model })) } },
  });
}
