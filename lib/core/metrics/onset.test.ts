import { readFileSync } from "node:fs";
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import fc from "fast-check";

import { describe, expect, test } from "vitest";
import { seededRandom } from "../stats/testing/random.ts";
import type { Standing } from "./finding.ts";
import { changesAround, type MadeChange, onsetOf } from "./onset.ts";
import type { SeriesPoint } from "./series.ts";
import { defined } from "./testing/defined.ts";
import { readingFrom } from "./testing/readings.ts";

type Case = {
  name: string;
  metric: string;
  standing?: Standing;
  before?: number;
  release?: number;
  line?: number;
  /** Standard error of every day, 1 unless said. */
  error?: number;
  days: (number | null)[];
  /** Index of the day. */
  onset: number | null;
};

const cases = JSON.parse(readFileSync(new URL("./onset-cases.json", import.meta.url), "utf8")) as Case[];
const DAY = 86_400_000;

function daysOf(values: readonly (number | null)[], error = 1): SeriesPoint[] {
  return values.map((value, index) => ({
    at: index * DAY,
    until: (index + 1) * DAY,
    value,
    low: value === null ? null : value - 1.96 * error,
    high: value === null ? null : value + 1.96 * error,
    n: value === null ? 0 : 100,
    state: value === null ? "gap" : "full",
  }));
}

function found({ metric, standing = "worse", before, release, line, days, error }: Case) {
  const reading = readingFrom({ metric, standing, value: 1, before, release, ...(line && { line: "the limit" }) });
  const against = line && reading.against ? { ...reading.against, value: line } : reading.against;
  return onsetOf(defined(metric), { ...reading, against }, daysOf(days, error));
}

describe("since when it has been worse", () => {
  test.each(cases.map((each) => [each.name, each] as const))("%s", (_, each) => {
    const expected = each.onset === null ? null : { at: each.onset * DAY, until: (each.onset + 1) * DAY };
    const onset = found(each);
    expect(onset && { at: onset.at, until: onset.until }).toEqual(expected);
  });

  test("what is not over yet says nothing", () => {
    const days = daysOf([22, 22, 21, 22, 22, 23, 44]);
    const open = days.map((point, index) => (index === 6 ? { ...point, state: "unfinished" as const } : point));
    const reading = readingFrom({ metric: "correction-time", standing: "worse", value: 30, before: 22 });
    expect(onsetOf(defined("correction-time"), reading, days)).toEqual({ at: 6 * DAY, until: 7 * DAY, by: 7 * DAY });
    expect(onsetOf(defined("correction-time"), reading, open)).toBeNull();
  });

  test("is never in the future of the figures, and begins a bucket of them", () => {
    const days = fc.array(fc.option(fc.integer({ min: 1, max: 60 })), { maxLength: 20 });
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 60 }), (values, before) => {
        const onset = found({ name: "", metric: "correction-time", before, days: values, onset: null });
        if (onset !== null) expect(values[onset.at / DAY]).not.toBeNull();
      }),
    );
  });
});

describe("what was changed then", () => {
  const onset = { at: 9 * DAY, until: 10 * DAY, by: 12 * DAY };
  const change = (kind: MadeChange["kind"], at: number) => ({ kind, at: at * DAY });

  test("is from two days before until it stood at its new level, releases first, the newest first", () => {
    const changes = [
      change("release", 6.9),
      change("lifted", 8.5),
      change("release", 8.2),
      change("release", 11.4),
      change("release", 12.1),
    ];
    expect(changesAround(onset, changes)).toEqual([
      change("release", 11.4),
      change("release", 8.2),
      change("lifted", 8.5),
    ]);
  });
  test("is a control, too: another model may be the reason; one placed later is an answer to it", () => {
    expect(changesAround(onset, [change("control", 9.1), change("control", 10.1)])).toEqual([change("control", 9.1)]);
  });
  test("is not lost where the bucket before happens to stand high", () => {
    const { uniform } = seededRandom(20261130);
    const missed = Array.from({ length: 300 }, () => {
      // Twice the scatter that its errors allow, as weekdays make it; the release comes within the first bucket of the step.
      const values = Array.from({ length: 28 }, (_, day) => (day < 14 ? 22 : 40) + 2 * normalQuantile(uniform(), 0, 1));
      const reading = readingFrom({ metric: "correction-time", standing: "worse", value: 40, before: 22 });
      const step = onsetOf(defined("correction-time"), reading, daysOf(values));
      return step === null || changesAround(step, [change("release", 14.2)]).length === 0;
    }).filter(Boolean).length;
    expect(missed / 300).toBeLessThanOrEqual(0.03);
  });
});
