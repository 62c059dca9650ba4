import { expect, test } from "vitest";
import { overallSentence, worstState } from "./state.ts";

test.each([
  [[], "There is no AI feature here yet."],
  [["serving"], "The AI feature is serving."],
  [["serving", "serving"], "All 2 AI features are serving."],
  [["serving", "limited"], "1 AI feature is limited."],
  [["stopped", "limited", "limited"], "1 AI feature is stopped and 2 are limited."],
  [["stopped", "stopped", "limited", "unknown"], "2 AI features are stopped, 1 is limited and 1 is not known."],
] as const)("%j reads %s", (states, sentence) => {
  expect(overallSentence(states)).toBe(sentence);
});

test("not knowing is never read as serving", () => {
  expect(worstState([])).toBe("unknown");
  expect(worstState(["serving", "unknown"])).toBe("unknown");
  expect(worstState(["serving", "unknown", "limited"])).toBe("limited");
});
