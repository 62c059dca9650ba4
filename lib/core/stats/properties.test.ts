import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asympCsOneSided, asympCsTwoSided } from "./asymp-cs.ts";
import { betaBinomialCs } from "./beta-binomial-cs.ts";
import { mannWhitney } from "./mann-whitney.ts";
import { nonInferiorityProportion } from "./non-inferiority.ts";
import { proportionIntervals } from "./proportion-intervals.ts";
import { rateRatioExact } from "./rate-ratio-exact.ts";
import { ratioMetric, type UserSums } from "./ratio-metric.ts";
import { sampleSizeProportions } from "./sample-size.ts";
import { shareRatio } from "./share-ratio.ts";
import { srmChiSquare } from "./srm-chi-square.ts";
import { srmSequential } from "./srm-sequential.ts";
import { twoProportionZ } from "./two-proportion-z.ts";
import { welchT } from "./welch-t.ts";

const count = fc.integer({ min: 0, max: 5_000 });
const counted = fc.tuple(count, count).map(([x, misses]) => ({ x, n: x + misses }));
const someCounted = counted.filter(({ n }) => n > 0);
const alternative = fc.constantFrom("two-sided" as const, "larger" as const, "smaller" as const);
const moments = fc.record({
  mean: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  sd: fc.double({ min: 0, max: 1e6, noNaN: true }),
  n: fc.integer({ min: 0, max: 100_000 }),
});
const scores = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 });

const users = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 5 })), { maxLength: 30 });
function sumsOf(list: readonly (readonly [y: number, n: number])[]): UserSums {
  const sum = (of: (y: number, n: number) => number) => list.reduce((total, [y, n]) => total + of(y, n), 0);
  return {
    users: list.length,
    sumY: sum((y) => y),
    sumN: sum((_, n) => n),
    sumYY: sum((y) => y * y),
    sumNN: sum((_, n) => n * n),
    sumYN: sum((y, n) => y * n),
  };
}

function isChance(p: number): void {
  expect(p).toBeGreaterThanOrEqual(0);
  expect(p).toBeLessThanOrEqual(1);
}
function contains([lower, upper]: readonly [number, number], value: number): void {
  const slack = 1e-9 * (1 + Math.abs(value));
  expect(lower).toBeLessThanOrEqual(value + slack);
  expect(upper).toBeGreaterThanOrEqual(value - slack);
}

describe("p-values are between 0 and 1, and intervals contain the estimate", () => {
  test("twoProportionZ", () => {
    fc.assert(
      fc.property(counted, counted, alternative, (control, treatment, claim) => {
        const { diff, z, p, wald95, newcombe95 } = twoProportionZ({ control, treatment, alternative: claim });
        isChance(p);
        expect(z).not.toBeNaN();
        contains(wald95, diff);
        contains(newcombe95, diff);
        contains([-1, 1], newcombe95[0]);
        contains([-1, 1], newcombe95[1]);
      }),
    );
  });
  test("welchT", () => {
    fc.assert(
      fc.property(moments, moments, (control, treatment) => {
        const { diff, t, p, ci95 } = welchT({ control, treatment });
        isChance(p);
        expect(t).not.toBeNaN();
        contains(ci95, diff);
      }),
    );
  });
  test("mannWhitney, which mirrors when the arms change places", () => {
    fc.assert(
      fc.property(scores, scores, (control, treatment) => {
        const { p, cles } = mannWhitney({ control, treatment });
        isChance(p);
        isChance(cles);
        const turned = mannWhitney({ control: treatment, treatment: control });
        expect(turned.p).toBeCloseTo(p, 12);
        expect(turned.cles).toBeCloseTo(1 - cles, 12);
      }),
    );
  });
  test("srmChiSquare and srmSequential", () => {
    const looks = fc.array(fc.tuple(count, count, count), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(looks, (increments) => {
        const weights = [5, 3, 2];
        for (const observed of increments) isChance(srmChiSquare({ observed, weights }).p);
        const { steps } = srmSequential({ increments, weights, concentration: 1000 });
        for (const { p } of steps) isChance(p);
        expect(steps.map(({ p }) => p)).toEqual(steps.map(({ p }) => p).sort((left, right) => right - left));
      }),
    );
  });
  test("rateRatioExact, whose two claims share the chance of exactly what happened", () => {
    fc.assert(
      fc.property(
        someCounted,
        someCounted,
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        (control, treatment, ratio) => {
          const input = { xT: treatment.x, nT: treatment.n, xC: control.x, nC: control.n, ratio };
          const { p: more } = rateRatioExact({ ...input, alternative: "greater" });
          const { p: less } = rateRatioExact({ ...input, alternative: "less" });
          isChance(more);
          isChance(less);
          expect(more + less).toBeGreaterThanOrEqual(1 - 1e-9);
        },
      ),
    );
  });
  test("ratioMetric", () => {
    fc.assert(
      fc.property(users, users, (control, treatment) => {
        const result = ratioMetric({ control: sumsOf(control), treatment: sumsOf(treatment) });
        expect(result === null).toBe(control.length < 2 || treatment.length < 2);
        if (result === null) return;
        isChance(result.p);
        expect(result.z).not.toBeNaN();
        if (result.rel !== null && result.rel95 !== null) contains(result.rel95, result.rel);
      }),
    );
  });
  test("proportionIntervals and betaBinomialCs, which is the wider", () => {
    fc.assert(
      fc.property(someCounted, (counts) => {
        const share = counts.x / counts.n;
        const { jeffreys, wilson, clopperPearson } = proportionIntervals({ ...counts, level: 0.95 });
        for (const interval of [wilson, clopperPearson]) contains(interval, share);
        contains([clopperPearson[0], clopperPearson[1]], jeffreys[0]);
        contains([clopperPearson[0], clopperPearson[1]], jeffreys[1]);
        const { lower, upper } = betaBinomialCs({ ...counts, a: 0.5, b: 0.5, alpha: 0.05 });
        expect(lower).toBeLessThanOrEqual(wilson[0] + 1e-12);
        expect(upper).toBeGreaterThanOrEqual(wilson[1] - 1e-12);
      }),
    );
  });
  test("nonInferiorityProportion: its verdict is that of its bounds, and PASS means p below alpha", () => {
    fc.assert(
      fc.property(counted, counted, (control, treatment) => {
        const { p, lower, upper, verdict } = nonInferiorityProportion({
          control,
          treatment,
          margin: 0.05,
          alpha: 0.05,
        });
        isChance(p);
        expect(verdict === "PASS").toBe(lower > -0.05);
        expect(verdict === "FAIL").toBe(upper < -0.05);
        if (Math.abs(p - 0.05) > 1e-9) expect(verdict === "PASS").toBe(p < 0.05);
      }),
    );
  });
});

