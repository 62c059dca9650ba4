import { afterAll, expect, test } from "vitest";
import { closeDb } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { aDecision, aSignal } from "#lib/telemetry/contract.ts";
import type { SinkEvent } from "#lib/telemetry/event-sink.ts";
import { personActor } from "#lib/testing/contexts.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { personHash, storeHistory } from "#lib/testing/history.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { placeControl } from "../controls/commands/place.ts";
import { metricsView } from "./queries.ts";

const { db, pool, appUrl } = await testDatabase();
setEnv({ DATABASE_URL: appUrl });
afterAll(closeDb);

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const now = Date.now();
/** Nights have five hours of the clock; the one that is now began at the stop. */
const NIGHT = 5 * HOUR;
const STOPPED = Math.floor(now / HOUR) * HOUR - NIGHT + HOUR;

const { environment, feature, release, stop, as } = await publishedScene(db, { guarded: false });

/** What corrections take: some 15 s at night, always; some 22 s by day, and 40 s in the last four days. */
function seconds(at: number, index: number): number {
  const night = (((at - STOPPED) % DAY) + DAY) % DAY < NIGHT;
  const usual = now - at < 4 * DAY ? 40 : 22;
  return (night ? 15 : usual) + (index % 5);
}

function answer(at: number, index: number): SinkEvent[] {
  const decision = aDecision(at, {
    feature: feature.key,
    instance: "desk",
    scenarios: [],
    arm: "current",
    release: release.id,
    userHash: personHash(index),
    served: "primary",
  });
  const value = seconds(at, index);
  return [decision, aSignal(at + 1000, { decisionId: decision.id, kind: "edited", value, changed: 0.2 })];
}

test("a stop at night is held against the nights before: that nights are always better is not its doing", async () => {
  // In the first minutes of an hour the night is four hours old: as many answers as tell it then, too.
  const every = 2 * 60_000;
  const times = Array.from({ length: (14 * DAY) / every - 1 }, (_, index) => now - 14 * DAY + index * every);
  const events = times.map(answer);
  await storeHistory(pool, environment.id, events.flat());
  await placeControl(as(personActor("operator"), new Date(STOPPED)), stop());
  const { verdict } = await metricsView(as("operator", new Date(now + 10_000)), {
    ...{ environment: environment.key, feature: feature.key, period: "7d", cut: "", compare: "before" },
  });
  expect(verdict).toMatchObject({ standing: "worse", metric: "correction-time" });
  expect(verdict.sinceControl).toMatchObject({
    standing: "same",
    says: expect.stringMatching(/^Correction time is 17 s.*, much as before \(17 s\)\. What people still do/),
  });
}, 120_000);
