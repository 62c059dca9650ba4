import { describe, expect, test } from "vitest";
import { disagreementsOf } from "#lib/core/metrics/disagreements.ts";
import { readingFrom, type ShortReading } from "#lib/core/metrics/testing/readings.ts";
import type { UserDay } from "#lib/core/metrics/user-counts.ts";
import { besideOf, peopleSaid } from "./beside.ts";

const requests: ShortReading = {
  metric: "decisions",
  standing: "unsure",
  value: 12_400,
  before: 12_000,
  relative: 0.03,
};
const accepted: ShortReading = {
  metric: "acceptance-rate",
  standing: "same",
  value: 0.84,
  before: 0.83,
  relative: 0.01,
};
const ACTIVITY = [requests, { metric: "people", standing: "unsure", value: 840 }, accepted] as const;
const repaired: ShortReading = { metric: "correction-time", standing: "worse", value: 38, before: 22, relative: 0.73 };
const calm: ShortReading[] = [
  { metric: "kept-on", standing: "same", value: 0.98, before: 0.98, relative: 0 },
  { metric: "edit-rate", standing: "unsure", value: 0.21, before: 0.2, relative: 0.05 },
  { metric: "switch-to-manual", standing: "better", value: 0.02, before: 0.04, relative: -0.5 },
];
const violations: ShortReading = {
  metric: "policy-violations",
  standing: "worse",
  value: 0.01,
  before: 0.005,
  relative: 1,
};

/** What is judged, beside the usual activity. */
function beside(judged: readonly ShortReading[], activity: readonly ShortReading[] = ACTIVITY, silent = false) {
  const readings = [...activity, ...judged].map(readingFrom);
  const disagreements = disagreementsOf(readings, { outputs: "drafts" });
  return besideOf({ readings, judged: judged.map(readingFrom), disagreements, silent });
}

describe("what activity and trust say together", () => {
  const few = (metric: string): ShortReading => ({ metric, standing: "not-enough", value: 0.2, days: 2 });
  const none = (metric: string): ShortReading => ({ metric, standing: "no-data" });
  test.each([
    [
      "a disagreement is what the rule says",
      beside([repaired, ...calm]),
      "disagree",
      "Drafts are accepted 84% of the time, but correction time rose by 73%: people accept and then repair.",
    ],
    [
      "harm that no rule knows is not hidden either",
      beside([violations, ...calm]),
      "disagree",
      "They disagree, activity does not show it: policy violation rate was read.",
    ],
    [
      "where it is used less too, nothing is hidden",
      beside([violations], [{ metric: "decisions", standing: "worse", value: 60, before: 100, relative: -0.4 }]),
      "agree",
      "They agree, both are worse: number of requests was read. Policy violation rate was read.",
    ],
    [
      "they agree",
      beside(calm),
      "agree",
      "They agree: nothing is proved to have got worse in trust, harm and fallback.",
    ],
    [
      "they agree as far as it is known",
      beside([calm[0] ?? accepted, few("edit-rate"), none("switch-to-manual")]),
      "agree",
      "They agree: nothing is proved to have got worse in trust. There is not enough data yet for harm and fallback.",
    ],
    [
      "too little is known of trust",
      beside([few("edit-rate"), none("kept-on")]),
      "unknown",
      "Not enough data to tell whether they agree: how much it is used does not say whether it serves people.",
    ],
    [
      "trust is held against nothing",
      beside([{ metric: "edit-rate", standing: "unsure", value: 0.2 }]),
      "unknown",
      "Not enough data to tell whether they agree: how much it is used does not say whether it serves people.",
    ],
    [
      "nobody reports",
      beside(calm, ACTIVITY, true),
      "unknown",
      "Not enough data to tell whether they agree: nobody reports at the moment.",
    ],
    [
      "nothing was counted",
      beside([none("edit-rate")], [none("decisions")]),
      "unknown",
      "Not enough data to tell whether they agree: nothing was counted in this period.",
    ],
  ])("%s", (_, { agreement, sentences }, expected, sentence) => {
    expect({ agreement, sentences }).toEqual({ agreement: expected, sentences: [sentence] });
  });
});

