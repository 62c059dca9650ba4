import { expect, test } from "vitest";
import { effectSentence } from "./effect-words.ts";

test.each([
  [{ total: 0, perHour: 0 }, "It has not changed a decision since it was placed."],
  [{ total: 1, perHour: 0 }, "Changed 1 decision since it was placed, less than one an hour."],
  [{ total: 1, perHour: 60 }, "Changed 1 decision since it was placed."],
  [{ total: 12_312, perHour: 1040 }, "Changed 12,312 decisions since it was placed, about 1,040 an hour."],
])("%j reads %s", (effect, sentence) => {
  expect(effectSentence(effect)).toBe(sentence);
});
