import { describe, expect, test } from "vitest";
import { seededRandom } from "../stats/testing/random.ts";
import type { MetricReading } from "./finding.ts";
import { readingOf } from "./reading.ts";
import { defined } from "./testing/defined.ts";
import { population, type Side } from "./testing/population.ts";

/** Fixed seeds: of 150 weeks without a change none to 7 (4.7%) were called changed. */
const RUNS = 60;
const WEEKS = 200;
/** Looks in a week, one every six hours. */
const LOOKS = 28;
const NOW = 1_763_650_800_000;
const ORDINARY: Side = { people: 200, edits: 0.25, seconds: 22 };
const WATCHED = ["edit-rate", "correction-time"] as const;

type Week = { with: "week-before" | "release"; edits?: number; seconds?: number };

/** The readings of each look at a week, which begins empty: beside the same people a week before, or beside other people in the same hours. */
function* looksAt(seed: number, metric: string, week: Week): Generator<MetricReading> {
  const random = seededRandom(seed);
  const now = population(random, ORDINARY);
  const other = population(random, ORDINARY);
  for (let look = 0; week.with === "week-before" && look < LOOKS; look++) now.live();
  const before = now.sample();
  now.again(week);
  for (let look = 1; look <= LOOKS; look++) {
    now.live();
    if (week.with === "release") other.live();
    yield readingOf(defined(metric), {
      sample: now.sample(),
      held: { with: week.with, sample: week.with === "release" ? other.sample() : before },
      planned: 2 * ORDINARY.people,
      from: NOW - look * 6 * 3_600_000,
      now: NOW,
      lastReportedAt: NOW,
    });
  }
}

/** Of many weeks, the share in which any look said what is asked for. */
function shareThatEver(says: MetricReading["standing"][], metric: string, week: Week): number {
  let weeks = 0;
  for (let run = 0; run < RUNS; run++) {
    for (const reading of looksAt(1000 + run, metric, week)) {
      if (!says.includes(reading.standing)) continue;
      weeks += 1;
      break;
    }
  }
  return weeks / RUNS;
}

describe("a week in which nothing changed, looked at every six hours", () => {
  test.each(WATCHED.flatMap((metric) => [[metric, "week-before"] as const, [metric, "release"] as const]))(
    "%s against the %s is called changed in at most one of twenty",
    (metric, held) => {
      expect(shareThatEver(["worse", "better"], metric, { with: held })).toBeLessThanOrEqual(0.05);
    },
  );
});

describe("a week in which harm came", () => {
  test("correction time 73% up is called worse nearly always", () => {
    expect(shareThatEver(["worse"], "correction-time", { with: "week-before", seconds: 1.73 })).toBeGreaterThan(0.95);
    expect(shareThatEver(["worse"], "correction-time", { with: "release", seconds: 1.73 })).toBeGreaterThan(0.95);
  });

  test("twice the edits, beside other people, too", () => {
    expect(shareThatEver(["worse"], "edit-rate", { with: "release", edits: 2 })).toBeGreaterThan(0.9);
  });

  test("and never called better", () => {
    expect(shareThatEver(["better"], "correction-time", { with: "release", seconds: 1.73 })).toBe(0);
  });
});

describe("the interval of a figure", () => {
  test.each(WATCHED)("of %s holds the truth in at least nine of ten weeks", (metric) => {
    // The truth is what very many of the same people do.
    const crowd = population(seededRandom(7), { ...ORDINARY, people: 200_000 });
    crowd.live();
    const truth = readAlone(metric, crowd.sample()).value ?? Number.NaN;
    let held = 0;
    for (let run = 0; run < WEEKS; run++) {
      const some = population(seededRandom(5000 + run), ORDINARY);
      for (let look = 0; look < 6; look++) some.live();
      const { low, high } = readAlone(metric, some.sample());
      if (low !== null && high !== null && low <= truth && truth <= high) held += 1;
    }
    expect(held / WEEKS).toBeGreaterThan(0.9);
  });
});

function readAlone(metric: string, sample: Parameters<typeof readingOf>[1]["sample"]): MetricReading {
  return readingOf(defined(metric), { sample, held: null, from: NOW - 86_400_000, now: NOW, lastReportedAt: NOW });
}
