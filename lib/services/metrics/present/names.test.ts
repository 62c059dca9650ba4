import { describe, expect, it } from "vitest";
import { armLabel, cutChoices, cutLabel, type FigureNames } from "./names.ts";

const names: FigureNames = {
  feature: { key: "reply-assistant", name: "Reply assistant" },
  scenarios: { billing: "Billing" },
  cohorts: { enterprise: "Enterprise" },
  releases: { r1: "2.3 Clearer steps", r2: "2.4 Calmer tone" },
};

it("parts of the traffic are called as people call them", () => {
  const cuts = [
    "",
    "scenario:billing",
    "cohort:enterprise",
    "dimension:language=de",
    "dimension:a=b=c",
    "dimension:a=(other)",
    "scenario:(other)",
    "cohort:(other)",
  ];
  expect(cuts.map((cut) => cutLabel(cut, names))).toEqual([
    "All traffic",
    "Billing",
    "Enterprise",
    "language: de",
    "a: b=c",
    "a: all others",
    "All other scenarios",
    "All other cohorts",
  ]);
});

it("what nobody named here any more keeps its key; nothing is inherited", () => {
  expect(cutLabel("scenario:closed", names)).toBe("closed");
  expect(cutLabel("scenario:constructor", names)).toBe("constructor");
});

describe("arms", () => {
  it("are named with the release that they are served", () => {
    expect(armLabel({ arm: "current", release: "r1" }, names)).toBe("Current 2.3 Clearer steps");
    expect(armLabel({ arm: "candidate", release: "r2" }, names)).toBe("Candidate 2.4 Calmer tone");
    expect(armLabel({ arm: "variant-b", release: "r2" }, names)).toBe("Variant-b 2.4 Calmer tone");
  });
  it("of a release that is not known are named by its hash, and none is made up", () => {
    expect(armLabel({ arm: "current", release: "0123456789abcdef" }, names)).toBe("Current 0123456789ab");
    expect(armLabel({ arm: "", release: "" }, names)).toBe("No arm named: release not named");
  });
});

it("scenarios are offered before cohorts and dimensions, those that carry most first", () => {
  const seen = [
    { cut: "cohort:enterprise", decisions: 900 },
    { cut: "scenario:billing", decisions: 10 },
    { cut: "dimension:language=de", decisions: 1_000 },
    { cut: "scenario:refunds", decisions: 20 },
    { cut: "", decisions: 1_000 },
  ];
  expect(cutChoices(seen, names).map(({ value }) => value)).toEqual([
    "",
    "scenario:refunds",
    "scenario:billing",
    "cohort:enterprise",
    "dimension:language=de",
  ]);
});
