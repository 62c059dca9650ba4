import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SignalEvent } from "#lib/core/events/event.ts";
import { closeDb } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { aDecision, aSignal } from "#lib/telemetry/contract.ts";
import type { SinkDecision, SinkEvent } from "#lib/telemetry/event-sink.ts";
import { postgresSink } from "#lib/telemetry/postgres/sink.ts";
import { personActor } from "#lib/testing/contexts.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { createRelease } from "#lib/testing/factories.ts";
import { personHash, storeHistory } from "#lib/testing/history.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { liftControl } from "../controls/commands/lift.ts";
import { placeControl } from "../controls/commands/place.ts";
import { controlEffects, countedView, featureVerdicts, metricsView } from "./queries.ts";
import type { MetricsQuery, MetricsView } from "./schema.ts";

const { db, pool, appUrl, ownerUrl } = await testDatabase();
setEnv({ DATABASE_URL: appUrl });
afterAll(closeDb);

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const now = new Date();
const PEOPLE = 150;
const desk = randomUUID();
const gone = randomUUID();

const { environment, feature, scenario, release, stop, as } = await publishedScene(db, { guarded: false });
const candidate = await createRelease(db, feature.id, { name: "2.4 Calmer tone" });
const sink = postgresSink(pool);
const looking = (at = now) => as("operator", at);

/** Eight days at the same pace; in the last day and a half half of the answers are the candidate's, whose corrections take twice as long. */
function history(): SinkEvent[] {
  const events: SinkEvent[] = [];
  const start = now.getTime() - 8.1 * DAY;
  for (let at = start, index = 0; at < now.getTime() - 60_000; at += 4 * 60_000, index++) {
    const tried = at > now.getTime() - 1.5 * DAY && index % 2 === 0;
    const decision = aDecision(at, {
      feature: feature.key,
      instance: index % 3 === 0 && at < now.getTime() - 2 * HOUR ? gone : desk,
      scenarios: index % 8 < 4 ? [scenario.key] : [],
      arm: tried ? "candidate" : "current",
      release: tried ? candidate.id : release.id,
      userHash: personHash(index % PEOPLE),
      task: `task-${index}`,
      served: index % 10 === 9 ? "template" : "primary",
    });
    events.push(decision);
    if (decision.served === "primary") events.push(...signalsOf(decision, at, index, tried));
  }
  return events;
}

function signalsOf(decision: SinkDecision, at: number, index: number, tried: boolean): SignalEvent[] {
  const signal = (kind: SignalEvent["kind"], about: Partial<SignalEvent> = {}) =>
    aSignal(at + 20_000, { decisionId: decision.id, kind, ...about });
  const seconds = (tried ? 44 : 20) + (index % 5);
  return [signal("accepted"), ...(index % 4 < 2 ? [signal("edited", { value: seconds, changed: 0.2 })] : [])];
}

let placed = "";
beforeAll(async () => {
  await storeHistory(pool, environment.id, history());
  const server = (id: string, name: string, lastHeardAt: Date) => ({
    ...{ id, name, environmentId: environment.id, app: "desk", sdk: "1", apiKeyId: randomUUID() },
    ...{ firstHeardAt: now, lastHeardAt, features: { [feature.key]: lastHeardAt.toISOString() } },
  });
  await db.instance.createMany({
    data: [
      { ...server(desk, "desk-1", now), droppedDecisions: 3n, droppedSignals: 4n },
      server(gone, "desk-2", new Date(now.getTime() - 2 * HOUR)),
    ],
  });
  const lead = personActor("operator");
  placed = (await placeControl(as(lead, new Date(now.getTime() - 5 * HOUR)), stop({ reason: "Invented a policy." })))
    .value;
  await liftControl(as(lead, new Date(now.getTime() - 3 * HOUR)), {
    environment: environment.key,
    id: placed,
    reason: "Fixed.",
  });
});

const query = (about: Partial<MetricsQuery> = {}): MetricsQuery => ({
  ...{ environment: environment.key, feature: feature.key, period: "24h", cut: "", compare: "before", ...about },
});
const view = (about: Partial<MetricsQuery> = {}) => metricsView(looking(), query(about));
const panelOf = (shown: MetricsView, key: string) => {
  const panel = shown.panels.find((each) => each.key === key);
  if (!panel) throw new Error(`there is no panel ${key}`);
  return panel;
};

