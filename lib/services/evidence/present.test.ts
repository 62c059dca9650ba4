import { expect, test } from "vitest";
import { evidenceFileName, looseHarmInWords, sizeHeaders, sizeInWords, utcMoment } from "./present.ts";

test("the file says what it is of, whatever a feature is called", () => {
  const [from, to] = [Date.parse("2026-11-20T14:00:00Z"), Date.parse("2026-11-20T16:30:00Z")];
  const about = {
    environment: "production",
    feature: '../a "b"\r\nx',
    from,
    to,
    answers: "every",
    format: "csv",
  } as const;
  expect(evidenceFileName(about)).toBe("evenkeel-production-..-a-b-x-2026-11-20T1400Z-2026-11-20T1630Z.csv");
  expect(evidenceFileName({ ...about, answers: "harmed" })).toContain("-a-b-x-harmed-2026-11-20T1400Z");
});

test.each([
  ["every", { decisions: 12400, unnamed: 0, people: 3100, exact: true }, "12,400 answers to 3,100 people"],
  ["every", { decisions: 12400, unnamed: 0, people: 3100, exact: false }, "12,400 answers to about 3,100 people"],
  ["every", { decisions: 1, unnamed: 0, people: 1, exact: true }, "1 answer to 1 person"],
  ["every", { decisions: 2, unnamed: 2, people: 0, exact: true }, "2 answers; to whom is not known"],
  [
    "every",
    { decisions: 1001, unnamed: 1000, people: 1, exact: true },
    "1,001 answers, 1 of them to 1 person and 1,000 to people who are not named",
  ],
  [
    "harmed",
    { decisions: 84, unnamed: 4, people: 70, exact: false },
    "84 answers with a sign of harm, 80 of them to about 70 people and 4 to people who are not named",
  ],
  ["every", { decisions: 0, unnamed: 0, people: 0, exact: true }, "0 answers"],
  ["harmed", { decisions: 84, unnamed: 0, people: 70, exact: true }, "84 answers with a sign of harm, to 70 people"],
  [
    "harmed",
    { decisions: 84, unnamed: 84, people: 0, exact: true },
    "84 answers with a sign of harm; to whom is not known",
  ],
  ["harmed", { decisions: 1, unnamed: 0, people: 1, exact: false }, "1 answer with a sign of harm, to about 1 person"],
] as const)("%s: %j reads %s", (answers, size, words) => {
  expect(sizeInWords(size, answers)).toBe(words);
});

test.each([
  [0, 0, null],
  [1, 0, "1 sign of harm names no answer that is known here, so it is not in this file."],
  [1200, 0, "1,200 signs of harm name no answer that is known here, so they are not in this file."],
  [
    0,
    2,
    "2 signs of harm, of this feature or another, name no answer that is known here, so they are not in this file.",
  ],
  [
    ...[3, 2],
    "5 signs of harm, 2 of which may be of another feature, name no answer that is known here, so they are not in this file.",
  ],
] as const)("%d signs of harm here and %d anywhere read %s", (here, anywhere, words) => {
  expect(looseHarmInWords({ here, anywhere })).toBe(words);
});

test("headers say how much is coming, and of people only what was counted one by one", () => {
  const size = {
    decisions: 120_000,
    unnamed: 0,
    people: 70_016,
    exact: true,
    looseHarm: { here: 2, anywhere: 1 },
    keptSince: "2026-11-01T00:00:00.000Z",
  };
  const [decisions, people] = [
    { "evenkeel-decisions": "120000", "evenkeel-unnamed": "0", "evenkeel-harm-without-decision": "3" },
    { "evenkeel-people": "70016" },
  ];
  const since = { "evenkeel-kept-since": "2026-11-01T00:00:00.000Z" };
  expect(sizeHeaders(size)).toEqual({ ...decisions, ...people, ...since });
  expect(sizeHeaders({ ...size, exact: false })).toEqual({ ...decisions, ...since });
  expect(sizeHeaders({ ...size, keptSince: null })).toEqual({ ...decisions, ...people });
});

test("a moment is said in words, with its zone", () => {
  expect(utcMoment(Date.parse("2026-11-20T14:05:00Z"))).toBe("20 November 2026 at 14:05 UTC");
});
