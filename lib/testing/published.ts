import { randomUUID } from "node:crypto";
import type { Context } from "../context.ts";
import type { Actor, Role } from "../core/access/actor.ts";
import type { PrismaClient } from "../db/generated/client.ts";
import type { PlaceControlInput } from "../services/controls/schema.ts";
import { startEpoch } from "../services/rulesets/commands/start-epoch.ts";
import { contextFor } from "./contexts.ts";
import { createEnvironment, createServingFeature } from "./factories.ts";

/** Publishes the first ruleset of an environment that factories made, as the seed does. */
export async function publishFirst(db: PrismaClient, environment: Context["environment"]): Promise<void> {
  const automation: Actor = { kind: "automation", name: "first start" };
  await startEpoch(contextFor(db, environment, automation), "The environment was set up.");
}

/**
 * An environment with one serving feature and its first ruleset published. `stop` makes the input that disables its scenario, with changes; `as` a Context in it.
 */
export async function publishedScene(db: PrismaClient, { guarded = true } = {}) {
  const environment = await createEnvironment(db, { guarded });
  const { feature, scenario, release } = await createServingFeature(db, environment.id);
  await publishFirst(db, environment);
  const stop = (changes: Partial<PlaceControlInput> = {}): PlaceControlInput => ({
    environment: environment.key,
    template: "disable-scenario",
    params: { feature: feature.key, scenario: scenario.key },
    idempotencyKey: randomUUID(),
    ...changes,
  });
  const as = (who: Role | Actor = "operator", now?: Date): Context => contextFor(db, environment, who, now);
  return { environment, feature, scenario, release, stop, as };
}