describe("the figures beside each other", () => {
  test("are those of how much it is used, and what the feature is judged by, what disagrees first", () => {
    const { activity, trust } = beside([...calm, repaired]);
    expect(activity).toEqual([
      {
        key: "decisions",
        name: "Number of requests",
        figure: "12,400",
        change: "No clear change, was 12,000",
        standing: "unsure",
      },
      { key: "people", name: "Number of people", figure: "840", change: "", standing: "unsure" },
      {
        key: "acceptance-rate",
        name: "Acceptance rate",
        figure: "84%",
        change: "As before, was 83%",
        standing: "same",
      },
    ]);
    expect(trust.map(({ name, figure, change }) => [name, figure, change])).toEqual([
      ["Correction time", "38 s", "Up 73%, was 22 s"],
      ["Kept switched on", "98%", "As before, was 98%"],
      ["Edit rate", "21%", "No clear change, was 20%"],
      ["Switching to manual", "2%", "Down 50%, was 4%"],
    ]);
  });

  test("are few, unless more of them are worse", () => {
    const many = ["kept-on", "edit-rate", "override-rate", "revert-rate", "escalations", "dismissal-rate"];
    const all = (standing: ShortReading["standing"]) =>
      beside(many.map((metric): ShortReading => ({ metric, standing, value: 0.2, before: 0.1, relative: 1 }))).trust;
    expect(all("same")).toHaveLength(4);
    expect(all("worse").filter(({ standing }) => standing === "worse")).toHaveLength(6);
  });

  test("tell a limit, the current release and what is not known", () => {
    const { trust } = beside([
      { metric: "policy-violations", standing: "worse", value: 0.01, line: "the limit of 2%" },
      { metric: "edit-rate", standing: "better", value: 0.1, release: 0.2, relative: -0.5 },
      { metric: "dismissal-rate", standing: "not-enough", value: 0.3, days: 2 },
      { metric: "escalations", standing: "unsure", value: 14, before: 15, relative: -0.07 },
    ]);
    expect(trust.map(({ figure, change }) => [figure, change])).toEqual([
      ["1%", "Beyond the limit of 2%"],
      ["10%", "Down 50%, against 20%"],
      ["14 per 1,000", "No clear change, was 15"],
      ["30%", "Not enough data yet"],
    ]);
    expect(beside([{ metric: "kept-on", standing: "no-data" }]).trust).toMatchObject([
      { figure: "", change: "No data" },
    ]);
  });

  test("are left out where nothing was counted", () => {
    expect(beside([{ metric: "edit-rate", standing: "no-data" }], [])).toMatchObject({ activity: [], trust: [] });
  });
});

describe("how many people there were, whole days against whole days", () => {
  /** So many days up to today with as many users as their number, of which the first `empty` had none. */
  const days = (count: number, empty = 0) =>
    Array.from({ length: count }, (_, index): UserDay => {
      const users1 = index < empty ? 0 : 5;
      return {
        ...{ day: "", leftOff: 0, keptOn: 0, usedOrSwitched: 0, newUsers: 0, cameBack: 0, startedAgain: 0 },
        users1,
        users7: 100 + index,
        users28: 200 + index,
      };
    });
  test.each([
    ["a week against the week before", days(36), "7d", "134 up to yesterday, was 127"],
    ["four weeks", days(78), "28d", "276 up to yesterday, was 248"],
    ["a week that is only just known whole", days(36, 21), "7d", "134 up to yesterday, was 127"],
    ["reports began within the week before", days(36, 22), "7d", ""],
    ["sixty days, for which there is no such window", days(142), "60d", ""],
    ["a day", days(36), "24h", ""],
    ["a part of the traffic", [], "7d", ""],
  ] as const)("%s", (_, rows, period, expected) => {
    expect(peopleSaid(rows, period)).toBe(expected);
  });
});