describe("the view of a metric page", () => {
  test("says what got worse, against what, and draws the time before beside it", async () => {
    const shown = await view();
    const panel = panelOf(shown, "correction-time");
    const edits = history().flatMap((event) => (event.type === "signal" && event.kind === "edited" ? [event] : []));
    const from = shown.from;
    const inPeriod = edits.filter(({ at }) => Date.parse(at) >= from);
    const mean = inPeriod.reduce((sum, { value = 0 }) => sum + value, 0) / inPeriod.length;
    expect(panel.value).toBeCloseTo(mean, 6);
    expect(panel.n).toBe(inPeriod.length);
    expect(panel).toMatchObject({ standing: "worse", against: { label: "the 7 days before" }, family: "harm" });
    expect(panel.says).toMatch(/^Correction time is \d+ s, was 2\d s: up \d+%/);
    expect(panel.lines.map(({ key, quiet }) => [key, quiet])).toEqual([
      ["now", false],
      ["before", true],
    ]);
    const [line, before] = panel.lines;
    expect(line?.points).toHaveLength(24);
    expect(line?.points.at(-1)?.state).toBe("unfinished");
    expect(before?.points.map(({ at }) => at)).toEqual(line?.points.map(({ at }) => at));
    expect(shown.verdict).toMatchObject({
      standing: "worse",
      sentence: expect.stringMatching(/^Harm is up: correction time/),
    });
  });

  test("sets how much it is used beside what it is judged by, and says that they disagree", async () => {
    const { beside } = await view();
    expect(beside).toMatchObject({
      agreement: "disagree",
      sentences: [expect.stringMatching(/ are accepted 100% of the time, but correction time rose by \d+%: /)],
    });
    expect(beside.activity.map(({ key }) => key)).toEqual(["decisions", "acceptance-rate", "generation-time"]);
    expect(beside.trust[0]).toMatchObject({
      key: "correction-time",
      standing: "worse",
      change: expect.stringMatching(/^Up \d+%, was 2\d s$/),
    });
    expect((await view({ period: "7d" })).beside.activity.map(({ key }) => key)).toContain("people");
  });

  test("of a week with few requests is by the day, and days before the first report are gaps, not zeros", async () => {
    const shown = await view({ period: "7d" });
    expect(shown.resolution).toBe("day");
    const [line] = panelOf(shown, "edit-rate").lines;
    expect(line?.points).toHaveLength(7);
    expect(line?.points.filter(({ state }) => state !== "gap").length).toBeGreaterThanOrEqual(6);
    const longer = await view({ period: "28d" });
    const gaps = panelOf(longer, "edit-rate").lines[0]?.points.filter(({ state }) => state === "gap");
    // 8.1 days touch nine days, or ten in the first hours of a day.
    expect(gaps?.length).toBeGreaterThanOrEqual(18);
    expect(gaps?.every(({ value }) => value === null)).toBe(true);
    expect(panelOf(longer, "edit-rate").lines).toHaveLength(1);
  });

  test("of three hours is by three minutes, and every request is in one of them", async () => {
    const shown = await view({ period: "3h" });
    expect(shown.resolution).toBe("minute");
    expect(shown.ladder).toHaveLength(60);
    const answered = shown.ladder.flatMap(({ counts }) => Object.values(counts)).reduce((sum, count) => sum + count, 0);
    expect(answered).toBeGreaterThan(30);
    const requests = panelOf(shown, "decisions");
    expect(requests.value).toBe(answered);
    expect(requests.lines[0]?.points.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBe(answered);
    // It is asked for every two seconds.
    expect(JSON.stringify(shown).length).toBeLessThan(700_000);
  });

  test("holds how many requests there were against the same hours a week earlier, other figures against all days since", async () => {
    const shown = await view();
    expect(panelOf(shown, "decisions").against?.label).toBe("the same hours a week earlier");
    expect(panelOf(shown, "edit-rate").against?.label).toBe("the 7 days before");
    const { standing, change } = panelOf(shown, "decisions");
    expect(standing).not.toBe("worse");
    expect(Math.abs(change?.relative ?? 1)).toBeLessThan(0.05);
  });

  test("tells latencies only of what they are kept for", async () => {
    const keys = async (about: Partial<MetricsQuery>) => (await view(about)).panels.map(({ key }) => key);
    expect(await keys({ cut: `scenario:${scenario.key}` })).toContain("latency-p50");
    expect(await keys({ cut: `scenario:${scenario.key}`, period: "3h" })).not.toContain("latency-p50");
    const lines = panelOf(await view({ compare: "scenarios", period: "3h" }), "latency-p50").lines;
    expect(lines.map(({ label, quiet }) => [label, quiet])).toEqual([["All traffic", false]]);
  });

  test("compares the candidate with the current release in the same hours, by their names", async () => {
    const shown = await view({ compare: "arms", period: "7d" });
    const panel = panelOf(shown, "correction-time");
    expect(panel).toMatchObject({ standing: "worse", against: { label: "the current release, same hours" } });
    expect(panel.value).toBeGreaterThan(40);
    expect(panel.against?.value).toBeLessThan(30);
    expect(panel.lines.map(({ label, quiet }) => [label, quiet])).toEqual([
      ["Candidate 2.4 Calmer tone", false],
      [`Current ${release.name}`, true],
    ]);
    expect(panel.users).toBe(PEOPLE / 2);
    const part = await view({ compare: "arms", period: "7d", cut: `scenario:${scenario.key}` });
    expect(panelOf(part, "correction-time")).toMatchObject({ users: null, standing: "not-enough" });
    // The candidate came a day and a half ago: what it lacks is told by how fast it has come since.
    expect(panelOf(part, "correction-time").says).toMatch(/^Not enough data yet: about \d more days? at this rate\.$/);
    expect(shown.arms.map(({ label }) => label).sort()).toEqual([
      "Candidate 2.4 Calmer tone",
      `Current ${release.name}`,
    ]);
  });

  test.each(["3h", "24h", "7d"] as const)(
    "counts the people of all requests over %s, also where the candidate is compared",
    async (period) => {
      const [{ health: before }, { health: arms }] = await Promise.all([
        view({ period }),
        view({ period, compare: "arms" }),
      ]);
      expect(arms).toEqual(before);
      expect(arms.users).toBeGreaterThan(0);
    },
  );

  test("draws a line for each scenario, by its name, beside all traffic", async () => {
    const shown = await view({ compare: "scenarios" });
    expect(panelOf(shown, "edit-rate").lines.map(({ label, quiet }) => [label, quiet])).toEqual([
      [scenario.name, false],
      ["All traffic", true],
    ]);
    expect(shown.cuts).toEqual([
      { value: "", label: "All traffic" },
      { value: `scenario:${scenario.key}`, label: scenario.name },
    ]);
  });

  test("of a part of the traffic counts that part alone, and leaves out what is counted by users", async () => {
    const [whole, part] = await Promise.all([view(), view({ cut: `scenario:${scenario.key}` })]);
    const requests = (shown: MetricsView) => panelOf(shown, "decisions").value ?? 0;
    expect(requests(part)).toBeGreaterThan(0);
    expect(Math.abs(requests(part) - requests(whole) / 2)).toBeLessThan(5);
    expect(part.panels.map(({ key }) => key)).not.toContain("repeat-usage");
    expect(whole.panels.map(({ key }) => key)).toContain("repeat-usage");
    expect(part.health.users).toBeNull();
  });

  test("marks who placed and lifted what and why, and when a release was first served", async () => {
    const { markers } = await view({ period: "7d" });
    expect(markers).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: "control",
          why: "Invented a policy.",
          who: expect.stringContaining("operator"),
        }),
        expect.objectContaining({
          kind: "lifted",
          why: "Fixed.",
          href: `/${environment.key}/features/${feature.key}?tab=activity`,
        }),
        expect.objectContaining({
          kind: "release",
          sentence: "Candidate 2.4 Calmer tone answered for the first time.",
        }),
      ]),
    );
    expect(markers.map(({ at }) => at)).toEqual(markers.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  test("says what it rests on, and names the server that fell silent", async () => {
    const { health } = await view();
    expect(health).toMatchObject({ dropped: { decisions: 3, signals: 4 }, unattributed: 0, unassigned: 0 });
    expect(health.decisions).toBeGreaterThan(300);
    expect(health.silent).toEqual([
      expect.objectContaining({
        name: "desk-2",
        sentence: expect.stringMatching(/^desk-2 has not reported for .*\. Figures since then lack its part\.$/),
      }),
    ]);
    const week = await view({ period: "7d" });
    expect(week.health).toMatchObject({ users: PEOPLE, usersExact: true });
  });

  test("is asked for once, however many look, and by whoever looks", async () => {
    const [one, other] = await Promise.all([
      metricsView(as("viewer", now), query({ period: "60d" })),
      metricsView(as("admin", now), query({ period: "60d" })),
    ]);
    expect(other).toBe(one);
  });

  test("of a feature that is not here is not found", async () => {
    await expect(view({ feature: "no-such-feature" })).rejects.toMatchObject({ code: "not-found" });
  });

  test("is not held up by a store that does not answer", async () => {
    const busy = new Client({ connectionString: ownerUrl });
    await busy.connect();
    try {
      await busy.query("begin; lock table telemetry.rollup in access exclusive mode");
      const later = looking(new Date(now.getTime() + 60_000));
      const began = performance.now();
      await expect(metricsView(later, query({ period: "3h" }))).rejects.toMatchObject({ code: "unavailable" });
      expect(performance.now() - began).toBeLessThan(9_000);
    } finally {
      await busy.end();
    }
  });
});

