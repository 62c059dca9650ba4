import { expect, test } from "vitest";
import { tickFigure } from "./figure.ts";

test.each([
  [0.25, "count", "0.25"],
  [0.5, "count", "0.5"],
  [0.75, "count", "0.75"],
  [1250, "count", "1,250"],
  [12_500, "count", "12.5K"],
  [0.25, "share", "25%"],
  [0.002, "usd", "$0.002"],
] as const)("the tick %d of %s reads %s", (value, unit, words) => {
  expect(tickFigure(value, unit)).toBe(words);
});
