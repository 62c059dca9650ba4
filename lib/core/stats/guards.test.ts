import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { advanceGuard, countGuard, type GuardPlan, type GuardState, readGuard, startGuard } from "./count-guard.ts";
import { fixedBaselineGuard } from "./fixed-baseline-guard.ts";
import { type Gathered, gatherTick } from "./gather-ticks.ts";
import type { ArmTick } from "./rate-ratio-evidence.ts";
import { withinRatioGate } from "./within-ratio-gate.ts";

const PLAN: GuardPlan = { ratio: 2, startMass: 0.5, horizonTicks: 20, threshold: 1000 };

/** Events within traffic, or more than it, as late ones make them. */
const arm = fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 40 }));
const tick: fc.Arbitrary<ArmTick> = fc.tuple(arm, arm).map(([[nT, xT], [nC, xC]]) => ({ nT, xT, nC, xC }));
const ticks = fc.array(tick, { minLength: 1, maxLength: 30 });
const idle: ArmTick = { nT: 0, xT: 0, nC: 0, xC: 0 };

function near(got: number, want: number): void {
  expect(Math.abs(got - want)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(want)));
}
function evidenceAfter(state: GuardState, list: readonly ArmTick[]): GuardState {
  return list.reduce((each, one) => advanceGuard(PLAN, each, one), state);
}

