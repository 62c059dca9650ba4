import { array, assert, constantFrom, integer, property, record } from "fast-check";
import { describe, expect, it, test } from "vitest";
import { METRICS } from "#lib/core/metrics/definitions.ts";
import type { Measures } from "#lib/core/metrics/measures.ts";
import { readingOf } from "#lib/core/metrics/reading.ts";
import { HOUR_MS } from "#lib/core/time.ts";
import { balanced } from "./balance.ts";
import { sampleOf, sumsOf } from "./samples.ts";

const candidate = { arm: "candidate", release: "r2" };
const current = { arm: "current", release: "r1" };
const seen = { decisions: 1, first: 0, last: 0 };
const pair = { candidate: { ...candidate, ...seen }, current: { ...current, ...seen } };
const edits = METRICS.filter(({ key }) => key === "edit-rate");

type Hour = { tried: number; usual: number; triedRate: number; usualRate: number };

function rowsOf(hours: readonly Hour[]) {
  const row = (arm: typeof candidate, index: number, n: number, rate: number) =>
    n === 0
      ? []
      : [{ ...arm, bucket: index * HOUR_MS, measures: { decisions: n, ai: n, s_edited: n * rate } satisfies Measures }];
  return hours.flatMap(({ tried, usual, triedRate, usualRate }, index) => [
    ...row(candidate, index, tried, triedRate),
    ...row(current, index, usual, usualRate),
  ]);
}

const measuresOf = (rows: readonly { measures: Measures }[], name: keyof Measures) =>
  rows.reduce((sum, { measures }) => sum + (measures[name] ?? 0), 0);
const rateOf = (rows: readonly { measures: Measures }[]) => measuresOf(rows, "s_edited") / measuresOf(rows, "ai");

/** What the metric page says of such hours, with many people. */
function said(hours: readonly Hour[]) {
  const [definition] = edits;
  if (!definition) throw new Error("there is no edit rate any more");
  const sides = balanced(rowsOf(hours), [], pair);
  const weights = { judge: 1, feedback: 1, completion: 1 };
  const sample = (side: keyof typeof sides) => ({
    ...sampleOf(definition, sumsOf(sides[side].rows, [], [], 900), weights),
    spread: { designEffect: 1, perOne: null },
  });
  const held = { with: "release", sample: sample("current") } as const;
  return readingOf(definition, {
    sample: sample("candidate"),
    held,
    planned: 2000,
    from: 0,
    now: 1,
    lastReportedAt: 1,
  });
}

const daysAlike = (share: number, rate: number, days: number, perHour = 400): Hour[] =>
  Array.from({ length: days * 24 }, () => ({
    tried: perHour * share,
    usual: perHour * (1 - share),
    triedRate: rate,
    usualRate: rate,
  }));

describe("a rollout that grows while edits rise for everybody", () => {
  const ramp = [...daysAlike(0.05, 0.2, 3), ...daysAlike(0.5, 0.26, 2)];
  it("shows no difference of the candidate", () => {
    const { candidate: tried, current: usual } = balanced(rowsOf(ramp), [], pair);
    expect(rateOf(usual.rows)).toBeCloseTo(rateOf(tried.rows), 10);
    expect(said(ramp).standing).toBe("same");
  });
  it("still shows one where there is one", () => {
    const worse = ramp.map((hour) => ({ ...hour, triedRate: hour.triedRate * 1.25 }));
    expect(said(worse)).toMatchObject({ standing: "worse", change: { relative: expect.closeTo(0.25, 5) } });
  });
});

test("hours of a pause, and those after everybody has the candidate, count on neither side", () => {
  const hours = [
    ...daysAlike(0.5, 0.2, 1),
    ...Array.from({ length: 12 }, () => ({ tried: 0, usual: 400, triedRate: 0, usualRate: 0.6 })),
    ...Array.from({ length: 12 }, () => ({ tried: 400, usual: 0, triedRate: 0.6, usualRate: 0 })),
  ];
  const { candidate: tried, current: usual } = balanced(rowsOf(hours), [], pair);
  expect(rateOf(tried.rows)).toBeCloseTo(0.2, 10);
  expect(rateOf(usual.rows)).toBeCloseTo(0.2, 10);
});

test("with one split all along nothing is weighted", () => {
  const { current: usual } = balanced(rowsOf(daysAlike(0.25, 0.2, 1)), [], pair);
  expect(measuresOf(usual.rows, "decisions")).toBeCloseTo(300 * 24, 6);
});

test("weighted requests are worth fewer, and latencies are weighted like them", () => {
  const hours = [...daysAlike(0.5, 0.2, 1), ...daysAlike(0.05, 0.2, 1)];
  const bins = [{ ...current, bucket: 30 * HOUR_MS, bin: 7, n: 380 }];
  const { current: usual } = balanced(rowsOf(hours), bins, pair);
  // 4,800 that count 1 and 9,120 that count 1/19: worth (4,800 + 480)² / (4,800 + 480 / 19).
  const worth = 5280 ** 2 / (4800 + 480 / 19);
  expect(measuresOf(usual.rows, "decisions")).toBeCloseTo(worth, 6);
  expect(usual.bins[0]?.n).toBeCloseTo((380 / 19) * (worth / 5280), 6);
});

test("no hour in common: nothing on either side", () => {
  const apart = [
    { tried: 0, usual: 50, triedRate: 0, usualRate: 0.1 },
    { tried: 50, usual: 0, triedRate: 0.1, usualRate: 0 },
  ];
  expect(balanced(rowsOf(apart), [], pair)).toEqual({
    candidate: { rows: [], bins: [] },
    current: { rows: [], bins: [] },
  });
});

test("whatever the split does, arms that are alike in every hour of enough requests are alike together, and weights never make more of them", () => {
  const hour = record({
    tried: integer({ min: 30, max: 2000 }),
    usual: integer({ min: 30, max: 2000 }),
    rate: constantFrom(0.05, 0.2, 0.6),
  });
  assert(
    property(array(hour, { minLength: 1, maxLength: 60 }), (drawn) => {
      const hours = drawn.map(({ rate, ...counts }) => ({ ...counts, triedRate: rate, usualRate: rate }));
      const { candidate: tried, current: usual } = balanced(rowsOf(hours), [], pair);
      expect(rateOf(usual.rows)).toBeCloseTo(rateOf(tried.rows), 9);
      const all = hours.reduce((sum, one) => sum + one.usual, 0);
      expect(measuresOf(usual.rows, "decisions")).toBeLessThanOrEqual(all + 1e-6);
    }),
  );
});