describe("more evidence says more", () => {
  test("the same shares among more users: a smaller p, a narrower interval", () => {
    fc.assert(
      fc.property(someCounted, someCounted, fc.integer({ min: 2, max: 50 }), (control, treatment, times) => {
        const larger = (each: { x: number; n: number }) => ({ x: each.x * times, n: each.n * times });
        const few = twoProportionZ({ control, treatment, alternative: "two-sided" });
        const many = twoProportionZ({
          control: larger(control),
          treatment: larger(treatment),
          alternative: "two-sided",
        });
        expect(many.p).toBeLessThanOrEqual(few.p + 1e-12);
        expect(many.newcombe95[0]).toBeGreaterThanOrEqual(few.newcombe95[0] - 1e-12);
        expect(many.newcombe95[1]).toBeLessThanOrEqual(few.newcombe95[1] + 1e-12);
      }),
    );
  });
  test("an always-valid p-value is below alpha exactly when its interval leaves 0 out", () => {
    const se = fc.double({ min: 0.001, max: 10, noNaN: true });
    const z = fc.double({ min: -8, max: 8, noNaN: true });
    fc.assert(
      fc.property(z, se, fc.integer({ min: 50, max: 100_000 }), (size, error, n) => {
        const input = { estimate: size * error, se: error, n, nStar: 5_000, alpha: 0.05 };
        const { p, ci, halfWidth } = asympCsTwoSided(input);
        isChance(p);
        if (Math.abs(p - 0.05) > 1e-9) expect(p < 0.05).toBe(ci[0] > 0 || ci[1] < 0);
        const larger = asympCsTwoSided({ ...input, estimate: input.estimate * 1.5 });
        expect(larger.p).toBeLessThanOrEqual(p);
        expect(halfWidth).toBeGreaterThan(1.96 * error);
        expect(asympCsOneSided(input).halfWidth).toBeLessThanOrEqual(halfWidth * 1.05);
      }),
    );
  });
  test("a smaller difference needs more users", () => {
    const plan = { alpha: 0.05, power: 0.8, ratio: 1, twoSided: true };
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 0.4, noNaN: true }), (delta) => {
        const near = sampleSizeProportions({ ...plan, p1: 0.5, p2: 0.5 + delta / 2 });
        expect(near.n1).toBeGreaterThanOrEqual(sampleSizeProportions({ ...plan, p1: 0.5, p2: 0.5 + delta }).n1);
      }),
    );
  });
});

describe("shareRatio", () => {
  const z = 1.959963984540054;

  test("is the inverse of itself with the sides swapped", () => {
    fc.assert(
      fc.property(someCounted, someCounted, (control, treatment) => {
        const there = shareRatio({ control, treatment, z });
        const back = shareRatio({ control: treatment, treatment: control, z });
        expect(back.z).toBeCloseTo(-there.z, 6);
        if (there.low > 0 && there.high !== null) {
          expect(back.low * there.high).toBeCloseTo(1, 6);
          expect((back.high ?? 0) * there.low).toBeCloseTo(1, 6);
        }
      }),
    );
  });

  test("holds the ratio that was seen, and equal shares exactly where z is small", () => {
    fc.assert(
      fc.property(someCounted, someCounted, (control, treatment) => {
        const found = shareRatio({ control, treatment, z });
        const high = found.high ?? Number.POSITIVE_INFINITY;
        const seen = treatment.x / treatment.n / (control.x / control.n);
        if (Number.isFinite(seen)) expect(seen >= found.low * (1 - 1e-9) && seen <= high * (1 + 1e-9)).toBe(true);
        if (Math.abs(Math.abs(found.z) - z) > 1e-6) expect(found.low <= 1 && high >= 1).toBe(Math.abs(found.z) < z);
      }),
    );
  });

  test("is surer the fewer events the smaller side has", () => {
    fc.assert(
      fc.property(someCounted, someCounted, (control, treatment) => {
        fc.pre(control.x > 0 && control.x * treatment.n < treatment.x * control.n);
        const fewer = shareRatio({ control: { ...control, x: control.x - 1 }, treatment, z });
        expect(fewer.z).toBeGreaterThan(shareRatio({ control, treatment, z }).z - 1e-9);
      }),
    );
  });
});
