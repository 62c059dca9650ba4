import { expect, test } from "vitest";
import type { FeatureVerdict } from "#lib/services/metrics/schema.ts";
import { freshOf, headOf, suspectsOf, suspicionsOf, whereSentence } from "./suspects.ts";

const features = ["reply", "summary", "search", "notes"].map((key) => ({ key, name: `The ${key}` }));
const verdict = (feature: string, part: Partial<FeatureVerdict> = {}): FeatureVerdict => ({
  feature,
  period: "7d",
  standing: "worse",
  sentence: "Harm is up: correction time 43 s, was 27 s.",
  family: "harm",
  metric: "correction-time",
  where: null,
  spark: [],
  began: null,
  sinceControl: null,
  ...part,
});
const all = [
  verdict("notes", { family: "operations" }),
  verdict("search", { standing: "unsure", family: null }),
  verdict("summary", { family: "trust" }),
  verdict("reply"),
  verdict("gone"),
];
const keys = (open: string | null) => suspectsOf(all, features, open).map((each) => each.verdict.feature);

test("what stands worse is suspect, harm first; what is unsure or not here any more is not", () => {
  expect(keys(null)).toEqual(["reply", "summary", "notes"]);
});

test("on the page of a feature that one is first", () => {
  expect(keys("summary")).toEqual(["summary", "reply", "notes"]);
  expect(keys("search")).toEqual(["reply", "summary", "notes"]);
});

test("the order goes by what a person who looks can mend, and on the page of a feature by that alone", () => {
  const of = (open: string | null) => suspicionsOf(suspectsOf(all, features, open), open).map((each) => each.feature);
  expect(of(null)).toEqual(["reply", "summary"]);
  expect(of("summary")).toEqual(["summary"]);
  expect(of("search")).toEqual([]);
  expect(of("notes")).toEqual([]);
});

const inRefunds = { spread: "mainly", scenarios: ["refunds"], sentence: "Mainly in refunds.", period: "7d" } as const;
const mainly = { ...inRefunds, scenarios: [...inRefunds.scenarios] };

test.each<[string, Partial<FeatureVerdict>[], string[]]>([
  ["of many only those that are named", [{}, {}, {}, {}], ["reply", "summary"]],
  ["not those of what is not named", [{ family: "fallback" }, { family: "fallback" }, { family: "trust" }], []],
  ["quality, which a person who looks can mend", [{ family: "quality" }], ["reply"]],
  ["not what falls back, which no review mends", [{ family: "fallback" }, { family: "trust" }], ["summary"]],
  ["not what falls back everywhere", [{ family: "fallback", where: { ...mainly, spread: "everywhere" } }], []],
  ["the kind of case that mainly falls back", [{ family: "fallback", where: mainly }], ["reply"]],
  ["not what is slow, in whatever kind of case", [{ family: "operations", where: mainly }], []],
])("the order goes by %s", (_, parts, expected) => {
  const verdicts = parts.map((part, index) => verdict(features[index]?.key ?? "", part));
  const suspects = suspectsOf(verdicts, features, null);
  expect(suspicionsOf(suspects, null).map(({ feature }) => feature)).toEqual(expected);
});

test("what was heard long ago is not known", () => {
  const now = 1_800_000_000_000;
  expect(freshOf({ verdicts: all, heardAt: now - 60_000 }, now)).toBe(all);
  expect(freshOf({ verdicts: all, heardAt: now - 6 * 60_000 }, now)).toBeNull();
  expect(freshOf({ verdicts: undefined, heardAt: 0 }, now)).toBeNull();
});

test("figures say of which time they are, and where the kinds of case were told from another", () => {
  const [suspect] = suspectsOf(all, features, null);
  expect(suspect && headOf(suspect)).toBe("The reply, last 7 days.");
  const where = { spread: "mainly", scenarios: ["a"], sentence: "Mainly in refunds: 61 s, was 30 s." } as const;
  const told = (period: "7d" | "28d") =>
    whereSentence(verdict("reply", { where: { ...where, scenarios: [...where.scenarios], period } }));
  expect(told("7d")).toBe("Mainly in refunds: 61 s, was 30 s.");
  expect(told("28d")).toBe("Last 28 days: mainly in refunds: 61 s, was 30 s.");
  expect(whereSentence(verdict("reply"))).toBe("");
});
