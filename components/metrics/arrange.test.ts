import { expect, test } from "vitest";
import { lineOf } from "#components/charts/example-lines.ts";
import type { Panel, Point } from "#lib/services/metrics/schema.ts";
import { familyColumns, hasNothing, otherPanels } from "./arrange.ts";

const panel = (key: string, part: Partial<Panel> = {}): Panel => ({
  key,
  family: "harm",
  name: key,
  sentence: "",
  unit: "share",
  better: "down",
  inLast: null,
  among: null,
  weekAgo: null,
  value: 0.1,
  low: null,
  high: null,
  n: 10,
  users: null,
  standing: "same",
  against: null,
  change: null,
  says: "",
  chosen: false,
  counting: "",
  lines: [],
  ...part,
});
const zero: Point = { at: 0, until: 1, value: 0, low: null, high: null, n: 0, state: "none" };
const keys = (panels: readonly Panel[]) => panels.map((each) => each.key);
const harm = (panels: Panel[], opened: string | null = null) =>
  familyColumns(panels, opened).find(({ family }) => family === "harm");

test("the chosen stand in front, and whatever is worse is never folded away", () => {
  const column = harm([panel("chosen", { chosen: true }), panel("calm"), panel("hidden", { standing: "worse" })]);
  expect(keys(column?.shown ?? [])).toEqual(["chosen", "hidden"]);
  expect(keys(column?.folded ?? [])).toEqual(["calm"]);
});

test("where none was chosen, the two that need a look most stand in front", () => {
  const column = harm([panel("a"), panel("none", { standing: "no-data" }), panel("unsure", { standing: "unsure" })]);
  expect(keys(column?.shown ?? [])).toEqual(["a", "unsure"]);
  expect(keys(column?.folded ?? [])).toEqual(["none"]);
});

test("what is open stands in front, and no metric is lost", () => {
  const all = [panel("a", { chosen: true }), panel("b"), panel("c"), panel("q", { family: "quality" })];
  const column = harm(all, "c");
  expect(keys(column?.shown ?? [])).toEqual(["a", "c"]);
  const everywhere = [
    ...familyColumns(all, "c").flatMap(({ shown, folded }) => [...shown, ...folded]),
    ...otherPanels(all).flatMap(({ panels }) => panels),
  ];
  expect(keys(everywhere).toSorted()).toEqual(["a", "b", "c", "q"]);
});

test.each([
  ["nothing was counted", [panel("a", { standing: "no-data" })], true],
  ["a count of zero a day is nothing", [panel("a", { standing: "no-data", lines: [lineOf([zero, zero])] })], true],
  ["a line of the time before is something", [panel("a", { standing: "no-data", lines: [lineOf("ggf")] })], false],
  ["too little is something", [panel("a", { standing: "no-data" }), panel("b", { standing: "not-enough" })], false],
])("%s", (_, panels, nothing) => {
  expect(hasNothing(panels)).toBe(nothing);
});
