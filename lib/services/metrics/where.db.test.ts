import { afterAll, describe, expect, test, vi } from "vitest";
import { closeDb } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { aDecision, aSignal } from "#lib/telemetry/contract.ts";
import type { SinkEvent } from "#lib/telemetry/event-sink.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { createScenario } from "#lib/testing/factories.ts";
import { personHash, storeHistory } from "#lib/testing/history.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { featureVerdicts } from "./queries.ts";

const { db, pool, appUrl } = await testDatabase();
setEnv({ DATABASE_URL: appUrl });
afterAll(closeDb);

const DAY = 86_400_000;
const EVERY = 3 * 60_000;
const PEOPLE = 150;
/** Longer than a verdict is kept. */
const POLL_MS = 11_000;
const now = new Date();

/** Three days in which every answer is corrected, in turns in each kind of case; in the last day it takes so many times as long. */
async function tell(times: Record<string, number>, every = EVERY) {
  const made = await publishedScene(db);
  const kinds = Object.keys(times);
  for (const key of kinds) await createScenario(db, made.feature.id, { key, name: key });
  const events: SinkEvent[] = [];
  for (let at = now.getTime() - 3 * DAY, index = 0; at < now.getTime() - 60_000; at += every, index++) {
    const kind = kinds[index % kinds.length] ?? "";
    const longer = at > now.getTime() - DAY ? (times[kind] ?? 1) : 1;
    const userHash = personHash((index * 7) % PEOPLE);
    const decision = aDecision(at, { feature: made.feature.key, scenarios: [kind], userHash });
    const value = (20 + (index % 5)) * longer;
    events.push(decision, aSignal(at + 20_000, { decisionId: decision.id, kind: "edited", value, changed: 0.2 }));
  }
  await storeHistory(pool, made.environment.id, events);
  return { later: later(made.as) };
}

/** Asks for the verdict as a page does, a while later each time: where it is worse may be there only for the next that asks. */
function later(as: Awaited<ReturnType<typeof publishedScene>>["as"]) {
  let asked = 0;
  return async () => {
    const [verdict] = await featureVerdicts(as("viewer", new Date(now.getTime() + asked++ * POLL_MS)), 20_000);
    return verdict;
  };
}

/** The verdict as soon as it says where. */
async function told(times: Record<string, number>, every = EVERY) {
  const { later } = await tell(times, every);
  return vi.waitFor(
    async () => {
      const verdict = await later();
      expect(verdict?.where).toBeTruthy();
      return verdict;
    },
    { timeout: 20_000, interval: 200 },
  );
}

describe("where a feature is worse", () => {
  test("is one kind of case, where only that got worse", async () => {
    const verdict = await told({ Refunds: 3, Billing: 1 });
    expect(verdict).toMatchObject({ standing: "worse", metric: "correction-time", period: "24h" });
    expect(verdict?.where).toEqual({
      spread: "mainly",
      scenarios: ["Refunds"],
      sentence: expect.stringMatching(/^Mainly in refunds: 6\d s, was 2\d s\. Not clearly worse in billing\.$/),
      period: "24h",
    });
  });

  test("is every kind of case, where all got worse alike", async () => {
    const verdict = await told({ Refunds: 2, Billing: 2 });
    expect(verdict?.where).toMatchObject({ spread: "everywhere", period: "24h" });
    expect(verdict?.where?.scenarios.toSorted()).toEqual(["Billing", "Refunds"]);
  });

  test("is not told, where no kind of case has enough in any period", async () => {
    const verdict = await told({ Refunds: 3, Billing: 3, Shipping: 3, Card: 3 }, 16 * 60_000);
    expect(verdict).toMatchObject({ standing: "worse", period: "24h" });
    expect(verdict?.where).toMatchObject({ spread: "not-enough", scenarios: [], period: "24h" });
  });

  test("is nowhere, where nothing is worse, and cannot be told apart, where there is one kind of case", async () => {
    const same = await tell({ Refunds: 1, Billing: 1 });
    const alone = await tell({ Refunds: 3 });
    for (let asked = 0; asked < 3; asked++) {
      expect(await same.later()).toMatchObject({ where: null });
      expect(await alone.later()).toMatchObject({ standing: "worse", where: null });
    }
  });
});
