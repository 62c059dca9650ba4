import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { eventId } from "#lib/core/events/event.ts";
import { METRICS } from "#lib/core/metrics/definitions.ts";
import { figureOf } from "#lib/core/metrics/figure.ts";
import { addMeasures } from "#lib/core/metrics/measures.ts";
import { histogramQuantile } from "#lib/core/stats/histogram-quantile.ts";
import { HOUR_MS, MINUTE_MS } from "#lib/core/time.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { bruteForceFigures } from "./brute-force.ts";
import { type Received, tell } from "./brute-force-facts.ts";
import { byHand, METRICS_BY_HAND } from "./brute-force-metrics.ts";
import { randomTraffic, type Traffic } from "./brute-force-traffic.ts";
import type { SinkEvent } from "./event-sink.ts";
import type { Cut, FigureSource, Resolution, Span } from "./figure-source.ts";
import { postgresFigures } from "./postgres/figures.ts";
import { postgresSink } from "./postgres/sink.ts";

// Brute force takes seconds, and more on a machine that is busy with something else.
vi.setConfig({ testTimeout: 120_000 });

const ZONE = "Europe/Berlin";
/** Of a value told by the middle of its bin, scale 5. */
const SKETCH_ERROR = 0.0109;
/** The bin that holds 0 is told by a number that is not quite 0. */
const TINY = 1e-300;
/** To each environment at once; together fewer than the pool has connections. */
const SENDERS = 2;

const { pool } = await testDatabase();
const zone = async () => ZONE;
const sink = postgresSink(pool, zone);
const figures = postgresFigures(pool, zone);

/** Two environments: one over the day with 25 hours, one over the day with 23. Long enough that the two weeks of some people are over. */
const RUNS = [
  {
    name: "clocks go back",
    environment: randomUUID(),
    seed: 7,
    from: "2025-10-20T22:00:00Z",
    to: "2025-11-14T23:00:00Z",
  },
  {
    name: "clocks go forward",
    environment: randomUUID(),
    seed: 8,
    from: "2026-03-10T23:00:00Z",
    to: "2026-04-03T22:00:00Z",
  },
].map(({ from, to, ...run }) => ({ ...run, span: { from: Date.parse(from), to: Date.parse(to) } }));

const FEATURES = ["reply-assistant", "tagger", ""];
const RESOLUTIONS: Resolution[] = ["minute", "hour", "day"];

const received: Received[] = [];
const givenUp = new Set<string>();
const answers = new Map<string, number>();

const stored = new Map<string, Set<string>>();

/** How late an event is when it comes: by its id, so that it is the same for all that are sent twice. Five minutes are not late yet. */
const LATENESS = [0, 1, 5 * MINUTE_MS, 5 * MINUTE_MS + 1, HOUR_MS, 50 * HOUR_MS];
const receivedAt = ({ id, at }: SinkEvent) =>
  Date.parse(at) + (LATENESS[Number.parseInt(id.slice(-4), 16) % LATENESS.length] ?? 0);
/** What ingestion makes of an event's ids. */
const withReadIds = (event: SinkEvent): SinkEvent => ({
  ...event,
  id: eventId.parse(event.id),
  ...("decisionId" in event && event.decisionId && { decisionId: eventId.parse(event.decisionId) }),
});
/** Before anything came: nothing has waited for too long. */
const BEFORE = new Date(Math.min(...RUNS.map(({ span }) => span.from)));

