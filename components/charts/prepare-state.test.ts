import { describe, expect, test } from "vitest";
import { chartData } from "./chart-data.ts";
import { lineOf } from "./example-lines.ts";
import { figure, tickFigure } from "./figure.ts";
import { chartState } from "./prepare-state.ts";
import { summaryOf } from "./prepare-summary.ts";
import { looksOf } from "./series.ts";

describe("what a chart is to show", () => {
  test.each([
    ["lines", "ff", {}, { kind: "full" }],
    ["that nothing happened", "ngn", {}, { kind: "empty", words: "Nothing of this happened in this period." }],
    [
      "that there is no line of it",
      "ggg",
      { value: 0.9 },
      { kind: "empty", words: "This view has the figure only, and no line." },
    ],
    [
      "that it is too early to tell",
      "eee",
      { value: 0.5 },
      { kind: "empty", words: expect.stringMatching(/^Too early to tell: .*A longer period/) },
    ],
    ["lines, where it is too early for the newest only", "fee", { value: 0.5 }, { kind: "full" }],
    ["that nobody reported", "ggg", {}, { kind: "empty", words: "Nobody reported in this period." }],
    [
      "what there is, and how much is missing",
      "tt",
      { standing: "not-enough", says: "About 2 more days." } as const,
      { kind: "not-enough", words: "About 2 more days.", drawable: true },
    ],
    [
      "words of its own where none came",
      "nn",
      { standing: "not-enough" } as const,
      { kind: "not-enough", words: "Not enough data yet.", drawable: false },
    ],
  ])("%s", (_, letters, reading, state) => {
    expect(chartState([lineOf(letters)], reading)).toEqual(state);
  });

  test("what it is held against alone is nothing to show", () => {
    expect(chartState([lineOf("ggg"), lineOf("fff", "7 days before", true)])).toMatchObject({ kind: "empty" });
  });
});

describe("a chart for someone who does not see it", () => {
  const panel = { name: "Correction time", unit: "seconds", against: null } as const;
  const period = { from: 0, to: 1 };
  const said = (letters: string, against: { label: string; value: number | null } | null = null) =>
    summaryOf(chartData({ ...panel, lines: [lineOf(letters)], against }, period), "UTC", "over the day");

  test.each([
    ["fff", "All traffic rose from 1 s to 3 s; highest 3 s on Thu 1 Jan, 02:00 to 03:00."],
    ["f", "All traffic was 1 s; highest 1 s on Thu 1 Jan, 00:00 to 01:00."],
    ["ffu", "All traffic rose from 1 s to 2 s; highest 2 s on Thu 1 Jan, 01:00 to 02:00. The newest is still running."],
    ["nn", "All traffic: no figure yet."],
    ["gg", "All traffic: no figure yet. Nobody reported from Thu 1 Jan, 00:00 to Thu 1 Jan, 02:00."],
  ])("%s", (letters, sentence) => {
    expect(said(letters)).toBe(`Correction time, over the day: ${sentence}`);
  });

  test("names a limit; other figures that it is held against are no line", () => {
    expect(said("f", { label: "the limit of 2 s", value: 2 })).toContain("Held against the limit of 2 s.");
    expect(said("f", { label: "the 7 days before", value: 2 })).not.toContain("Held against");
    expect(said("f", { label: "the limit of 2 s", value: null })).not.toContain("Held against");
  });
});

test.each([
  [0.1234, "share", "12%", "12.3%"],
  [0, "share", "0%", "0%"],
  [2.4, "per-1000", "2.4 per 1,000", "2.4"],
  [38.44, "seconds", "38 s", "38.4 s"],
  [12_340, "milliseconds", "12 s", "12.3 s"],
  [0.0123, "usd", "$0.012", "$0.0123"],
  [15_300, "tokens", "15,300 tokens", "15.3K"],
  [0.756, "score", "0.76", "0.756"],
  [1240, "count", "1,240", "1,240"],
] as const)("%d as %s: %s, on an axis %s", (value, unit, words, tick) => {
  expect(figure(value, unit)).toBe(words);
  expect(tickFigure(value, unit)).toBe(tick);
});

test("lines are told apart by colour and dashes, and what they are held against is grey", () => {
  const looks = looksOf([{ quiet: false }, { quiet: true }, { quiet: false }]);
  expect(looks.map(({ color }) => color)).toEqual(["var(--series-1)", "var(--series-quiet)", "var(--series-2)"]);
  expect(new Set(looks.filter(({ color }) => color !== "var(--series-quiet)").map(({ dash }) => dash)).size).toBe(2);
});
