import { describe, expect, test } from "vitest";
import type { QualityPart } from "./composite.ts";
import { METRICS } from "./definitions.ts";
import { closedDays, type SeriesInput, seriesOf, sumsByGroup } from "./series.ts";
import { slotsOf } from "./slots.ts";
import { defined } from "./testing/defined.ts";
import type { UserDay } from "./user-counts.ts";

const HOUR = 3_600_000;
const START = Date.parse("2026-11-20T10:00:00Z");
const at = (hour: number) => START + hour * HOUR;

/** Five hours, the last of which is running; in the third nobody reported. */
const hours: SeriesInput = {
  slots: slotsOf({ from: START, to: at(6) }, "hour", "UTC"),
  buckets: [
    { bucket: at(0), measures: { ai: 60, s_edited: 15 } },
    { bucket: at(0), measures: { ai: 40, s_edited: 5 } },
    { bucket: at(1), measures: { ai: 10, s_edited: 1 } },
    { bucket: at(4), measures: { ai: 4, s_edited: 1 } },
  ],
  reported: new Set([at(0), at(1), at(3), at(4)]),
  now: at(4) + 60_000,
};

describe("a line", () => {
  const points = seriesOf(defined("edit-rate"), hours);

  test("says of each bucket what it is worth", () => {
    expect(points.map(({ state, value, n }) => [state, value, n])).toEqual([
      ["full", 0.2, 100],
      ["thin", 0.1, 10],
      ["gap", null, 0],
      ["none", null, 0],
      ["unfinished", 0.25, 4],
    ]);
  });

  test("is full from the metric's least on", () => {
    const buckets = [49, 50].map((ai, hour) => ({ bucket: at(hour), measures: { ai } }));
    expect(
      seriesOf(defined("edit-rate"), { ...hours, buckets })
        .slice(0, 2)
        .map(({ state }) => state),
    ).toEqual(["thin", "full"]);
  });

  test("ends with the bucket that is running", () => {
    expect(points.at(-1)).toMatchObject({ at: at(4), until: at(5) });
  });

  test("has a band, wider where there is less, and none in a gap", () => {
    const [full, thin, gap] = points.map(({ low, high }) => (low === null || high === null ? null : high - low));
    expect(full).toBeLessThan(thin ?? 0);
    expect(gap).toBeNull();
  });

  test("of quality has no value where people only asked again and nobody gave thumbs", () => {
    const again = { judged_n: 100, judged_sum: 90, judged_ss: 82, s_regenerated: 40 };
    const buckets = [again, { ...again, s_thumbs_up: 300, s_thumbs_down: 30 }].map((measures, hour) => ({
      bucket: at(hour),
      measures,
    }));
    const parts: QualityPart[] = ["judge", "feedback"];
    const line = seriesOf(defined("quality-score"), { ...hours, buckets, parts });
    expect(line.slice(0, 2).map(({ state, value }) => [state, value])).toEqual([
      ["none", null],
      ["full", expect.closeTo(0.855, 3)],
    ]);
  });

  test("of quality does not jump where one of its parts begins", () => {
    const judged = { judged_n: 100, judged_sum: 85, judged_ss: 73 };
    const buckets = [
      { bucket: at(0), measures: judged },
      { bucket: at(1), measures: { ...judged, s_thumbs_up: 40, s_thumbs_down: 60 } },
      { bucket: at(3), measures: { s_thumbs_up: 40, s_thumbs_down: 60 } },
    ];
    const values = (parts?: readonly QualityPart[]) =>
      seriesOf(defined("quality-score"), { ...hours, buckets, parts }).map(({ value }) => value);
    expect(values(["judge"])).toEqual([0.85, 0.85, null, null, null]);
    expect(values(["judge", "feedback"])).toEqual([null, 0.625, null, null, null]);
  });

  test("of a count shows a true zero as one", () => {
    const counted = seriesOf(defined("decisions"), { ...hours, buckets: [] });
    expect(counted.map(({ state, value }) => [state, value])).toEqual([
      ["none", 0],
      ["none", 0],
      ["gap", null],
      ["none", 0],
      ["unfinished", 0],
    ]);
  });

  test("of a quantile adds the bins of a bucket up", () => {
    const bins = [
      { bucket: at(0), bin: 300, n: 30 },
      { bucket: at(0), bin: 310, n: 20 },
      { bucket: at(0), bin: 300, n: 10 },
      { bucket: at(1), bin: 310, n: 9 },
    ];
    const latency = seriesOf(defined("latency-p50"), { ...hours, bins });
    expect(latency.map(({ state, n }) => [state, n]).slice(0, 4)).toEqual([
      ["full", 60],
      ["thin", 9],
      ["gap", 0],
      ["none", 0],
    ]);
  });

  test("of users has no points by the hour", () => {
    expect(seriesOf(defined("repeat-usage"), hours)).toEqual([]);
    expect(seriesOf(defined("people"), hours)).toEqual([]);
  });
});

