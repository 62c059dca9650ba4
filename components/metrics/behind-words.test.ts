import { expect, test } from "vitest";
import { controlWords, periodBack, sinceWords } from "./behind-words.ts";

const at = (text: string) => Date.parse(text);
const day = { at: at("2026-11-19T23:00Z"), until: at("2026-11-20T23:00Z") };
const hour = { at: at("2026-11-20T13:00Z"), until: at("2026-11-20T14:00Z") };

test.each([
  ["a day", day, "Europe/Berlin", "Since about Fri 20 Nov"],
  ["a day, read somewhere else", day, "America/New_York", "Since about Fri 20 Nov"],
  ["an hour, in the reader's zone", hour, "America/New_York", "Since about Fri 20 Nov, 08:00"],
])("%s", (_, began, zone, words) => {
  expect(sinceWords(began, zone)).toBe(words);
});

test.each([
  ["in view", "2026-11-20T00:00Z", "2026-11-14T00:00Z", null],
  ["nine days ago", "2026-11-11T00:00Z", "2026-11-14T00:00Z", "28d"],
  ["fifty days ago", "2026-10-01T00:00Z", "2026-10-24T00:00Z", "60d"],
])("what began %s is shown by that period", (_, began, from, period) => {
  expect(periodBack({ at: at(began) }, at(from), at("2026-11-20T15:00Z"))).toBe(period);
});

test.each([
  [2_000, "just now"],
  [12 * 60_000, "12 minutes ago"],
  [2 * 3_600_000, "2 hours ago"],
])("a control placed %i ms ago is named with its time", (ago, words) => {
  const now = 1_000_000_000_000;
  expect(controlWords({ control: "Turn off Reply assistant", at: now - ago }, now)).toBe(
    `Since “Turn off Reply assistant”, ${words}`,
  );
});
