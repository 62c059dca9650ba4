import { expect, test } from "vitest";
import { METRICS } from "#lib/core/metrics/definitions.ts";
import { readingFrom } from "#lib/core/metrics/testing/readings.ts";
import { settledFindings } from "./settled-findings.ts";

const NOTHING = { measures: {} };
const finding = (key: string, p: number) => {
  const definition = METRICS.find((each) => each.key === key);
  if (!definition) throw new Error(`there is no metric ${key}`);
  const reading = readingFrom({ metric: key, standing: "worse", value: 0.2, before: 0.1, relative: 1, p });
  return { definition, reading, sample: NOTHING, toldOf: NOTHING };
};

test("what a feature is judged by is settled apart from what only stands beside it", () => {
  const judged = new Set(["edit-rate", "revert-rate"]);
  const findings = ["edit-rate", "override-rate", "escalations", "revert-rate"].map((key) => finding(key, 0.02));
  const told = settledFindings(findings, ({ key }) => judged.has(key));
  expect(told.map(({ definition }) => definition.key)).toEqual(findings.map(({ definition }) => definition.key));
  expect(told.map(({ reading }) => reading.standing)).toEqual(["worse", "worse", "worse", "worse"]);
  const three = settledFindings([...findings, finding("moderation-volume", 0.5)], ({ key }) => judged.has(key));
  expect(three.map(({ reading }) => [reading.standing, reading.among])).toEqual([
    ["worse", null],
    ["unsure", 3],
    ["unsure", 3],
    ["worse", null],
    ["unsure", 3],
  ]);
});
