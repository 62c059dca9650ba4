import { afterAll, vi } from "vitest";
import type { Context } from "#lib/context.ts";
import { closeDb } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { contextFor } from "#lib/testing/contexts.ts";
import { type TestDatabase, testDatabase } from "#lib/testing/database.ts";
import { ENVIRONMENTS } from "../data/environments.ts";
import { seedScenarios } from "../scenarios.ts";
import { idOf, type SeedContext } from "../seed-context.ts";

/** A Friday evening, as the stories were looked at. */
const NOW = new Date("2026-11-20T19:00:00Z");

export type ToldStory = Pick<TestDatabase, "db" | "pool"> & {
  now: Date;
  /** Tells it once more. */
  again(): Promise<void>;
  /** A product manager's Context in Production. */
  ctx: Context;
};

/** A database of the calling test file in which the last `days` days of a scenario were told: fewer than sixty, which is quicker. */
export async function tellStory(scenario: string, days: number): Promise<ToldStory> {
  const { db, pool, ownerUrl, appUrl } = await testDatabase();
  setEnv({ DATABASE_URL: appUrl });
  afterAll(closeDb);
  // Pseudonyms fall into groups, and intervals rest on those: with one key the figures are the same in every run.
  await db.environment.createMany({
    data: ENVIRONMENTS.map((environment) => ({
      ...environment,
      id: idOf("environment", environment.key),
      epoch: idOf("epoch", environment.key),
      userHashKey: Buffer.from(`stories of ${environment.key}`).toString("base64"),
      createdAt: NOW,
    })),
  });
  const seed = seedScenarios[scenario];
  if (!seed) throw new Error(`There is no scenario ${scenario}.`);
  const seedContext: SeedContext = {
    db,
    databaseUrl: ownerUrl,
    anywhere: false,
    now: NOW,
    password: "correct horse",
    historyDays: days,
    say: () => {},
  };
  const again = () => seed(seedContext);
  await again();
  const production = await db.environment.findUniqueOrThrow({ where: { key: "production" } });
  return { db, pool, now: NOW, again, ctx: contextFor(db, production, "product-manager", NOW) };
}

/** Asks for figures as a screen does: again, where they took too long. */
export function patiently<T>(ask: () => Promise<T>): Promise<T> {
  return vi.waitFor(ask, { timeout: 20_000, interval: 200 });
}
