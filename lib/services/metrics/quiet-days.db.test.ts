import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { closeDb } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { aDecision } from "#lib/telemetry/contract.ts";
import type { SinkDecision } from "#lib/telemetry/event-sink.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { personHash, storeHistory } from "#lib/testing/history.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { featureVerdicts } from "./queries.ts";

const { db, pool, appUrl } = await testDatabase();
setEnv({ DATABASE_URL: appUrl });
afterAll(closeDb);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WEEK = 7 * 24 * HOUR;
const QUIET = 30 * HOUR;
const now = new Date();

/** What the control room says of a feature that was last asked 30 hours ago, after three weeks of a request every `every` ms; `quiet`: when before that nobody asked, either. */
async function verdictAfter({ every, quiet }: { every: number; quiet: (ago: number) => boolean }) {
  const { environment, feature, release, as } = await publishedScene(db);
  const instance = randomUUID();
  const decisions: SinkDecision[] = [];
  for (let ago = 20 * 24 * HOUR; ago > QUIET; ago -= every) {
    if (quiet(ago)) continue;
    const about = { feature: feature.key, instance, scenarios: [], served: "primary" as const, release: release.id };
    decisions.push(aDecision(now.getTime() - ago, { ...about, userHash: personHash(decisions.length % 200) }));
  }
  await storeHistory(pool, environment.id, decisions);
  const [verdict] = await featureVerdicts(as("viewer", now), 20_000);
  return verdict;
}

const sameHours = (ago: number) => ago % WEEK < QUIET;

test("after a weekend like every weekend a feature is told by its week", async () => {
  const verdict = await verdictAfter({ every: 6 * MINUTE, quiet: sameHours });
  expect(verdict).toMatchObject({
    standing: "unsure",
    period: "7d",
    sentence: expect.stringMatching(/^No clear change in harm and fallback\./),
  });
});

test("nor is it silent where the week holds too little, either", async () => {
  const verdict = await verdictAfter({ every: 4 * HOUR, quiet: sameHours });
  expect(verdict).toMatchObject({
    standing: "not-enough",
    period: "7d",
    sentence: expect.stringMatching(/^Not enough data/),
  });
});

test("a silence in hours in which a feature was always asked is the verdict", async () => {
  const verdict = await verdictAfter({ every: 6 * MINUTE, quiet: () => false });
  expect(verdict).toMatchObject({ standing: "no-data", sentence: "Nobody has reported for 30 hours." });
});
