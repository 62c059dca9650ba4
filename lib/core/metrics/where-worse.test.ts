import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../stats/testing/random.ts";
import type { Standing } from "./finding.ts";
import { readingOf } from "./reading.ts";
import { defined } from "./testing/defined.ts";
import { population } from "./testing/population.ts";
import { readingFrom, type ShortReading } from "./testing/readings.ts";
import { type KindReading, type Spread, type WhereWorse, whereWorse } from "./where-worse.ts";

type Case = { name: string; kinds: Record<string, ShortReading>; expected: Partial<WhereWorse> | null };

const cases = JSON.parse(readFileSync(new URL("./where-worse-cases.json", import.meta.url), "utf8")) as Case[];

describe("where it is worse", () => {
  test.each(cases.map((each) => [each.name, each] as const))("%s", (_, { kinds, expected }) => {
    const where = whereWorse(
      Object.entries(kinds).map(([name, short]) => ({ key: name, name, reading: readingFrom(short) })),
    );
    if (expected === null) expect(where).toBeNull();
    else expect(where).toMatchObject(expected);
  });

  test("has a case for every answer", () => {
    const every: Record<Spread, true> = {
      mainly: true,
      everywhere: true,
      partly: true,
      "not-told": true,
      "not-enough": true,
    };
    expect(new Set(cases.flatMap(({ expected }) => expected?.spread ?? []))).toEqual(new Set(Object.keys(every)));
  });
});

const anyKind = fc
  .record({
    metric: fc.constant("correction-time"),
    standing: fc.constantFrom<Standing>("worse", "better", "same", "unsure", "not-enough", "no-data"),
    value: fc.double({ min: 1, max: 90, noNaN: true }),
    before: fc.double({ min: 1, max: 90, noNaN: true }),
    relative: fc.double({ min: -0.9, max: 4, noNaN: true }),
    p: fc.constantFrom(0.0001, 0.02, 0.5, 1),
  })
  .map(readingFrom);
const anyKinds = fc
  .array(anyKind, { maxLength: 7 })
  .map((readings) =>
    readings.map((reading, index): KindReading => ({ key: `k${index}`, name: `Kind ${index}`, reading })),
  );

describe("any kinds of case", () => {
  test("only those are named worse that are worse by themselves, and the order in which they come changes nothing", () => {
    fc.assert(
      fc.property(anyKinds, (kinds) => {
        const where = whereWorse(kinds);
        expect(whereWorse([...kinds].reverse())?.spread).toBe(where?.spread);
        for (const key of where?.scenarios ?? []) {
          expect(kinds.find((kind) => kind.key === key)?.reading.standing).toBe("worse");
        }
        if (where) expect(where.sentence).toMatch(/^[A-Z].*\.$/);
      }),
    );
  });
});

const NOW = 1_763_650_800_000;
const RUNS = 40;
const LOOKS = 14;
const KINDS = ["Billing", "Refunds", "Shipping", "Card"];

/** Whether any look at a week, one every half day, says so of four kinds of case whose corrections take so many times as long as the week before. */
function everSays(seed: number, spreads: readonly Spread[], times: readonly number[]): boolean {
  const random = seededRandom(seed);
  const people = KINDS.map(() => population(random, { people: 400, edits: 0.3, seconds: 22 }));
  for (const some of people) for (let look = 0; look < LOOKS; look++) some.live();
  const before = people.map((some) => some.sample());
  for (const [index, some] of people.entries()) some.again({ seconds: times[index] });
  for (let look = 1; look <= LOOKS; look++) {
    const kinds = people.map((some, index): KindReading => {
      some.live();
      const sample = before[index];
      const held = sample ? { with: "week-before" as const, sample } : null;
      const at = { from: NOW - look * 43_200_000, now: NOW, lastReportedAt: NOW, planned: 800 };
      const name = KINDS[index] ?? "";
      return {
        key: name,
        name,
        reading: readingOf(defined("correction-time"), { sample: some.sample(), held, ...at }),
      };
    });
    const where = whereWorse(kinds);
    if (where && spreads.includes(where.spread)) return true;
  }
  return false;
}

function share(spreads: readonly Spread[], times: readonly number[]): number {
  return Array.from({ length: RUNS }, (_, run) => everSays(300 + run, spreads, times)).filter(Boolean).length / RUNS;
}

describe("in weeks that were looked at again and again", () => {
  test("where nothing changed, a kind of case is called worse in at most one of twenty", () => {
    expect(share(["mainly", "everywhere", "partly"], [1, 1, 1, 1])).toBeLessThanOrEqual(0.05);
  });

  test("where all got equally worse, one is said to stand out in at most one of twenty, and all are found", () => {
    expect(share(["mainly"], [1.8, 1.8, 1.8, 1.8])).toBeLessThanOrEqual(0.05);
    expect(share(["everywhere"], [1.8, 1.8, 1.8, 1.8])).toBeGreaterThan(0.9);
  });

  test("where one got much worse, it is found", () => {
    expect(share(["mainly"], [1, 2.5, 1, 1])).toBeGreaterThan(0.9);
  });
});
