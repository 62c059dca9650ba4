import { describe, expect, test } from "vitest";
import type { FigureInput } from "./figure.ts";
import { readingOf } from "./reading.ts";
import { defined } from "./testing/defined.ts";

const CORRECTION = defined("correction-time");
const EDITS = defined("edit-rate");
const NOW = Date.parse("2026-11-28T18:00:00Z");

/** So many corrections of so many seconds on average, by many people. */
const corrections = (mean: number, n: number): FigureInput => ({
  measures: { correction_n: n, correction_s: mean * n, correction_ss: (mean * mean + 16) * n },
  users: n / 2,
});
const edits = (share: number, n: number): FigureInput => ({ measures: { ai: n, s_edited: share * n }, users: n / 3 });

function said(metric: typeof CORRECTION, sample: FigureInput, held: FigureInput, weekAgo?: FigureInput) {
  const times = { from: NOW - 86_400_000, now: NOW, lastReportedAt: NOW };
  return readingOf(metric, { ...times, sample, held: { with: "week-before", sample: held }, weekAgo });
}
const unknown = ({ measures }: FigureInput): FigureInput => ({ measures, users: null });

describe("what is worse than the week before", () => {
  const [saturday, week] = [corrections(27, 600), corrections(22, 5000)];

  test("but no worse than the same hours a week earlier may be the day of the week, and is no finding", () => {
    expect(said(CORRECTION, saturday, week, unknown(corrections(26.8, 500)))).toMatchObject({
      standing: "unsure",
      p: null,
      weekAgo: 26.8,
      says: "Correction time is 27 s, was 22 s, and 27 s in the same hours a week earlier: it may be the day of the week.",
    });
  });
  test("and by most of it than the same hours a week earlier is worse", () => {
    expect(said(CORRECTION, saturday, week, unknown(corrections(25, 500))).standing).toBe("unsure");
    const reading = said(CORRECTION, saturday, week, unknown(corrections(24, 500)));
    expect(reading).toMatchObject({
      standing: "worse",
      weekAgo: null,
      says: expect.stringMatching(/^Correction time is 27 s, was 22 s: up/),
    });
  });
  test("is worse where too little is known of a week earlier, or nothing", () => {
    expect(said(CORRECTION, saturday, week, unknown(corrections(27, 150))).standing).toBe("worse");
    expect(said(CORRECTION, saturday, week).standing).toBe("worse");
  });
});

test("the same holds for what is better, and for shares", () => {
  const [sunday, week] = [edits(0.12, 2000), edits(0.2, 20_000)];
  expect(said(EDITS, sunday, week, unknown(edits(0.13, 2000))).standing).toBe("unsure");
  expect(said(EDITS, sunday, week, unknown(edits(0.19, 2000))).standing).toBe("better");
  // Worse than a week ago, and better than the days between: nothing that one could say.
  expect(said(EDITS, sunday, week, unknown(edits(0.05, 2000))).standing).toBe("unsure");
});
