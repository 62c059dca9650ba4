import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { closeDb } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { aDecision, aSignal } from "#lib/telemetry/contract.ts";
import type { SinkEvent } from "#lib/telemetry/event-sink.ts";
import { personActor } from "#lib/testing/contexts.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { createRelease, createServingFeature } from "#lib/testing/factories.ts";
import { personHash, storeHistory } from "#lib/testing/history.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { placeControl } from "../controls/commands/place.ts";
import { featureVerdicts, metricsView } from "./queries.ts";
import type { Behind, MetricsQuery } from "./schema.ts";

const { db, pool, appUrl } = await testDatabase();
setEnv({ DATABASE_URL: appUrl });
afterAll(closeDb);

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const now = Date.now();
const BEGAN = now - 3.5 * DAY;
const STOPPED = now - 3 * HOUR;

const { environment, feature, release, stop, as } = await publishedScene(db, { guarded: false });
const worse = await createRelease(db, feature.id, { name: "2.3 Shorter" });

/** An answer to somebody new, and the seconds that putting it right took. */
function answer(at: number, index: number): SinkEvent[] {
  const later = at >= BEGAN;
  const decision = aDecision(at, {
    feature: feature.key,
    instance: "desk",
    scenarios: [],
    arm: "current",
    release: later ? worse.id : release.id,
    userHash: personHash(index),
    served: "primary",
  });
  const value = (later && at < STOPPED ? 40 : 20) + (index % 7);
  return [decision, aSignal(at + 1000, { decisionId: decision.id, kind: "edited", value, changed: 0.2 })];
}

/** Corrections take some 20 s, with the other release some 40 s, and since the stop some 20 s again: an answer every six minutes, and since the stop many more. */
function history(): SinkEvent[] {
  const often = Array.from({ length: 300 }, (_, index) => STOPPED + HOUR + index * 10_000);
  const always = Array.from({ length: 15 * 240 - 1 }, (_, index) => now - 15 * DAY + index * 6 * 60_000);
  return [...always, ...often].toSorted((a, b) => a - b).flatMap(answer);
}

const view = (about: Partial<MetricsQuery> = {}, at = now) =>
  metricsView(as("operator", new Date(at)), {
    ...{ environment: environment.key, feature: feature.key, period: "7d", cut: "", compare: "before", ...about },
  });

beforeAll(() => storeHistory(pool, environment.id, history()));

/** The verdict of the control room once it says what is asked for: the verdict waits for nothing behind it, but the next that asks has it. */
function verdictOnce(says: keyof Behind, from: number) {
  let asked = 0;
  return vi.waitFor(
    async () => {
      const [verdict] = await featureVerdicts(as("operator", new Date(from + asked++ * 11_000)), 20_000);
      expect(verdict?.[says]).toBeTruthy();
      return verdict;
    },
    { timeout: 20_000, interval: 200 },
  );
}

function expectBegan({ began }: Behind) {
  // To the bucket, or the one after it: the first day holds half a day of the release before.
  expect(Math.abs((began?.at ?? 0) - BEGAN)).toBeLessThan(1.2 * DAY);
  expect(began?.changes.map(({ kind, sentence }) => [kind, sentence])).toEqual([
    ["release", expect.stringContaining("2.3 Shorter")],
  ]);
}

test("since when it is worse and what was changed then, on the page and on the control room", async () => {
  const shown = await view();
  expect(shown.verdict).toMatchObject({ standing: "worse", metric: "correction-time", sinceControl: null });
  expectBegan(shown.verdict);
  const verdict = await verdictOnce("began", now);
  expect(verdict).toMatchObject({ standing: "worse", metric: "correction-time", sinceControl: null });
  if (verdict) expectBegan(verdict);
});

test("a period that looks back over a week says how it has been since the stop", async () => {
  await placeControl(as(personActor("operator"), new Date(STOPPED)), stop());
  const { verdict } = await view({}, now + 10_000);
  expect(verdict).toMatchObject({ standing: "worse", metric: "correction-time" });
  expect(verdict.sinceControl).toMatchObject({
    control: expect.stringMatching(/^Disable AI /),
    at: STOPPED,
    // No longer worse, as far as can be told within hours: in the period it still is.
    standing: expect.stringMatching(/^(?:same|unsure|better)$/),
    says: expect.stringMatching(
      /^Correction time is 2\d s.* What people still do with earlier answers is counted, too\.$/,
    ),
    href: `/${environment.key}/features/${feature.key}`,
  });
});

test("of what was placed a moment ago there is not enough data yet, and it is said", async () => {
  const off = { template: "turn-off-feature", params: { feature: feature.key } };
  await placeControl(as(personActor("operator"), new Date(now)), stop(off));
  const verdict = await verdictOnce("sinceControl", now + 20_000);
  expect(verdict).toMatchObject({ standing: "worse", metric: "correction-time" });
  expect(verdict?.sinceControl).toMatchObject({ at: now, standing: expect.stringMatching(/^(?:not-enough|no-data)$/) });
});

test("a control of another part of the traffic, or of another feature, says nothing of this one", async () => {
  const other = await createServingFeature(db, environment.id);
  const off = { template: "turn-off-feature", params: { feature: other.feature.key } };
  await placeControl(as(personActor("operator"), new Date(now + 1000)), stop(off));
  const { verdict } = await view({}, now + 30_000);
  expect(verdict.sinceControl).toMatchObject({ at: now });
  const { verdict: elsewhere } = await view({ cut: "scenario:of-nothing" }, now + 30_000);
  expect(elsewhere.sinceControl).toBeNull();
});
