import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { metricByKey } from "./definitions.ts";
import { DISAGREEMENT_RULES } from "./disagreement-rules.ts";
import { disagreementsOf } from "./disagreements.ts";
import { readingFrom, type ShortReading } from "./testing/readings.ts";

/** `days`: by metric, of which days it is. `expected`: what is said, in order; empty where it must stay silent. */
type Case = {
  name: string;
  outputs?: string;
  days?: Record<string, string>;
  readings: ShortReading[];
  expected: { key: string; sentence: string }[];
};

const cases = JSON.parse(readFileSync(new URL("./disagreements-cases.json", import.meta.url), "utf8")) as Case[];

describe("disagreement cases", () => {
  test.each(cases.map((each) => [each.name, each] as const))("%s", (_, { readings, outputs, days = {}, expected }) => {
    const found = disagreementsOf(readings.map(readingFrom), { outputs, days: new Map(Object.entries(days)) });
    expect(found.map(({ key, sentence }) => ({ key, sentence }))).toEqual(expected);
  });

  test("every rule speaks in one", () => {
    const spoken = new Set(cases.flatMap(({ expected }) => expected.map(({ key }) => key)));
    expect(DISAGREEMENT_RULES.filter(({ key }) => !spoken.has(key))).toEqual([]);
  });

  test("the figures it rests on are carried along", () => {
    const readings: ShortReading[] = [
      { metric: "acceptance-rate", standing: "same", value: 0.84 },
      { metric: "correction-time", standing: "worse", value: 38, before: 22, relative: 0.73 },
    ];
    expect(disagreementsOf(readings.map(readingFrom))).toMatchObject([
      { activity: "Acceptance rate was read.", trust: "Correction time was read." },
    ]);
  });
});

describe("the rules", () => {
  test("name metrics that exist, activity never on the side of trust", () => {
    for (const { key, activity, trust } of DISAGREEMENT_RULES) {
      for (const { metric } of [...activity, ...trust]) expect(metricByKey(metric), `${key}: ${metric}`).toBeDefined();
      for (const { metric } of trust) expect(metricByKey(metric)?.family, key).not.toBe("activity");
    }
  });

  test("worry about what is bad and are reassured by what is good", () => {
    for (const { key, trust } of DISAGREEMENT_RULES) {
      for (const { metric, is } of trust) {
        const bad = metricByKey(metric)?.better === "down" ? ["up", "at-least"] : ["down", "at-most"];
        expect(bad, `${key}: ${metric}`).toContain(is);
      }
    }
  });

  test("wait for no change of what is held against nothing", () => {
    for (const { key, activity, trust } of DISAGREEMENT_RULES) {
      for (const { metric, is } of [...activity, ...trust]) {
        if (is === "up" || is === "down")
          expect(metricByKey(metric)?.formula.kind, `${key}: ${metric}`).not.toBe("people");
      }
    }
  });

  test("have keys of their own", () => {
    expect(new Set(DISAGREEMENT_RULES.map(({ key }) => key)).size).toBe(DISAGREEMENT_RULES.length);
  });
});

describe("any readings", () => {
  const metrics = [
    ...new Set(
      DISAGREEMENT_RULES.flatMap(({ activity, trust }) => [...activity, ...trust].map(({ metric }) => metric)),
    ),
  ];
  const anyReading = fc.record({
    metric: fc.constantFrom(...metrics),
    standing: fc.constantFrom("worse", "better", "same", "unsure", "not-enough", "no-data" as const),
    value: fc.double({ min: 0.01, max: 1, noNaN: true }),
    before: fc.double({ min: 0.01, max: 1, noNaN: true }),
    relative: fc.double({ min: -0.9, max: 4, noNaN: true }),
  });

  test("are told once each, in whole sentences", () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyReading, { selector: ({ metric }) => metric }), (readings) => {
        const found = disagreementsOf(readings.map(readingFrom), { outputs: "drafts" });
        expect(new Set(found.map(({ trust }) => trust)).size).toBe(found.length);
        for (const { sentence } of found) expect(sentence).toMatch(/^[A-Z0-9][^{}]*, but [^{}]*: [^{}]*\.$/);
      }),
    );
  });

  test("without enough data say nothing", () => {
    fc.assert(
      fc.property(
        fc.array(anyReading),
        fc.constantFrom("not-enough" as const, "no-data" as const),
        (readings, standing) => {
          expect(disagreementsOf(readings.map((each) => readingFrom({ ...each, standing })))).toEqual([]);
        },
      ),
    );
  });
});
