import { describe, expect, it } from "vitest";
import { metricByKey } from "#lib/core/metrics/definitions.ts";
import { figureOf } from "#lib/core/metrics/figure.ts";
import type { UserDay } from "#lib/core/metrics/user-counts.ts";
import { lastDays } from "./frame.ts";
import { ladderOf } from "./ladder.ts";
import { allBins, byBucket, hasLatencies, peopleWithin, sampleOf, sumsOf, userSamples } from "./samples.ts";

const metric = (key: string) => {
  const found = metricByKey(key);
  if (!found) throw new Error(`there is no metric ${key}`);
  return found;
};
const alike = { judge: 1, feedback: 1, completion: 1 };

describe("rows are added up", () => {
  const rows = [
    { bucket: 1, measures: { decisions: 10, ai: 8 } },
    { bucket: 2, measures: { decisions: 5 } },
    { bucket: 1, measures: { decisions: 1, s_edited: 2 } },
  ];
  it("one a bucket, whatever releases and arms there were", () => {
    expect(byBucket(rows)).toEqual([
      { bucket: 1, measures: { decisions: 11, ai: 8, s_edited: 2 } },
      { bucket: 2, measures: { decisions: 5 } },
    ]);
  });
  it("bins over buckets, groups over days", () => {
    const bins = [
      { bucket: 1, bin: 7, n: 2 },
      { bucket: 2, bin: 7, n: 3 },
      { bucket: 2, bin: 9, n: 1 },
    ];
    expect(allBins(bins)).toEqual([
      { bin: 7, n: 5 },
      { bin: 9, n: 1 },
    ]);
    const groups = [0, 0, 1].map((group) => ({ group, measures: { decisions: 4 } }));
    expect(sumsOf(rows, bins, groups, 3)).toEqual({
      measures: { decisions: 16, ai: 8, s_edited: 2 },
      groups: [{ decisions: 8 }, { decisions: 4 }],
      bins: [
        { bin: 7, n: 5 },
        { bin: 9, n: 1 },
      ],
      users: 3,
    });
  });
});

it("seven days of requests stand against one as a seventh; quotients stay what they are", () => {
  const week = sumsOf([{ bucket: 1, measures: { decisions: 700, ai: 600, s_edited: 60 } }], [], [], null);
  const value = (key: string) => figureOf(metric(key), sampleOf(metric(key), week, alike, 1 / 7)).value;
  expect(value("decisions")).toBeCloseTo(100, 9);
  expect(value("edit-rate")).toBeCloseTo(0.1, 9);
});

it("a cohort's share spreads as that of all traffic does: by users, not by answers", () => {
  // Half of the groups accept everything and half nothing: each answer of a group tells what the others told.
  const groups = Array.from({ length: 32 }, (_, group) => ({
    group,
    measures: { ai: 100, suggestions: 100, s_shown: 100, s_edited: group % 2 === 0 ? 100 : 0 },
  }));
  const rows = [{ bucket: 1, measures: { ai: 800, suggestions: 800, s_shown: 800, s_edited: 400 } }];
  const width = (sums: ReturnType<typeof sumsOf>) => {
    const { value, low, high } = figureOf(metric("edit-rate"), sampleOf(metric("edit-rate"), sums, alike));
    expect(value).toBe(0.5);
    return (high ?? 0) - (low ?? 0);
  };
  const assumed = width(sumsOf(rows, [], [], null));
  const borrowed = width(sumsOf(rows, [], groups, null, true));
  expect(borrowed).toBeGreaterThan(3 * assumed);
  expect(sumsOf(rows, [], groups, null, true).groups).toEqual([]);
});

