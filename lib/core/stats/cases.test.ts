import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { env } from "../../env.ts";
import { STATS_FUNCTIONS } from "./testing/functions.ts";
import { differences, readCases, type StatsCase } from "./testing/read-cases.ts";

/** Cases of others, kept beside the project and not in it. */
const BESIDE = new URL("../../../../shared/data/stats-cases.json", import.meta.url);

function run({ fn, input, expected, tol }: StatsCase): void {
  const result = STATS_FUNCTIONS[fn]?.(input);
  expect(result, `there is no function ${fn}`).toBeDefined();
  expect(differences(result, expected, tol)).toEqual([]);
}

const own = readCases(readFileSync(new URL("./cases.json", import.meta.url), "utf8"));

describe("our own cases", () => {
  test.each(own.map((each) => [each.id, each] as const))("%s", (_, each) => run(each));

  test("every function has one", () => {
    const tried = new Set(own.map(({ fn }) => fn));
    expect(Object.keys(STATS_FUNCTIONS).filter((fn) => !tried.has(fn))).toEqual([]);
  });
});

const named = env.STATS_CASES ?? (existsSync(BESIDE) ? BESIDE : undefined);
const further = named === undefined ? [] : readCases(readFileSync(named, "utf8"));
const none = "none: STATS_CASES names no file, and ../shared/data/stats-cases.json is not there";

describe(`further cases${named === undefined ? ` (${none})` : ""}`, () => {
  test("each names a function of this folder", () => {
    expect(further.filter(({ fn }) => !Object.hasOwn(STATS_FUNCTIONS, fn)).map(({ id }) => id)).toEqual([]);
  });
  test.each(further.map((each) => [each.id, each] as const))("%s", (_, each) => run(each));
});

describe("the comparison", () => {
  const tol = { rel: 1e-3, abs: 0 };
  test.each([
    ["a number beyond the tolerance", { a: 1.01 }, { a: 1 }],
    ["a number that is NaN", { a: Number.NaN }, { a: 1 }],
    ["a missing field", {}, { a: 1 }],
    ["another word", { a: "PASS" }, { a: "FAIL" }],
    ["null for a number", { a: null }, { a: 0 }],
    ["a number for null", { a: 0 }, { a: null }],
    ["a list that is longer", { a: [1, 2] }, { a: [1] }],
    ["an element that differs", { a: [{ b: 1 }] }, { a: [{ b: 2 }] }],
  ])("sees %s", (_, got, want) => expect(differences(got, want, tol)).toHaveLength(1));
  test("takes what is near enough, and fields that were not asked for", () => {
    expect(differences({ a: [1.0005, true, null], more: 1 }, { a: [1, true, null] }, tol)).toEqual([]);
  });
});
