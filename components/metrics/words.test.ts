import { expect, test } from "vitest";
import { type MetricsQuery, metricsQuery, type Reading } from "#lib/services/metrics/schema.ts";
import { againstWords, basisWords, changeWords, figureWords, findingTitle, sureWords, verdictBasis } from "./words.ts";

const reading: Reading = {
  key: "correction-time",
  family: "harm",
  name: "Correction time",
  sentence: "Seconds a person spends fixing the output.",
  unit: "seconds",
  better: "down",
  value: 38,
  low: 35,
  high: 41,
  n: 1240,
  inLast: null,
  among: null,
  weekAgo: null,
  users: 320,
  standing: "worse",
  against: { label: "the 7 days before", value: 22 },
  change: { relative: 0.61, low: 0.45, high: 0.78 },
  says: "",
  chosen: true,
  counting: "",
};

test.each([
  [{}, "Correction time is up 61%"],
  [{ change: { relative: -0.052, low: -0.09, high: -0.01 }, standing: "better" }, "Correction time is down 5.2%"],
  [{ standing: "same" }, "Correction time is about the same"],
  [{ standing: "unsure" }, "Correction time: no clear change"],
  [{ standing: "unsure", change: null, against: null }, "Correction time"],
  [{ standing: "not-enough" }, "Correction time: not enough data yet"],
  [{ standing: "no-data", change: null }, "Correction time: no data"],
  [{ change: null, against: { label: "the limit of 30 s", value: 30 } }, "Correction time is above the limit of 30 s"],
  [{ change: null, against: null }, "Correction time"],
] as const)("%j is titled %s", (part, title) => {
  expect(findingTitle({ ...reading, ...part })).toBe(title);
});

test("a change always carries its interval, the nearer end first", () => {
  expect(changeWords(reading)).toBe("up 61%, between 45% and 78%");
  expect(changeWords({ change: { relative: -0.12, low: -0.19, high: -0.05 } })).toBe("down 12%, between 5% and 19%");
  expect(changeWords({ change: { relative: 0.04, low: -0.03, high: 0.12 } })).toBe(
    "up 4%, anywhere from down 3% to up 12%",
  );
  expect(changeWords({ change: { relative: 0.0001, low: -1, high: 225 } })).toBe(
    "unchanged, anywhere from down 100% to up more than tenfold",
  );
  expect(changeWords({ change: null })).toBeNull();
});

test("figures say of whom and against what; nothing counted is no zero", () => {
  expect(againstWords(reading)).toBe("against the 7 days before: 22 s");
  const limit = {
    ...reading,
    unit: "share",
    value: 0.031,
    against: { label: "the limit of 2%", value: 0.02 },
  } as const;
  expect(againstWords(limit)).toBe("against the limit of 2%");
  expect(basisWords({ n: 200, users: null, inLast: 24 })).toBe("Counted over 200 in the last 24 hours.");
  expect(basisWords(reading)).toBe("Counted over 1,240. 320 people took part.");
  expect(basisWords({ n: 104, users: 104, inLast: null })).toBe("Counted over 104 people.");
  expect(basisWords({ n: 0, users: null, inLast: null })).toBe("Nothing was counted in this period.");
});

test("a change that chance brings among many says so beside its figures", () => {
  const among = { ...reading, standing: "unsure", among: 12 } as const;
  expect(findingTitle(among)).toBe("Correction time: no clear change");
  expect(sureWords(among)).toBe(
    "Up 61%, between 45% and 78%, against the 7 days before: 22 s. Clear by itself, but among 12 metrics looked at together chance brings such a one.",
  );
  expect(sureWords(reading)).toBe("Up 61%, between 45% and 78%, against the 7 days before: 22 s.");
});

test("a change that is like a week ago says so on the tile, not only once it is opened", () => {
  const edits = {
    ...reading,
    name: "Edit rate",
    unit: "share",
    value: 0.4,
    standing: "unsure",
    weekAgo: 0.396,
  } as const;
  const weekend = { ...edits, against: { label: "the 7 days before", value: 0.22 } };
  expect(findingTitle(weekend)).toBe("Edit rate: no clear change");
  expect(sureWords(weekend)).toBe(
    "Up 61%, between 45% and 78%, against the 7 days before: 22%. It was 40% in the same hours a week earlier: it may be the day of the week.",
  );
});

test("rounding never hides the difference that is announced", () => {
  const edits = {
    ...reading,
    unit: "share",
    value: 0.1249,
    against: { label: "the 7 days before", value: 0.1151 },
  } as const;
  expect([figureWords(edits), againstWords(edits)]).toEqual(["12.5%", "against the 7 days before: 11.5%"]);
  const same = { ...edits, standing: "same" } as const;
  expect([figureWords(same), againstWords(same)]).toEqual(["12%", "against the 7 days before: 12%"]);
  expect(changeWords({ change: { relative: -0.9967, low: -0.9996, high: -0.96 } })).toBe(
    "down 99.67%, between 96% and 99.96%",
  );
});

test.each<[Partial<MetricsQuery>, string]>([
  [{}, "Last 7 days, all traffic, compared with the time before."],
  [{ period: "3h", cut: "scenario:billing" }, "Last 3 hours, only Billing, compared with the time before."],
  [{ compare: "arms" }, "Last 7 days, all traffic, arms of the release side by side."],
  [{ compare: "cohorts", cut: "cohort:gone" }, "Last 7 days, only cohort:gone, compared with the time before."],
])("the verdict of %j is said of: %s", (asked, words) => {
  const query = metricsQuery.parse({ environment: "production", feature: "reply-assistant", ...asked });
  expect(verdictBasis({ query, cuts: [{ value: "scenario:billing", label: "Billing" }] })).toBe(words);
});
