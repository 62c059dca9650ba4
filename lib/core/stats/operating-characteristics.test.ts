import { describe, expect, test } from "vitest";
import { seededRandom } from "./testing/random.ts";
import { drawTick, quantileOf, runStage, TICKS_PER_DAY, type Traffic } from "./testing/stage.ts";
import { advanceWithinRatio, type WithinRatioState } from "./within-ratio-gate.ts";

const ERRORS: Traffic = { perDay: 10_000, controls: 19, base: 0.02 };
const SAFETY: Traffic = { perDay: 50_000, controls: 19, base: 0.002 };
const RUNS = 200;

/** Treatment calls until the guard decides one of `until`, for each of many stages; infinitely many where a week passes without. */
function callsUntil(seed: number, traffic: Traffic, ratio: number, until: ("ROLLBACK" | "HOLD")[] = ["ROLLBACK"]) {
  const random = seededRandom(seed);
  return Array.from({ length: RUNS }, () => {
    const { decision, calls } = runStage(random, traffic, { ratio, ticks: 7 * TICKS_PER_DAY, until });
    return decision === "CONTINUE" ? Number.POSITIVE_INFINITY : calls;
  });
}

describe("a day of a harmless stage, checked every ten seconds", () => {
  test.each<[string, Traffic]>([
    ["2 % base, 19 control calls for each", { perDay: 2_000, controls: 19, base: 0.02 }],
    ["2 % base, half and half", { perDay: 10_000, controls: 1, base: 0.02 }],
    ["0.2 % base, half and half", { perDay: 10_000, controls: 1, base: 0.002 }],
  ])("alarms in at most one of a thousand days: %s", (_, traffic) => {
    const random = seededRandom(20);
    let alarms = 0;
    for (let day = 0; day < 100; day++) {
      const { decision } = runStage(random, traffic, { ratio: 1, ticks: TICKS_PER_DAY, until: ["ROLLBACK", "HOLD"] });
      if (decision !== "CONTINUE") alarms += 1;
    }
    expect(alarms).toBe(0);
  });

  test("and does when the treatment is worse, so the count above means something", () => {
    const random = seededRandom(21);
    const day = { ratio: 3, ticks: TICKS_PER_DAY, until: ["ROLLBACK", "HOLD"] as const };
    const half: Traffic = { perDay: 10_000, controls: 1, base: 0.02 };
    expect(Array.from({ length: 5 }, () => runStage(random, half, day).decision)).not.toContain("CONTINUE");
  });

  test("an outage of half an hour in both arms, 20 times the errors, alarms in none", () => {
    const random = seededRandom(22);
    const during = (tick: number) => (tick >= 100 && tick < 280 ? 20 : 1);
    const hour = { ratio: 1, ticks: 360, until: ["ROLLBACK", "HOLD"] as const, outage: during };
    for (let run = 0; run < 300; run++) expect(runStage(random, ERRORS, hour).decision).toBe("CONTINUE");
  });
});

describe("treatment calls until the rollback, 19 control calls for each", () => {
  test("errors 5 times, 2 % base: median at most 180, 9 in 10 within 300", () => {
    const calls = callsUntil(30, ERRORS, 5);
    expect(quantileOf(calls, 0.5)).toBeLessThanOrEqual(180);
    expect(quantileOf(calls, 0.9)).toBeLessThanOrEqual(300);
    expect(quantileOf(calls, 0.1)).toBeGreaterThan(20);
  });
  test("errors 10 times, 2 % base: 9 in 10 within 120", () => {
    expect(quantileOf(callsUntil(40, ERRORS, 10), 0.9)).toBeLessThanOrEqual(120);
  });
  test("errors 2 times, 2 % base: 9 in 10 stopped or held within 2,500", () => {
    expect(quantileOf(callsUntil(50, ERRORS, 2, ["ROLLBACK", "HOLD"]), 0.9)).toBeLessThanOrEqual(2_500);
  });
  test("safety filter 5 times, 0.2 % base: 9 in 10 within 2,700", () => {
    expect(quantileOf(callsUntil(60, SAFETY, 5), 0.9)).toBeLessThanOrEqual(2_700);
  });
  test("safety filter 10 times, 0.2 % base: 9 in 10 within 1,050", () => {
    expect(quantileOf(callsUntil(61, SAFETY, 10), 0.9)).toBeLessThanOrEqual(1_050);
  });
  test("errors 5 times after two good days: median at most 300 calls after the change", () => {
    const random = seededRandom(70);
    const late = { ratio: 5, ticks: 4 * TICKS_PER_DAY, from: 2 * TICKS_PER_DAY, until: ["ROLLBACK"] as const };
    const calls = Array.from({ length: 40 }, () => runStage(random, ERRORS, late).calls);
    expect(quantileOf(calls, 0.5)).toBeLessThanOrEqual(300);
  });
});

describe("sparse traffic, ticks gathered", () => {
  const sparse: Traffic = { perDay: 500, controls: 19, base: 0.02 };
  test("errors 5 times, 2 % base, 500 calls a day: median at most 180, 9 in 10 within 300", () => {
    const random = seededRandom(80);
    const stage = { ratio: 5, ticks: 7 * TICKS_PER_DAY, until: ["ROLLBACK"] as const, gather: true };
    const calls = Array.from({ length: RUNS }, () => runStage(random, sparse, stage).calls);
    expect(quantileOf(calls, 0.5)).toBeLessThanOrEqual(180);
    expect(quantileOf(calls, 0.9)).toBeLessThanOrEqual(300);
  });
  test("harmless days do not alarm", () => {
    const random = seededRandom(81);
    const day = { ratio: 1, ticks: TICKS_PER_DAY, until: ["ROLLBACK", "HOLD"] as const, gather: true };
    for (let run = 0; run < 100; run++) expect(runStage(random, sparse, day).decision).toBe("CONTINUE");
  });
});

describe("the gate within 2 times", () => {
  const busy: Traffic = { perDay: 864_000, controls: 9, base: 0.02 };
  /** How many of 200 stages pass, looked at every 100 treatment calls up to 10,000. */
  function passes(seed: number, ratio: number): number {
    const random = seededRandom(seed);
    let passed = 0;
    for (let run = 0; run < 200; run++) {
      let state: WithinRatioState | null = null;
      for (let look = 0; look < 100; look++) {
        const step: ReturnType<typeof advanceWithinRatio> = advanceWithinRatio(
          { ratio: 2, alpha: 0.05 },
          state,
          drawTick(random, busy, ratio),
        );
        state = step.state;
        if (!step.passed) continue;
        passed += 1;
        break;
      }
    }
    return passed;
  }
  test("passes at most 5 % of treatments that are 2 times as bad", () => {
    expect(passes(90, 2)).toBeLessThanOrEqual(10);
  });
  test("passes nearly every harmless one", () => {
    expect(passes(91, 1)).toBeGreaterThanOrEqual(195);
  });
});
