import { expect, test } from "vitest";
import { silentSentence, stateSentence, trafficSentence } from "./sentences.ts";

test("silence is said in words, never as a zero", () => {
  expect(trafficSentence({ state: "serving", aiPerHour: null, instances: 0 })).toBe(
    "Nobody has reported any answers in the last hour. No running server that uses it was heard from in the last minute.",
  );
});

test("numbers say of what and since when", () => {
  expect(trafficSentence({ state: "serving", aiPerHour: 1240, instances: 3 })).toBe(
    "About 1,240 answers by AI an hour. 3 running servers use it.",
  );
  expect(trafficSentence({ state: "serving", aiPerHour: 1, instances: 1 })).toMatch(
    /^About 1 answer by AI .* 1 running server uses it/,
  );
});

test("silent servers are named while they are few", () => {
  expect(silentSentence(["desk-2"])).toBe("desk-2 was not heard from in the last minute and may follow older rules.");
  expect(silentSentence(["a", "b", "c", "d"])).toMatch(/^4 running servers were not heard from/);
});

test("what was never launched leads to what is missing, and its silence is no news", () => {
  expect(trafficSentence({ state: "not-launched", aiPerHour: null, instances: 0 })).toBe(
    "What is missing before a launch stands under Readiness.",
  );
});

test("of what nobody uses it is not said that it answers", () => {
  const sentence = "Every customer gets Knowledge answers.";
  expect(stateSentence({ state: "serving", sentence, aiPerHour: 0, instances: 0 })).toBe(
    `Once it is used: ${sentence}`,
  );
  expect(stateSentence({ state: "serving", sentence, aiPerHour: 12, instances: 0 })).toBe(sentence);
  expect(stateSentence({ state: "stopped", sentence, aiPerHour: 0, instances: 0 })).toBe(sentence);
});
