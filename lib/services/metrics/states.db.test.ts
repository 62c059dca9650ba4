import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { closeDb } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { aDecision } from "#lib/telemetry/contract.ts";
import type { SinkDecision } from "#lib/telemetry/event-sink.ts";
import { postgresSink } from "#lib/telemetry/postgres/sink.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { createFeature, createFeatureState, createRelease } from "#lib/testing/factories.ts";
import { storeHistory } from "#lib/testing/history.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { featureVerdicts, metricsView } from "./queries.ts";
import { COMPARES, type MetricsQuery, PERIODS } from "./schema.ts";

const { db, pool, appUrl } = await testDatabase();
setEnv({ DATABASE_URL: appUrl });
afterAll(closeDb);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const now = new Date();

type Server = { name?: string; heard?: number; first?: number; closed?: boolean; id?: string };
type Reports = { from?: number; to?: number; every?: number; of?: Partial<SinkDecision> };

/** A feature whose server reported decisions every `every` ms from `from` to `to` ago and was last heard `heard` ago (ms), and others that never reported. */
async function scene(
  { from = 0, to = 0, every = MINUTE, of = {}, ...desk }: Server & Reports,
  others: readonly Server[] = [],
) {
  const made = await publishedScene(db);
  const instance = randomUUID();
  const decisions: SinkDecision[] = [];
  for (let ago = from; ago > to; ago -= every) {
    decisions.push(aDecision(now.getTime() - ago, { feature: made.feature.key, instance, scenarios: [], ...of }));
  }
  for (let at = 0; at < decisions.length; at += 500) {
    await postgresSink(pool).append(made.environment.id, decisions.slice(at, at + 500));
  }
  for (const server of [{ id: instance, ...desk }, ...others]) await addServer(made, server);
  const view = (about: Partial<MetricsQuery> = {}) =>
    metricsView(made.as("viewer", now), {
      ...{
        environment: made.environment.key,
        feature: made.feature.key,
        period: "24h",
        cut: "",
        compare: "before",
        ...about,
      },
    });
  return { ...made, view };
}

/** A server that uses the feature, first and last heard from so long ago (ms). */
async function addServer(
  { environment, feature }: Awaited<ReturnType<typeof publishedScene>>,
  { id = randomUUID(), name = "desk-1", heard = 0, first = heard, closed = false }: Server,
) {
  const lastHeardAt = new Date(now.getTime() - heard);
  const firstHeardAt = new Date(now.getTime() - first);
  await db.instance.create({
    data: {
      ...{ id, name, environmentId: environment.id, app: "desk", sdk: "1", apiKeyId: randomUUID() },
      ...{ firstHeardAt, lastHeardAt, features: { [feature.key]: lastHeardAt.toISOString() } },
      closedAt: closed ? lastHeardAt : null,
    },
  });
}

test("a feature that nobody has reported yet has no figures and says so, in every period and comparison", async () => {
  const { view } = await scene({});
  for (const period of PERIODS) {
    for (const compare of COMPARES) {
      const shown = await view({ period, compare });
      expect(shown.verdict).toMatchObject({ standing: "no-data", sentence: "Nobody has reported yet." });
      const values = shown.panels.flatMap(({ value, lines }) => [
        value,
        ...lines.flatMap(({ points }) => points.map((point) => point.value)),
      ]);
      expect(new Set(values), `${period} ${compare}`).toEqual(new Set([null]));
      expect(shown.health).toMatchObject({ decisions: 0, lateShare: null, lastReportedAt: null, silent: [] });
    }
  }
});

test("nobody has reported for months is not that nobody has reported yet", async () => {
  const { environment, feature, as } = await publishedScene(db);
  const months = now.getTime() - 90 * DAY;
  await storeHistory(pool, environment.id, [aDecision(months, { feature: feature.key, scenarios: [] })]);
  const ctx = as("viewer", now);
  for (const period of PERIODS) {
    const asked = { environment: environment.key, feature: feature.key, period, cut: "", compare: "before" } as const;
    const { verdict } = await metricsView(ctx, asked);
    expect(verdict).toMatchObject({
      standing: "no-data",
      sentence: expect.stringMatching(/^Nobody has reported for 9[01] days/),
    });
  }
  const [verdict] = await featureVerdicts(ctx, 10_000);
  expect(verdict).toMatchObject({ sentence: expect.stringMatching(/^Nobody has reported for 9[01] days/) });
});

test("when the only server has fallen silent, the verdict is that, not a figure of yesterday", async () => {
  const { view } = await scene({ from: 5 * HOUR, to: 2 * HOUR, heard: 2 * HOUR });
  const { verdict, health } = await view();
  expect(verdict).toMatchObject({
    standing: "no-data",
    sentence: expect.stringMatching(/^Nobody has reported for 2 hours\.$/),
  });
  expect(health.silent).toHaveLength(1);
});

