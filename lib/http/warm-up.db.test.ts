import { afterAll, expect, test } from "vitest";
import { closeDb } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { featureVerdicts } from "#lib/services/metrics/queries.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { warmUp } from "./warm-up.ts";

const { db, appUrl } = await testDatabase();
setEnv({ DATABASE_URL: appUrl });
afterAll(closeDb);

test("whoever comes first after a start has the verdicts at once", async () => {
  const { as, feature } = await publishedScene(db);
  const atOnce = () => featureVerdicts(as("viewer", new Date()), 1);
  await warmUp();
  expect(await atOnce()).toMatchObject([{ feature: feature.key }]);
});

test("a start does not fail because the database is away", async () => {
  await closeDb();
  setEnv({ DATABASE_URL: "postgres://nobody@localhost:1/nowhere" });
  await expect(warmUp()).resolves.toBeUndefined();
});
