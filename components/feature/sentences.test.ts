import { expect, test } from "vitest";
import { silentSentence, trafficSentence } from "./sentences.ts";

test("silence is said in words, never as a zero", () => {
  expect(trafficSentence({ aiPerHour: null, instances: 0 })).toBe(
    "Nobody has reported any answers in the last hour. No running server that uses it was heard from in the last minute.",
  );
});

test("numbers say of what and since when", () => {
  expect(trafficSentence({ aiPerHour: 1240, instances: 3 })).toBe(
    "About 1,240 answers by AI an hour. 3 running servers use it.",
  );
  expect(trafficSentence({ aiPerHour: 1, instances: 1 })).toMatch(/^About 1 answer by AI .* 1 running server uses it/);
});

test("silent servers are named while they are few", () => {
  expect(silentSentence(["desk-2"])).toBe("desk-2 was not heard from in the last minute and may follow older rules.");
  expect(silentSentence(["a", "b", "c", "d"])).toMatch(/^4 running servers were not heard from/);
});