async function send(environmentId: string, traffic: Traffic): Promise<void> {
  const queue = [...traffic.batches];
  const seen = stored.get(environmentId) ?? new Set();
  stored.set(environmentId, seen);
  const sender = async () => {
    for (let sent = queue.shift(); sent !== undefined; sent = queue.shift()) {
      const batch = sent.map(withReadIds);
      const states = await sink.append(environmentId, batch, { receivedAt });
      batch.forEach((event, index) => {
        const state = states[index] ?? "none";
        answers.set(state, (answers.get(state) ?? 0) + 1);
        const expected = traffic.poisoned.has(event.id) ? ["refused"] : ["stored", "duplicate"];
        expect(expected, `what became of ${event.type} ${event.id}`).toContain(state);
        if (state === "stored") expect(seen.has(event.id), `${event.id} stored twice`).toBe(false);
        if (state === "stored") seen.add(event.id);
        if (state !== "refused") received.push({ environmentId, event, receivedAt: receivedAt(event) });
      });
      if (queue.length % 5 === 0) await sink.settleSignals(BEFORE);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
}

beforeAll(async () => {
  await pool.query("select telemetry.ensure_partitions('2025-10-18', '2025-11-17')");
  await pool.query("select telemetry.ensure_partitions('2026-03-08', '2026-04-06')");
  const sent = await Promise.all(
    RUNS.map(async ({ environment, seed, span }) => {
      const traffic = randomTraffic({ seed, ...span, decisions: 1600 });
      await send(environment, traffic);
      return { environment, traffic };
    }),
  );
  await sink.settleSignals(BEFORE);
  for (const { environment } of RUNS) for (const { id } of tell(received, environment, new Set()).lost) givenUp.add(id);
  await sink.settleSignals(new Date());
  for (const { environment, traffic } of sent) {
    for (const event of traffic.tooLate)
      received.push({ environmentId: environment, event, receivedAt: receivedAt(event) });
    await sink.append(environment, traffic.tooLate, { receivedAt });
  }
  await sink.settleSignals(new Date());
}, 300_000);

/** What differs, as one line each; empty when all is equal. */
function differences(actual: unknown[], expected: unknown[]): string[] {
  const lines = (rows: unknown[]) => rows.map((row) => JSON.stringify(row, sortedKeys)).sort();
  const [left, right] = [lines(actual), lines(expected)];
  const [inLeft, inRight] = [new Set(left), new Set(right)];
  return [
    ...left.filter((line) => !inRight.has(line)).map((line) => `roll-up: ${line}`),
    ...right.filter((line) => !inLeft.has(line)).map((line) => `by hand: ${line}`),
  ].sort((a, b) => (a.slice(9) < b.slice(9) ? -1 : 1));
}

const sortedKeys = (_: string, value: unknown) =>
  value !== null && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

test("the batches were as bad as they should be", () => {
  expect(answers.get("stored")).toBeGreaterThan(7_000);
  expect(answers.get("duplicate")).toBeGreaterThan(1000);
  expect(answers.get("refused")).toBeGreaterThan(20);
  expect(givenUp.size).toBeGreaterThan(20);
});

describe.each(RUNS)("$name", ({ environment, span }) => {
  const byForce = () => bruteForceFigures(received, ZONE, givenUp);
  let force: ReturnType<typeof byForce>;
  const wholes: Cut[] = [...FEATURES, "*"].map((feature) => ({ feature, cut: "" }));
  let cuts: Cut[];
  const compare = async (ask: (source: FigureSource) => Promise<unknown[]>) =>
    expect(differences(await ask(figures), await ask(force)).slice(0, 20)).toEqual([]);

  beforeAll(async () => {
    force = byForce();
    const parts = await Promise.all(FEATURES.map((feature) => force.segments(environment, feature, span)));
    cuts = [
      ...wholes,
      ...FEATURES.flatMap((feature, index) => parts[index]?.cuts.map(({ cut }) => ({ feature, cut })) ?? []),
    ];
    expect(cuts.length).toBeGreaterThan(30);
  });

  test.each(RESOLUTIONS)("every measure of every cut, by the %s", async (resolution) => {
    for (const cut of cuts) {
      const all = await force.window(environment, cut, span, resolution);
      expect(all.length, JSON.stringify(cut)).toBeGreaterThan(5);
      await compare((source) => source.window(environment, cut, span, resolution));
    }
  });

  test("part of a span, beginning and ending in the middle of buckets", async () => {
    const part = { from: span.from + 50 * HOUR_MS + 1234, to: span.from + 150 * HOUR_MS + 99_999 };
    for (const resolution of RESOLUTIONS) {
      await compare((source) => source.window(environment, { feature: "tagger", cut: "" }, part, resolution));
    }
  });

  test("sums by group of users", async () => {
    for (const cut of cuts) await compare((source) => source.userSums(environment, cut, span));
  });

  test.each(RESOLUTIONS)("latency bins by the %s", async (resolution) => {
    for (const cut of cuts) await compare((source) => source.quantiles(environment, cut, span, resolution));
  });

  test("quantiles are within the sketch's stated error of the exact ones", async () => {
    for (const cut of cuts.filter((each) => each.cut === "" || each.cut.startsWith("scenario:"))) {
      const exact = force.latencies(environment, cut, span).sort((a, b) => a - b);
      const bins = await figures.quantiles(environment, cut, span, "day");
      const quantiles = [0.01, 0.25, 0.5, 0.95, 0.99];
      const { values } = histogramQuantile({ scale: 5, bins: bins.map(({ bin, n }) => [bin, n] as const), quantiles });
      quantiles.forEach((q, index) => {
        const truth = exact[Math.floor(q * (exact.length - 1))] ?? Number.NaN;
        expect(Math.abs((values[index] ?? Number.NaN) - truth)).toBeLessThanOrEqual(truth * SKETCH_ERROR + TINY);
      });
    }
  });

  test("distinct users and their histories, day by day", async () => {
    for (const feature of [...FEATURES, "*"]) {
      await compare((source) => source.userDays(environment, feature, span));
    }
  });

  test.each([1, 2, 7, 10])("distinct users of %i days", async (days) => {
    for (const feature of ["reply-assistant", "*"]) {
      for (let first = 0; first + days <= 11; first++) {
        const part: Span = {
          from: span.from + first * 24 * HOUR_MS + HOUR_MS,
          to: span.from + (first + days) * 24 * HOUR_MS,
        };
        await compare(async (source) => [await source.users(environment, feature, part)]);
      }
    }
  });

  test.each([11 * 24, 30])("cuts and releases over %i hours", async (hours) => {
    const part = { from: span.from + 1, to: span.from + hours * HOUR_MS };
    for (const feature of FEATURES) {
      await compare(async (source) => (await source.segments(environment, feature, part)).cuts);
      await compare(async (source) => (await source.segments(environment, feature, part)).releases);
    }
  });

  test("instances, controls, and what was lost", async () => {
    const part = { from: span.from + 30 * HOUR_MS, to: span.to - 30 * HOUR_MS };
    for (const feature of [...FEATURES, "*"]) await compare((source) => source.instances(environment, feature, part));
    await compare((source) => source.controlHours(environment, ["control-1", "control-2"], part));
    await compare((source) => source.controlHours(environment, ["control-2"], part));
    await compare(async (source) => [await source.lost(environment, part)]);
    expect((await figures.lost(environment, span)).unattributed).toBeGreaterThan(10);
  });

  test.each(["reply-assistant", "tagger"])(
    "every metric of %s from the roll-ups is what raw events say",
    async (feature) => {
      const told = tell(received, environment, givenUp);
      const [byDays, days, people, bins] = await Promise.all([
        figures.window(environment, { feature, cut: "" }, span, "day"),
        figures.userDays(environment, feature, span),
        figures.users(environment, feature, span),
        figures.quantiles(environment, { feature, cut: "" }, span, "day"),
      ]);
      const raw = {
        ...{ told, feature, span },
        users: (await force.userDays(environment, feature, span)).reduce((sum, day) => ({
          ...day,
          users1: sum.users1 + day.users1,
          newUsers: sum.newUsers + day.newUsers,
          cameBack: sum.cameBack + day.cameBack,
          startedAgain: sum.startedAgain + day.startedAgain,
          keptOn: sum.keptOn + day.keptOn,
          usedOrSwitched: sum.usedOrSwitched + day.usedOrSwitched,
          leftOff: sum.leftOff + day.leftOff,
        })),
        people: (await force.users(environment, feature, span)).users,
      };
      const exact = force.latencies(environment, { feature, cut: "" }, span).sort((a, b) => a - b);
      const measures = addMeasures(byDays.map((bucket) => bucket.measures));
      for (const metric of METRICS) {
        const { value } = figureOf(metric, { measures, bins, userDays: days, users: people.users });
        if (metric.formula.kind === "quantile") {
          const truth = exact[Math.floor(metric.formula.q * (exact.length - 1))] ?? Number.NaN;
          expect(Math.abs((value ?? Number.NaN) - truth), metric.key).toBeLessThanOrEqual(truth * SKETCH_ERROR + TINY);
          continue;
        }
        expect(value, metric.key).not.toBeNull();
        expect(value, metric.key).toBeCloseTo(byHand(metric.key, raw) ?? Number.NaN, 12);
      }
    },
  );
});

test("there is no metric that is not compared", () => {
  const compared = METRICS.filter(({ formula }) => formula.kind !== "quantile").map(({ key }) => key);
  expect(Object.keys(METRICS_BY_HAND).sort()).toEqual(compared.sort());
});
