import { describe, expect, it } from "vitest";
import { countLastLine, countPlaywright, countVitest } from "./test-counts.ts";

const well = { ok: true, output: "" };
const badly = { ok: false, output: "" };
const vitest = { numPassedTests: 7, numFailedTests: 0, numPendingTests: 0, success: true };
const playwright = { stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] };

describe("no failure can hide from the count", () => {
  it.each([
    ["all well", countVitest(vitest, well), 7, 0],
    ["a failed test", countVitest({ ...vitest, numFailedTests: 2, success: false }, badly), 7, 2],
    ["a skipped test", countVitest({ ...vitest, numPendingTests: 1 }, well), 7, 1],
    ["a file that could not be loaded", countVitest({ ...vitest, success: false }, badly), 7, 1],
    ["a bad exit with a good report", countVitest(vitest, badly), 7, 1],
    ["no report", countVitest(undefined, well), 0, 1],
    ["no tests at all", countVitest({ ...vitest, numPassedTests: 0 }, well), 0, 1],
    ["journeys, all well", countPlaywright(playwright, well), 3, 0],
    ["a flaky journey", countPlaywright({ ...playwright, stats: { ...playwright.stats, flaky: 1 } }, well), 3, 1],
    ["a skipped journey", countPlaywright({ ...playwright, stats: { ...playwright.stats, skipped: 2 } }, well), 3, 2],
    ["a set-up that failed", countPlaywright({ ...playwright, errors: [{}] }, badly), 3, 1],
    ["no journeys' report", countPlaywright("", well), 0, 1],
    ["a script that says its count", countLastLine({ ok: true, output: "x\n4 passed, 0 failed" }), 4, 0],
    ["a script that fails against its count", countLastLine({ ok: false, output: "4 passed, 0 failed" }), 4, 1],
    ["a script without a count", countLastLine({ ok: true, output: "done" }), 1, 0],
    ["a failed script without a count", countLastLine({ ok: false, output: "" }), 0, 1],
  ])("%s", (_name, result, passed, failed) => {
    expect(result).toMatchObject({ passed, failed });
  });
});