describe("countGuard", () => {
  test("kept between ticks as JSON, it says the same as over the whole list", () => {
    fc.assert(
      fc.property(ticks, (list) => {
        const whole = countGuard({ ...PLAN, ticks: list });
        let state = startGuard(PLAN);
        for (const [index, each] of list.entries()) {
          state = advanceGuard(PLAN, JSON.parse(JSON.stringify(state)), each);
          const { logE, severe } = readGuard(PLAN, state);
          expect([logE, severe]).toEqual([whole.logE[index], whole.severe[index]]);
        }
      }),
    );
  });
  test("is finite, and names the first tick that has a decision", () => {
    fc.assert(
      fc.property(ticks, (list) => {
        const { logE, severe, firstDecision, atTick } = countGuard({ ...PLAN, ticks: list });
        for (const value of [...logE, ...severe]) expect(Number.isFinite(value)).toBe(true);
        const first = logE.findIndex((value) => value >= Math.log(PLAN.threshold));
        expect(atTick).toBe(first < 0 ? null : first + 1);
        expect(firstDecision).toBe(first < 0 ? "CONTINUE" : (severe[first] ?? 0) >= 0.5 ? "ROLLBACK" : "HOLD");
      }),
    );
  });
  test("one more affected user of the treatment is more evidence of harm, one of the control less", () => {
    fc.assert(
      fc.property(ticks, tick, (list, last) => {
        const state = evidenceAfter(startGuard(PLAN), list);
        const evidence = (each: ArmTick) => readGuard(PLAN, advanceGuard(PLAN, state, each)).logE;
        const slack = 1e-9 * (1 + Math.abs(evidence(last)));
        expect(evidence({ ...last, xT: last.xT + 1 })).toBeGreaterThanOrEqual(evidence(last) - slack);
        expect(evidence({ ...last, xC: last.xC + 1 })).toBeLessThanOrEqual(evidence(last) + slack);
      }),
    );
  });
  test("one user can raise the evidence by 15 times the ratio at most", () => {
    fc.assert(
      fc.property(ticks, tick, (list, last) => {
        const state = evidenceAfter(startGuard(PLAN), list);
        const evidence = (each: ArmTick) => readGuard(PLAN, advanceGuard(PLAN, state, each)).logE;
        const rise = evidence({ ...last, xT: last.xT + 1 }) - evidence(last);
        expect(rise).toBeLessThanOrEqual(Math.log(15 * PLAN.ratio) + 1e-9);
      }),
    );
  });
  test("idle ticks move the clock only, one by one or at once, also beyond the horizon", () => {
    fc.assert(
      fc.property(ticks, fc.integer({ min: 1, max: 60 }), (list, pause) => {
        const state = evidenceAfter(startGuard(PLAN), list);
        const before = readGuard(PLAN, state).logE;
        const slowly = evidenceAfter(
          state,
          Array.from({ length: pause }, () => idle),
        );
        const atOnce = advanceGuard(PLAN, state, idle, pause);
        expect(atOnce.ticks).toBe(slowly.ticks);
        near(readGuard(PLAN, slowly).logE, before);
        near(readGuard(PLAN, atOnce).logE, before);
        near(readGuard(PLAN, atOnce).severe, readGuard(PLAN, slowly).severe);
      }),
    );
  });
  test("without traffic in one arm nothing is learned, whatever arrives in the other or late", () => {
    fc.assert(
      fc.property(ticks, fc.boolean(), (list, treated) => {
        const oneSided = list.map((each) => ({ ...each, [treated ? "nC" : "nT"]: 0 }));
        for (const value of countGuard({ ...PLAN, ticks: oneSided }).logE) near(value, 0);
        for (const value of withinRatioGate({ ratio: 2, alpha: 0.05, ticks: oneSided }).logE) near(value, 0);
      }),
    );
  });
  test("the mean of the evidence over everything that can happen in a harmless tick is at most 1", () => {
    const size = fc.integer({ min: 1, max: 6 });
    const chance = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(size, size, chance, (nT, nC, p) => {
        let mean = 0;
        for (let xT = 0; xT <= nT; xT++) {
          for (let xC = 0; xC <= nC; xC++) {
            const likely = binomial(nT, xT, p) * binomial(nC, xC, p);
            mean += likely * Math.exp(countGuard({ ...PLAN, ticks: [{ nT, xT, nC, xC }] }).logE[0] ?? 0);
          }
        }
        expect(mean).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });
});

function binomial(n: number, k: number, p: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways * p ** k * (1 - p) ** (n - k);
}

test("gatherTick loses no count and no time, and looks at traffic only", () => {
  fc.assert(
    fc.property(ticks, (list) => {
      const sum = { nT: 0, xT: 0, nC: 0, xC: 0, elapsed: 0 };
      let pending: Gathered | null = null;
      let blind: Gathered | null = null;
      const take = (part: Gathered) => {
        for (const key of ["nT", "xT", "nC", "xC", "elapsed"] as const) sum[key] += part[key];
      };
      for (const each of list) {
        const step: ReturnType<typeof gatherTick> = gatherTick(pending, each);
        const other: ReturnType<typeof gatherTick> = gatherTick(blind, { ...each, xT: 0, xC: 0 });
        expect(step.ready).toBe(other.ready);
        expect(step.ready).toBe(step.gathered.nC >= 20 && step.gathered.nT >= 1);
        if (step.ready) take(step.gathered);
        pending = step.ready ? null : step.gathered;
        blind = other.ready ? null : other.gathered;
      }
      if (pending !== null) take(pending);
      const total = (key: keyof ArmTick) => list.reduce((all, each) => all + each[key], 0);
      expect(sum).toEqual({ nT: total("nT"), xT: total("xT"), nC: total("nC"), xC: total("xC"), elapsed: list.length });
    }),
  );
});

describe("the gates beside it", () => {
  test("withinRatioGate: an affected user of the treatment speaks against passing", () => {
    fc.assert(
      fc.property(tick, (each) => {
        const evidence = (one: ArmTick) => withinRatioGate({ ratio: 2, alpha: 0.05, ticks: [one] }).logE[0] ?? 0;
        expect(evidence({ ...each, xT: each.xT + 1 })).toBeLessThanOrEqual(evidence(each) + 1e-9);
        expect(evidence({ ...each, xC: each.xC + 1 })).toBeGreaterThanOrEqual(evidence(each) - 1e-9);
      }),
    );
  });
  test("fixedBaselineGuard: how users are spread over ticks does not matter", () => {
    const counted = fc.tuple(fc.nat({ max: 50 }), fc.nat({ max: 50 })).map(([x, misses]) => ({ x, n: x + misses }));
    fc.assert(
      fc.property(fc.array(counted, { minLength: 1, maxLength: 10 }), (list) => {
        const { logE } = fixedBaselineGuard({ baseline: 0.1, ratio: 2, ticks: list });
        const sum = list.reduce((total, { x, n }) => ({ x: total.x + x, n: total.n + n }), { x: 0, n: 0 });
        const together = fixedBaselineGuard({ baseline: 0.1, ratio: 2, ticks: [sum] }).logE;
        expect(logE.at(-1) ?? 0).toBeCloseTo(together[0] ?? 1, 8);
      }),
    );
  });
});