test("how a figure is counted is told with what was divided, and events without a word of anyone", async () => {
  const counted = await countedView(looking(), { ...query(), metric: "correction-time" });
  expect(counted.formula).toBe("seconds of edits / edits that told their seconds");
  expect((counted.numerator ?? 0) / (counted.denominator ?? 1)).toBeCloseTo(counted.reading.value ?? 0, 9);
  const events = counted.lastEvents ?? [];
  expect(events.length).toBeGreaterThan(5);
  expect(events.every(({ person }) => person === null || /^[0-9a-f]{6}…$/.test(person))).toBe(true);
  expect(events.every(({ what, detail }) => what === "Edited" && /^\d+ s$/.test(detail ?? ""))).toBe(true);
  const part = await countedView(looking(), { ...query({ cut: `scenario:${scenario.key}` }), metric: "edit-rate" });
  expect(new Set(part.lastEvents?.map((event) => event.scenario))).toEqual(new Set([scenario.name]));
  await expect(countedView(looking(), { ...query(), metric: "constructor" })).rejects.toMatchObject({
    code: "not-found",
  });
  const none = countedView(looking(), { ...query({ cut: `scenario:${scenario.key}` }), metric: "kept-on" });
  await expect(none).rejects.toMatchObject({ code: "not-found" });
});

