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
  // However long warming up takes here, what it asked is as fresh as it was then.
  const before = new Date();
  await warmUp();
  expect(await featureVerdicts(as("viewer", before), 1)).toMatchObject([{ feature: feature.key }]);
});

test("a start does not fail because the database is away", async () => {
  await closeDb();
  setEnv({ DATABASE_URL: "postgres://nobody@localhost:1/nowhere" });
  await expect(warmUp()).resolves.toBeUndefined();
});
