import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDb } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { aDecision, aSignal } from "#lib/telemetry/contract.ts";
import type { SinkEvent } from "#lib/telemetry/event-sink.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { personHash, storeHistory } from "#lib/testing/history.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { countedView, metricsView } from "./queries.ts";

const { db, pool, appUrl } = await testDatabase();
setEnv({ DATABASE_URL: appUrl });
afterAll(closeDb);

const MINUTE = 60_000;
const DAY = 86_400_000;
const now = new Date();
const { environment, feature, as } = await publishedScene(db);
const asked = { environment: environment.key, feature: feature.key, period: "7d", cut: "", compare: "before" } as const;

/** An answer to one of 120 people, audited: since 20 hours every fifth is misleading, and none before. */
function audited(at: number, index: number): SinkEvent[] {
  const misleading = at > now.getTime() - 20 * 60 * MINUTE && index % 5 === 0;
  const decision = aDecision(at, { feature: feature.key, scenarios: [], userHash: personHash(index % 120) });
  const label = misleading ? "misleading" : "correct";
  return [decision, aSignal(at + 1000, { decisionId: decision.id, kind: "audited", label })];
}

beforeAll(async () => {
  const first = now.getTime() - 6 * DAY;
  const events = Array.from({ length: 6 * 240 }, (_, index) => audited(first + index * 6 * MINUTE, index)).flat();
  await storeHistory(pool, environment.id, events);
});

test("a limit of 24 hours that is broken is told of those hours, and counted so", async () => {
  const viewer = as("viewer", now);
  const { panels } = await metricsView(viewer, asked);
  const panel = panels.find(({ key }) => key === "misleading-rate");
  expect(panel).toMatchObject({ standing: "worse", inLast: 24, users: null });
  expect(panel?.says).toMatch(/^Misleading-summary rate is 1\d% of audits in the last 24 hours \(/);
  const { reading, numerator, denominator } = await countedView(viewer, { ...asked, metric: "misleading-rate" });
  expect(reading).toMatchObject({ inLast: 24, n: denominator, value: (numerator ?? 0) / (denominator ?? 1) });
  expect(denominator).toBeGreaterThan(200);
  expect(denominator).toBeLessThanOrEqual(240);
});
