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
const fewer: ShortReading = { metric: "decisions", standing: "worse", value: 60, before: 100, relative: -0.4 };
const slower: ShortReading = {
  metric: "generation-time",
  standing: "worse",
  value: 2600,
  before: 2300,
  relative: 0.13,
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

/** What is judged, beside the usual activity, and what nobody chose. */
function beside(
  judged: readonly ShortReading[],
  activity: readonly ShortReading[] = ACTIVITY,
  { silent = false, others = [] }: { silent?: boolean; others?: readonly ShortReading[] } = {},
) {
  const readings = [...activity, ...judged, ...others].map(readingFrom);
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
      beside([violations], [fewer]),
      "agree",
      "They agree, both are worse: number of requests was read. Policy violation rate was read.",
    ],
    [
      "so it is where fewer are accepted",
      beside([violations], [requests, { ...accepted, standing: "worse", relative: -0.2 }]),
      "agree",
      "They agree, both are worse: acceptance rate was read. Policy violation rate was read.",
    ],
    [
      "answers that take longer are no less use",
      beside([violations], [{ ...requests, standing: "better", relative: 0.5 }, accepted, slower]),
      "disagree",
      "They disagree, activity does not show it: policy violation rate was read.",
    ],
    [
      "nor are they where nothing is worse",
      beside(calm, [...ACTIVITY, slower]),
      "agree",
      "They agree: nothing is proved to have got worse in trust, harm and fallback.",
    ],
    [
      "it is used less, and nothing shows why",
      beside(calm, [fewer, accepted]),
      "unknown",
      "It cannot be told whether they agree: number of requests was read. Nothing is proved to have got worse in trust, harm and fallback for those who still use it: either less of it was needed, or people stay away.",
    ],
    [
      "it is used less, as far as it is known",
      beside([calm[0] ?? accepted, few("edit-rate")], [fewer]),
      "unknown",
      "It cannot be told whether they agree: number of requests was read. Nothing is proved to have got worse in trust for those who still use it: either less of it was needed, or people stay away. There is not enough data yet for harm.",
    ],
    [
      "fewer are accepted, and nothing shows why",
      beside(calm, [requests, { ...accepted, standing: "worse", relative: -0.2 }]),
      "unknown",
      "It cannot be told whether they agree: acceptance rate was read. Nothing is proved to have got worse in trust, harm and fallback, so nothing here shows why people accept less.",
    ],
    [
      "that more is answered without AI, as after a stop, does not speak where nobody chose it",
      beside(calm, ACTIVITY, {
        others: [{ metric: "fallback-share", standing: "worse", value: 0.3, before: 0.01, relative: 29 }],
      }),
      "agree",
      "They agree: nothing is proved to have got worse in trust, harm and fallback.",
    ],
    [
      "what is worse speaks though nobody chose it",
      beside(calm, ACTIVITY, { others: [violations] }),
      "disagree",
      "They disagree, activity does not show it: policy violation rate was read. The verdict leaves it out: nobody chose it here.",
    ],
    [
      "but not what is no sign of trust, harm or fallback",
      beside(calm, ACTIVITY, { others: [{ metric: "error-rate", standing: "worse", value: 0.1, before: 0.05 }] }),
      "agree",
      "They agree: nothing is proved to have got worse in trust, harm and fallback.",
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
      beside(calm, ACTIVITY, { silent: true }),
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

  test("are no others than what was chosen, unless those are worse", () => {
    const others: ShortReading[] = [
      { metric: "moderation-volume", standing: "unsure", value: 0.1, before: 0.1 },
      violations,
    ];
    const { trust } = beside(calm, ACTIVITY, { others });
    expect(trust.map(({ key }) => key)).toEqual(["policy-violations", "kept-on", "edit-rate", "switch-to-manual"]);
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
