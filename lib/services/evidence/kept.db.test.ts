import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { HOUR_MS } from "#lib/core/time.ts";
import { closeDb, getPool } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { aDecision } from "#lib/telemetry/contract.ts";
import { postgresSink } from "#lib/telemetry/postgres/sink.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { evidenceSize } from "./queries.ts";

const { db, appUrl, ownerUrl } = await testDatabase();
setEnv({ DATABASE_URL: appUrl });
afterAll(closeDb);

test("nothing reported yet is told from nothing kept any more", async () => {
  const { environment, feature, as } = await publishedScene(db);
  const now = Date.now();
  const time = (at: number) => new Date(at).toISOString();
  const size = () =>
    evidenceSize(
      as("operator", new Date(now)),
      {
        environment: environment.key,
        feature: feature.key,
        from: time(now - HOUR_MS),
        to: time(now + 1),
        answers: "every",
      },
      new AbortController().signal,
    );
  expect(await size()).toMatchObject({ decisions: 0, keptSince: null });
  await postgresSink(getPool()).append(environment.id, [aDecision(now, { feature: feature.key })]);
  expect(await size()).toMatchObject({ decisions: 1, keptSince: expect.any(String) });

  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query("truncate telemetry.decision");
  await owner.end();
  await expect(size()).rejects.toMatchObject({
    code: "precondition-failed",
    message: "No single decision is kept any more. The figures may go back further.",
  });
});