test("a feature that is stopped is not silent: requests arrive, only none that its metrics are counted from", async () => {
  const { view, feature } = await scene({ from: 23 * HOUR, of: { served: "template" } });
  const [metrics, weights] = [["edit-rate", "dismissal-rate"], { judge: 1, feedback: 1, completion: 1 }];
  const changed = { changedAt: now, changedBy: "person:x", changedByName: "Ada" };
  await db.measurement.create({ data: { featureId: feature.id, metrics, weights, ...changed } });
  const { verdict, beside, health } = await view();
  expect(health.decisions).toBeGreaterThan(1300);
  expect(verdict).toMatchObject({ standing: "no-data", sentence: expect.not.stringMatching(/^Nobody has reported/) });
  expect(beside).toMatchObject({ agreement: "unknown", sentences: [expect.not.stringContaining("nobody reports")] });
});

test("a server that closed in order is not silent", async () => {
  const { view } = await scene({ from: 5 * HOUR, to: 2 * HOUR, heard: 2 * HOUR, closed: true });
  const { verdict, health } = await view();
  expect(health.silent).toEqual([]);
  expect(verdict.sentence).not.toMatch(/^Nobody has reported for/);
});

test("what was last reported before the period is said with how long ago", async () => {
  const { view } = await scene({ from: 40 * HOUR, to: 30 * HOUR, heard: 30 * HOUR, closed: true });
  const { verdict, health } = await view({ period: "3h" });
  expect(verdict.sentence).toMatch(/^Nobody has reported for 30 hours\.$/);
  expect(now.getTime() - (health.lastReportedAt ?? 0)).toBeLessThan(31 * HOUR);
});

test.each(["24h", "7d", "28d"] as const)(
  "a server whose events do not arrive is named for as long as it runs, over %s, and so is one whose events never did",
  async (period) => {
    const others = [
      { name: "desk-2", first: 9 * DAY },
      { name: "desk-3", heard: 3 * DAY, first: 9 * DAY },
    ];
    const { view } = await scene({ from: 5 * DAY, to: 3 * DAY, every: HOUR, first: 9 * DAY }, others);
    const { health } = await view({ period });
    expect(health.silent.map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/^desk-3 has not reported for 3 days\./),
      expect.stringMatching(/^desk-1 is running and uses this feature, but has reported nothing for 3 days\./),
      expect.stringMatching(/^desk-2 is running and uses this feature, but has reported nothing for 9 days\./),
    ]);
  },
);

test.each(["7d", "28d", "60d"] as const)(
  "when every server has been silent for two days, the verdict over %s is that",
  async (period) => {
    const { view } = await scene({ from: 5 * DAY, to: 2 * DAY, every: 10 * MINUTE, heard: 2 * DAY });
    const { verdict, health } = await view({ period });
    expect(verdict).toMatchObject({ standing: "no-data", sentence: "Nobody has reported for 2 days." });
    expect(health.silent).toMatchObject([{ name: "desk-1" }]);
  },
);

test("when every server closed in order two days ago, a week is told by its figures", async () => {
  const { view } = await scene({ from: 5 * DAY, to: 2 * DAY, every: 10 * MINUTE, heard: 2 * DAY, closed: true });
  const { verdict, health } = await view({ period: "7d" });
  expect(verdict.sentence).not.toMatch(/^Nobody has reported/);
  expect(health.silent).toEqual([]);
});

test("a busy feature's week is drawn by the hour, each hour beside its own of the week before", async () => {
  const { view } = await scene({ from: 20 * HOUR, every: 30_000 });
  const shown = await view({ period: "7d" });
  expect(shown.resolution).toBe("hour");
  const [line] = shown.panels.find(({ key }) => key === "error-rate")?.lines ?? [];
  expect(line?.points.length).toBeGreaterThan(6 * 24);
  expect(line?.points.filter(({ state }) => state === "full").length).toBeGreaterThan(15);
  expect(line?.points.filter(({ state }) => state === "unfinished")).toHaveLength(1);
  const requests = shown.panels.find(({ key }) => key === "decisions");
  expect(requests?.value).toBe(2_400);
});

test("every feature of the environment has a verdict, also one that never reported", async () => {
  const { environment, feature, as } = await scene({ from: 5 * HOUR });
  const quiet = await createFeature(db, { name: "Quiet" });
  const release = await createRelease(db, quiet.id);
  await createFeatureState(db, { environmentId: environment.id, featureId: quiet.id, releaseId: release.id });
  const verdicts = await featureVerdicts(as("viewer", now), 10_000);
  expect(verdicts.map((verdict) => verdict.feature).sort()).toEqual([quiet.key, feature.key].sort());
  expect(verdicts.find((verdict) => verdict.feature === quiet.key)).toMatchObject({
    standing: "no-data",
    sentence: "Nobody has reported yet.",
    family: null,
    metric: null,
  });
});