describe("what is counted by users", () => {
  const now = Date.parse("2026-11-20T14:00:00Z");
  const slots = lastDays(now, 22, "UTC");
  const rows = slots.map(
    ({ day }, index): UserDay => ({
      day: day ?? "",
      users1: 100,
      users7: 300,
      users28: 500,
      newUsers: 10 + index,
      cameBack: 5,
      startedAgain: 4,
      keptOn: 8,
      usedOrSwitched: 101,
      leftOff: 1,
    }),
  );
  const days = { rows, slots, count: 7, people: null };
  it("is of the newest days of which all is known, and as many before", () => {
    const { sample, held, days: counted } = userSamples(metric("repeat-usage"), days, now);
    expect([counted[0]?.day, counted.at(-1)?.day]).toEqual(["2026-11-06", "2026-11-12"]);
    expect(held.userDays?.map(({ day }) => day)).toEqual([
      ...["2026-10-30", "2026-10-31", "2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04", "2026-11-05"],
    ]);
    expect(sample.users).toBe(counted.reduce((sum, { newUsers }) => sum + newUsers, 0));
  });
  it("is counted since anybody came, however many days there are", () => {
    const young = rows.map((row, index) => (index < rows.length - 4 ? { ...row, users1: 0 } : row));
    const daysAgo = (from: number) => (now - from) / 86_400_000;
    expect(daysAgo(userSamples(metric("switched-off"), days, now).from)).toBe(7);
    expect(daysAgo(userSamples(metric("switched-off"), { ...days, rows: young }, now).from)).toBe(3);
  });
  it("leaves out the first two weeks of reports, in which everybody is new, of what new people are held against", () => {
    const long = lastDays(now, 36, "UTC").map(({ day }) => ({ ...rows[0], day: day ?? "" }) as UserDay);
    const heldDays = (users: UserDay[], key = "repeat-usage") =>
      userSamples(metric(key), { rows: users, slots: lastDays(now, 36, "UTC"), count: 7, people: null }, now).held
        .userDays?.length;
    const since = (days: number) =>
      long.map((row, index) => (index < days ? { ...row, users1: 0, users7: 0, users28: 0, newUsers: 0 } : row));
    expect([heldDays(since(0)), heldDays(since(3)), heldDays(since(9))]).toEqual([7, 4, 0]);
    expect(heldDays(since(9), "switched-off")).toBe(7);
  });
  it("knows its people by the standard windows where nobody has to come back first", () => {
    const { sample, days: counted } = userSamples(metric("switched-off"), days, now);
    expect(counted.at(-1)?.day).toBe("2026-11-19");
    expect(sample.users).toBe(300);
    expect(userSamples(metric("switched-off"), { ...days, count: 10, people: 420 }, now).sample.users).toBe(420);
    expect(userSamples(metric("switched-off"), { ...days, count: 10, people: null }, now).sample.users).toBe(100);
  });
});

it("latencies are kept of all traffic and of scenarios, and by the minute of all traffic alone", () => {
  const known = (cut: string) => [hasLatencies(cut, "minute"), hasLatencies(cut, "hour")];
  expect([known(""), known("scenario:billing"), known("cohort:new"), known("dimension:language=de")]).toEqual([
    [true, true],
    [false, true],
    [false, false],
    [false, false],
  ]);
});

it("part of some days had at least its share of their people, and never more than all", () => {
  expect([
    peopleWithin(90, 50, 100),
    peopleWithin(90, 120, 100),
    peopleWithin(90, 0, 100),
    peopleWithin(90, 5, 0),
  ]).toEqual([45, 90, 0, 0]);
});

it("rungs are counted bucket by bucket; where nobody reported there is a gap, not a zero", () => {
  const slots = [0, 60, 120, 180].map((at) => ({ at, until: at + 60, day: null }));
  const rows = [
    { bucket: 0, measures: { served_primary: 3, served_manual: 1 } },
    { bucket: 180, measures: { served_primary: 1 } },
  ];
  const ladder = ladderOf(slots, rows, new Set([0, 60, 180]), 200);
  expect(ladder.map(({ state }) => state)).toEqual(["full", "full", "gap", "unfinished"]);
  expect(ladder[0]?.counts).toMatchObject({ primary: 3, manual: 1, template: 0 });
});