test("how a figure is counted does not wait for the events behind it: they are said to be missing", async () => {
  const busy = new Client({ connectionString: ownerUrl });
  await busy.connect();
  try {
    await busy.query("begin; lock table telemetry.decision in access exclusive mode");
    const counted = await countedView(looking(), { ...query({ period: "24h" }), metric: "error-rate" });
    expect(counted.lastEvents).toBeNull();
    expect(counted.denominator).toBeGreaterThan(100);
  } finally {
    await busy.end();
  }
  await expect
    .poll(async () => {
      const later = looking(new Date(now.getTime() + 20_000));
      return (await countedView(later, { ...query({ period: "24h" }), metric: "error-rate" })).lastEvents?.length;
    })
    .toBe(20);
});

test("the control room gets one sentence a feature, with two weeks of what it is about", async () => {
  const [verdict, ...others] = await featureVerdicts(looking());
  expect(others).toEqual([]);
  expect(verdict).toMatchObject({
    feature: feature.key,
    period: "24h",
    standing: "worse",
    family: "harm",
    metric: "correction-time",
    sentence: expect.stringMatching(/^Harm is up: correction time \d+ s, was 2\d s\.$/),
  });
  expect(verdict?.spark).toHaveLength(14);
  expect(verdict?.spark[0]).toBeNull();
  // Soon after midnight today has too little to be on the line.
  expect(verdict?.spark.findLast((value) => value !== null)).toBeGreaterThan(25);
});

test("what a control did is the decisions in which it acted, per hour while it held", async () => {
  const [before] = await controlEffects(looking(), [placed, randomUUID()]);
  expect(before).toMatchObject({ controlId: placed, total: 0, perHour: 0, hours: [] });
  const held = now.getTime() - 4 * HOUR;
  const acted = [0, 1, 2].map((index) => aDecision(held + index, { feature: feature.key, controls: [placed] }));
  await sink.append(environment.id, acted);
  const [after] = await controlEffects(looking(new Date(now.getTime() + 10_000)), [placed]);
  expect(after).toMatchObject({ total: 3, perHour: 2, since: now.getTime() - 5 * HOUR });
  expect(after?.hours.map(({ decisions }) => decisions)).toEqual([3]);
});
