import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { METRICS } from "./definitions.ts";
import type { MetricReading, ReadingInput, Standing } from "./finding.ts";
import { readingOf } from "./reading.ts";
import { anyInput } from "./testing/arbitraries.ts";
import { defined } from "./testing/defined.ts";
import { verdictOf } from "./verdict.ts";

/** `says` word for word; `change` where SciPy computed the confidence sequence of the logarithms apart. */
type Case = {
  name: string;
  metric: string;
  input: ReadingInput;
  expected: Pick<MetricReading, "standing" | "says" | "against"> & Partial<Pick<MetricReading, "change" | "counting">>;
};

const cases = JSON.parse(readFileSync(new URL("./reading-cases.json", import.meta.url), "utf8")) as Case[];

describe("reading cases", () => {
  test.each(cases.map((each) => [each.name, each] as const))("%s", (_, { metric, input, expected }) => {
    const reading = readingOf(defined(metric), input);
    expect(reading).toMatchObject({ standing: expected.standing, says: expected.says });
    expect(reading.against?.label).toBe(expected.against?.label);
    if (expected.against?.value) expect(reading.against?.value).toBeCloseTo(expected.against.value, 8);
    if (expected.counting) expect(reading.counting.endsWith(` ${expected.counting}`), reading.counting).toBe(true);
    if (!expected.change) return;
    for (const key of ["relative", "low", "high"] as const) {
      expect(reading.change?.[key], key).toBeCloseTo(expected.change[key], 6);
    }
  });

  test("every standing has one", () => {
    const standings: Standing[] = ["worse", "better", "same", "unsure", "not-enough", "no-data"];
    expect(new Set(cases.map(({ expected }) => expected.standing))).toEqual(new Set(standings));
  });
});

test("a limit broken in the last 24 hours is told of those, not of the 28 days around them", () => {
  const now = 1_763_650_800_000;
  const audits = (misleading: number, audited: number, users: number) => ({
    measures: { audits: audited, audited_misleading: misleading },
    users,
  });
  const reading = readingOf(defined("misleading-rate"), {
    sample: audits(40, 4000, 900),
    recent: audits(24, 200, 90),
    held: { with: "week-before", sample: audits(40, 4000, 900) },
    from: now - 28 * 86_400_000,
    now,
    lastReportedAt: now,
  });
  expect(reading).toMatchObject({ standing: "worse", value: 0.12, n: 200, users: 90, inLast: 24 });
  const { sentence } = verdictOf([reading], { now, silentSince: null });
  expect(sentence).toBe(
    "Harm is too high: misleading-summary rate 12% of audits in the last 24 hours, beyond the limit of 2%.",
  );
});

const metric = fc.constantFrom(...METRICS);
const NOW = 1_763_650_800_000;
const period = { from: NOW - 7 * 86_400_000, now: NOW, lastReportedAt: NOW - 1000 };
const many = anyInput.map((input) => ({ ...input, users: 1000 }));
const OPPOSITE: Record<Standing, Standing> = {
  worse: "better",
  better: "worse",
  same: "same",
  unsure: "unsure",
  "not-enough": "not-enough",
  "no-data": "no-data",
};

describe("any reading", () => {
  test("turns around when the sides are swapped", () => {
    fc.assert(
      fc.property(metric, many, many, (definition, left, other) => {
        // A feature has one weighting, whichever side is looked at.
        const right = { ...other, weights: left.weights };
        const kind = definition.comparisons.some((each) => each.with === "release") ? "release" : "week-before";
        const unlimited = { ...definition, comparisons: [{ with: kind } as const] };
        const there = readingOf(unlimited, { ...period, sample: left, held: { with: kind, sample: right } });
        const back = readingOf(unlimited, { ...period, sample: right, held: { with: kind, sample: left } });
        if (there.n > 0 && back.n > 0 && there.outlook === null && back.outlook === null) {
          expect(back.standing).toBe(OPPOSITE[there.standing]);
          if (there.p !== null) expect(back.p).toBeCloseTo(there.p, 9);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("calls nothing worse or better that its interval does not support", () => {
    fc.assert(
      fc.property(metric, many, many, (definition, sample, before) => {
        const reading = readingOf(definition, { ...period, sample, held: { with: "week-before", sample: before } });
        if (reading.held !== "week-before" || reading.change === null) return;
        const { low, high, relative } = reading.change;
        expect(low).toBeLessThanOrEqual(relative);
        expect(high).toBeGreaterThanOrEqual(relative);
        if (reading.standing === "worse" || reading.standing === "better") expect(low > 0 || high < 0).toBe(true);
        if (reading.standing === "same") expect(Math.max(-low, high)).toBeLessThanOrEqual(0.1 + 1e-9);
      }),
      { numRuns: 400 },
    );
  });

  test("never turns from not enough to no data when more arrives", () => {
    fc.assert(
      fc.property(metric, anyInput, fc.integer({ min: 2, max: 50 }), (definition, input, times) => {
        const reading = (sample: typeof input) => readingOf(definition, { ...period, sample, held: null });
        if (reading(input).standing !== "not-enough") return;
        expect(reading(grown(input, times)).standing).not.toBe("no-data");
      }),
      { numRuns: 400 },
    );
  });

  test("has no value where there is no data, not even a zero", () => {
    for (const definition of METRICS) {
      const { standing, value } = readingOf(definition, { ...period, sample: { measures: {}, users: 0 }, held: null });
      expect([standing, value], definition.key).toEqual(["no-data", null]);
    }
  });

  test("of quality does not move by a part that one side has alone", () => {
    const quality = defined("quality-score");
    const judged = fc
      .tuple(fc.integer({ min: 100, max: 5000 }), fc.double({ min: 0.1, max: 0.9, noNaN: true }))
      .map(([n, mean]) => ({ judged_n: n, judged_sum: n * mean, judged_ss: n * mean * mean * 1.05 }));
    const thumbs = fc.record({ s_thumbs_up: fc.nat(500), s_thumbs_down: fc.nat(500) });
    fc.assert(
      fc.property(judged, judged, thumbs, fc.boolean(), (now, before, begun, inNow) => {
        const read = (added: object, removed: object) => {
          const { counting: _, ...reading } = readingOf(quality, {
            ...period,
            sample: { measures: { ...now, ...added }, users: 1000 },
            held: { with: "week-before", sample: { measures: { ...before, ...removed }, users: 1000 } },
          });
          return reading;
        };
        expect(inNow ? read(begun, {}) : read({}, begun)).toEqual(read({}, {}));
      }),
    );
  });

  test("says one sentence or two of plain words and figures", () => {
    fc.assert(
      fc.property(metric, anyInput, fc.option(anyInput), (definition, sample, before) => {
        const held = before && { with: "week-before" as const, sample: before };
        const { says, change } = readingOf(definition, { ...period, sample, held });
        if (change) expect(Number.isFinite(change.high)).toBe(true);
        expect(says).toMatch(/^[A-Z].*\.$/);
        expect(says).not.toMatch(/NaN|Infinity|∞|undefined|null|not known|-\d/);
      }),
      { numRuns: 400 },
    );
  });
});

function grown(input: ReadingInput["sample"], times: number): ReadingInput["sample"] {
  const more = (n: number) => n * times;
  return {
    ...input,
    measures: Object.fromEntries(Object.entries(input.measures).map(([key, value]) => [key, more(value)])),
    bins: input.bins?.map(({ bin, n }) => ({ bin, n: more(n) })),
    userDays: Array.from({ length: times }, () => input.userDays ?? []).flat(),
    users: input.users == null ? input.users : more(input.users),
  };
}