describe("days of users", () => {
  const zone = "Europe/Berlin";
  const slots = slotsOf(
    { from: Date.parse("2026-10-20T00:00:00+02:00"), to: Date.parse("2026-10-31T00:00:00+01:00") },
    "day",
    zone,
  );
  const userDays = slots.map(
    ({ day }): UserDay => ({
      day: day ?? "",
      users1: 200,
      users7: 400,
      users28: 500,
      newUsers: 100,
      cameBack: 30,
      startedAgain: 20,
      keptOn: 90,
      usedOrSwitched: 210,
      leftOff: 10,
    }),
  );
  const input: SeriesInput = {
    slots,
    buckets: [],
    userDays,
    reported: new Set(slots.map((slot) => slot.at)),
    now: Date.parse("2026-10-30T12:00:00+01:00"),
  };

  test("have no value until their window has closed", () => {
    const states = (key: string) => seriesOf(defined(key), input).map(({ state }) => state);
    expect(states("repeat-usage")).toEqual([...Array(3).fill("full"), ...Array(8).fill("early")]);
    expect(
      seriesOf(defined("repeat-usage"), input)
        .slice(3)
        .every(({ value }) => value === null),
    ).toBe(true);
    expect(states("kept-on")).toEqual(Array(11).fill("early"));
    expect(states("switched-off")).toEqual([...Array(10).fill("full"), "unfinished"]);
    expect(states("people")).toEqual([...Array(10).fill("full"), "unfinished"]);
  });

  test("close when seven days are over also where the clocks went back in them", () => {
    const states = (now: string) =>
      seriesOf(defined("repeat-usage"), { ...input, now: Date.parse(now) }).map(({ state }) => state);
    // The day of the 22nd ends at midnight of the summer's clock; its seven days end an hour later than 168 hours on.
    expect(states("2026-10-29T23:30:00+01:00")[2]).toBe("early");
    expect(states("2026-10-30T00:00:00+01:00")[2]).toBe("full");
  });

  test("only closed ones are counted", () => {
    expect(closedDays(defined("repeat-usage"), userDays, slots, input.now).map(({ day }) => day)).toEqual([
      "2026-10-20",
      "2026-10-21",
      "2026-10-22",
    ]);
    expect(closedDays(defined("switched-off"), userDays, slots, input.now)).toHaveLength(10);
    expect(closedDays(defined("kept-on"), userDays, slots, input.now)).toEqual([]);
    const twoWeeksOn = Date.parse("2026-11-06T12:00:00+01:00");
    expect(closedDays(defined("kept-on"), userDays, slots, twoWeeksOn).map(({ day }) => day)).toEqual([
      ...["2026-10-20", "2026-10-21", "2026-10-22"],
    ]);
  });

  test("that nobody reported are a gap, and one without new people has nothing to divide", () => {
    const [first, second] = seriesOf(defined("repeat-usage"), {
      ...input,
      reported: new Set([slots[1]?.at ?? 0]),
      userDays: userDays.map((row) => ({ ...row, newUsers: 0, cameBack: 0 })),
    });
    expect([first?.state, second?.state]).toEqual(["gap", "none"]);
  });
});

test("groups of users are added up over arms and days", () => {
  const rows = [
    { group: 3, measures: { ai: 2 } },
    { group: 7, measures: { ai: 5, s_edited: 1 } },
    { group: 3, measures: { ai: 4, s_edited: 2 } },
  ];
  expect(sumsByGroup(rows)).toEqual([
    { ai: 6, s_edited: 2 },
    { ai: 5, s_edited: 1 },
  ]);
});

test("no metric shows a value in a gap", () => {
  for (const each of METRICS) {
    for (const point of seriesOf(each, { ...hours, reported: new Set() })) {
      if (point.state === "gap") expect([point.value, point.low, point.high, point.n]).toEqual([null, null, null, 0]);
      else expect(point.state).toBe("unfinished");
    }
  }
});
