import { expect, test } from "vitest";
import { sayOff, sayWhoGets } from "./feature-words.ts";

test.each([
  ["Reply assistant", "every customer", "Reply assistant answers every customer."],
  ["Reply assistant", "25% of customers", "Reply assistant answers 25% of customers."],
  ["Knowledge answers", "every customer", "Every customer gets Knowledge answers."],
  ["Quick answer", "every customer", "Every customer gets Quick answer."],
  ["Call notes", "25% of customers", "25% of customers get Call notes."],
  ["Call notes", "only customers in cohort Enterprise", "Only customers in cohort Enterprise get Call notes."],
  ["Call notes", "only customers who already have it", "Only customers who already have it get Call notes."],
  ["Case analysis", "every customer", "Case analysis answers every customer."],
  ["Order status", "every customer", "Order status answers every customer."],
  ["Fraud press", "every customer", "Fraud press answers every customer."],
])("%s, %s", (name, audience, sentence) => {
  expect(sayWhoGets(name, audience)).toBe(sentence);
});

test.each([
  ["Reply assistant", "", "Reply assistant is off."],
  ["Call notes", "", "AI is off in Call notes."],
  [
    "Knowledge answers",
    ", because no model is left to it",
    "AI is off in Knowledge answers, because no model is left to it.",
  ],
])("%s is off", (name, why, sentence) => {
  expect(sayOff(name, why)).toBe(sentence);
});
