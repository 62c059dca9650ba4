import { expect, test } from "vitest";
import type { FeatureVerdict } from "#lib/services/metrics/schema.ts";
import { overallSentence, statesSentence } from "./overall.ts";

test.each([
  [[], "There is no AI feature here yet."],
  [["serving"], "The AI feature is serving."],
  [["serving", "serving"], "All 2 AI features are serving."],
  [["serving", "limited"], "1 AI feature is limited."],
  [["stopped", "limited", "limited"], "1 AI feature is stopped and 2 are limited."],
  [["stopped", "stopped", "limited", "unknown"], "2 AI features are stopped, 1 is limited and 1 is not known."],
  [["serving", "unused", "unused"], "1 AI feature is serving and 2 are not in use now."],
  [["limited", "serving", "unused"], "1 AI feature is limited and 1 is not in use now."],
  [["unused", "unused"], "None of the 2 AI features is in use now."],
  [["unused"], "The AI feature is not in use now."],
  [["serving", "not-launched"], "1 AI feature is serving and 1 is not launched yet."],
  [["stopped", "serving", "not-launched"], "1 AI feature is stopped and 1 is not launched yet."],
  [["unused", "not-launched"], "1 AI feature is not in use now and 1 is not launched yet."],
  [["not-launched"], "The AI feature is not launched yet."],
  [["not-launched", "not-launched"], "None of the 2 AI features is launched yet."],
] as const)("%j reads %s", (states, sentence) => {
  expect(statesSentence(states)).toBe(sentence);
});

const verdict = (feature: string, part: Partial<FeatureVerdict>): FeatureVerdict => ({
  feature,
  period: "7d",
  standing: "worse",
  sentence: "",
  family: "harm",
  metric: "correction-time",
  where: null,
  spark: [],
  began: null,
  sinceControl: null,
  ...part,
});
const features = ["Reply assistant", "Summaries", "Search"].map((name) => ({
  key: name,
  name,
  state: "serving" as const,
}));

test("harm stands before the rest, and harm before trust", () => {
  const verdicts = [verdict("Summaries", { family: "trust" }), verdict("Reply assistant", {})];
  expect(overallSentence(features, verdicts)).toBe(
    "Reply assistant: harm is up. Summaries: trust is down. All 3 AI features are serving.",
  );
});

test("what is better, unsure or without data is no alarm", () => {
  const verdicts = (["better", "same", "unsure", "not-enough", "no-data"] as const).map((standing) =>
    verdict("Search", { standing }),
  );
  expect(overallSentence(features, verdicts)).toBe("All 3 AI features are serving.");
});

test("of many, two are named and the rest counted", () => {
  const verdicts = features.map(({ key }) => verdict(key, {}));
  expect(overallSentence(features, verdicts)).toMatch(
    /^Reply assistant: harm is up\. Summaries: harm is up\. 1 more is worse/,
  );
});
