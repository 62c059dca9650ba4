import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Random, seededRandom } from "../stats/testing/random.ts";
import { compareFigures } from "./compare.ts";
import { type FigureInput, figureOf } from "./figure.ts";
import { addMeasures } from "./measures.ts";
import { defined } from "./testing/defined.ts";

const VIOLATIONS = defined("policy-violations");

function compared(now: FigureInput, before: FigureInput) {
  return compareFigures(VIOLATIONS, {
    figure: figureOf(VIOLATIONS, now),
    users: now.users ?? null,
    other: figureOf(VIOLATIONS, before),
    otherUsers: before.users ?? null,
  });
}

function counted(events: number, answers: number): FigureInput {
  return { measures: { ai: answers, s_policy_violation: events }, users: Math.max(50, answers / 5) };
}

describe("a finding on rare events", () => {
  const answers = fc.integer({ min: 200, max: 20_000 });

  test("is never weaker for fewer events before", () => {
    fc.assert(
      fc.property(answers, answers, fc.double({ min: 0, max: 1, noNaN: true }), (now, before, share) => {
        const events = Math.ceil(now * share ** 4);
        const most = Math.min(before, 400);
        const found = Array.from({ length: most + 1 }, (_, earlier) =>
          compared(counted(events, now), counted(earlier, before)),
        );
        const above = found.filter((_, earlier) => earlier / before < events / now);
        for (const [index, { p, standing }] of above.entries()) {
          const fewer = above[index - 1];
          if (!fewer) continue;
          expect(fewer.p).toBeLessThanOrEqual((p ?? 1) + 1e-12);
          if (standing === "worse") expect(fewer.standing).toBe("worse");
        }
      }),
      { numRuns: 100 },
    );
  });

  test("is never weaker for fewer events before where groups of users tell how alike they are", () => {
    const random = seededRandom(20_261_130);
    for (let run = 0; run < 40; run++) {
      const now = grouped(random, { answers: 5000, rate: 0.01, alike: run % 4 });
      const before = spread(random, 5000, 200);
      let weaker = "worse";
      for (let earlier = 0; earlier <= 60; earlier++) {
        const { standing } = compared(now, before(earlier));
        if (weaker !== "worse") expect(standing, `${run}: ${earlier} before`).not.toBe("worse");
        weaker = standing;
      }
    }
  });
});

describe("a share counted per 1,000 stands as it does per answer", () => {
  const requests = 3_000_000;
  test.each([
    [0.03, 0.03, "same"],
    [0.032, 0.03, "worse"],
    [0.03, 0.0304, "same"],
    [0.515, 0.5, "same"],
    [0.521, 0.5, "worse"],
  ])("%d beside %d: %s", (now, before, expected) => {
    for (const unit of ["per-1000", "share"] as const) {
      const definition = { ...defined("escalations"), unit };
      const side = (rate: number) =>
        figureOf(definition, { measures: { decisions: requests, s_escalated: rate * requests } });
      const users = requests / 10;
      const sides = { figure: side(now), users, other: side(before), otherUsers: users };
      expect(compareFigures(definition, sides).standing, unit).toBe(expected);
    }
  });
});

/** One look each, of the many that an error of 5% is shared by. */
const RUNS = 500;

describe("without a difference", () => {
  const sides = [
    [5000, 5000],
    [300, 20_000],
    [20_000, 300],
  ] as const;
  const rates = [0.0002, 0.001, 0.005, 0.05, 0.3];
  const some = sides.flatMap(([now, before]) => rates.map((rate) => [rate, now, before] as const));

  test.each(some)("a share of %d is hardly ever called changed, %d answers beside %d", (rate, now, before) => {
    const random = seededRandom(7);
    const called = { alone: 0, inGroups: 0, alike: 0 };
    for (let run = 0; run < RUNS; run++) {
      const side = (answers: number, alike: number) => grouped(random, { answers, rate, alike });
      const alone = (answers: number) => counted(random.binomial(answers, rate), answers);
      if (isMoved(compared(alone(now), alone(before)))) called.alone += 1;
      if (isMoved(compared(side(now, 0), side(before, 0)))) called.inGroups += 1;
      if (isMoved(compared(side(now, 3), side(before, 3)))) called.alike += 1;
    }
    for (const [of, times] of Object.entries(called)) expect(times / RUNS, of).toBeLessThanOrEqual(0.02);
  });
});

function isMoved({ standing }: { standing: string }): boolean {
  return standing === "worse" || standing === "better";
}

const GROUPS = 32;

/** Answers and events of 32 groups of users; `alike`: how many further events each brings. */
function grouped(
  random: Random,
  { answers, rate, alike }: { answers: number; rate: number; alike: number },
): FigureInput {
  const groups = Array.from({ length: GROUPS }, () => {
    const ai = Math.round(answers / GROUPS);
    return { ai, s_policy_violation: Math.min(ai, random.binomial(ai, rate / (1 + alike)) * (1 + alike)) };
  });
  return { measures: addMeasures(groups), groups, users: Math.max(50, answers / 5) };
}

/** The first so many of `most` events, each in the group where it always is. */
function spread(random: Random, answers: number, most: number): (events: number) => FigureInput {
  const places = Array.from({ length: most }, () => Math.floor(random.uniform() * GROUPS));
  return (events) => {
    const groups = Array.from({ length: GROUPS }, (_, group) => ({
      ai: Math.round(answers / GROUPS),
      s_policy_violation: places.slice(0, events).filter((place) => place === group).length,
    }));
    return { measures: addMeasures(groups), groups, users: answers / 5 };
  };
}
