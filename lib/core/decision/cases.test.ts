import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { env } from "../../env.ts";
import { readCaseFile, rulesetOfCase } from "./cases.ts";
import { decide } from "./decide.ts";
import { decision } from "./decision.ts";

/** The shipped cases, or another implementation's or customer's own: the file named by `DECISION_CASES`. */
const path = env.DECISION_CASES ?? new URL("./cases.json", import.meta.url);
const file = readCaseFile(JSON.parse(readFileSync(path, "utf8")));

describe("decision cases", () => {
  test.each(file.cases.map((each) => [each.name, each] as const))("%s", (_, each) => {
    const ruleset = rulesetOfCase(file, each.ruleset);
    const before = JSON.stringify(ruleset);
    const result = decide(ruleset, each.feature, each.context, each.inputs);
    const { because, ...rest } = each.expected;
    expect(result).toMatchObject(rest);
    if (because !== undefined) {
      expect(result.because).toHaveLength(because.length);
      expect(result.because).toMatchObject(because);
    }
    decision.parse(result);
    expect(decide(ruleset, each.feature, each.context, each.inputs)).toEqual(result);
    expect(JSON.stringify(ruleset)).toBe(before);
  });

  test("no two cases have the same name, and all are about something", () => {
    expect(new Set(file.cases.map((each) => each.name)).size).toBe(file.cases.length);
    expect(file.cases.filter((each) => Object.keys(each.expected).length === 0)).toEqual([]);
  });
});
