import { expect, test } from "vitest";
import { defined } from "#lib/core/metrics/testing/defined.ts";
import { readingFrom } from "#lib/core/metrics/testing/readings.ts";
import type { UserDay } from "#lib/core/metrics/user-counts.ts";
import { daysBehind } from "./days.ts";

function finding(metric: string, days: string[] = []) {
  const sample = { measures: {}, userDays: days.map((day) => ({ day }) as UserDay) };
  return {
    definition: defined(metric),
    reading: readingFrom({ metric, standing: "unsure" }),
    sample,
    toldOf: sample,
  };
}

test("what is counted by users tells of which days it is, and nothing else does", () => {
  const week = ["2026-11-12", "2026-11-13", "2026-12-01"];
  const found = daysBehind([finding("repeat-usage", week), finding("switched-off", week), finding("edit-rate", week)]);
  expect(Object.fromEntries(found)).toEqual({
    "repeat-usage": "of people who were new from 12 November to 1 December",
    "switched-off": "over the days from 12 November to 1 December",
  });
  expect(daysBehind([finding("repeat-usage")]).size).toBe(0);
});
