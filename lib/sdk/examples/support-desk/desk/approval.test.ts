import { expect, test } from "vitest";
import { shareChanged } from "./approval.mjs";

test("an untouched draft has not changed, a new text has wholly", () => {
  expect(shareChanged("one two three four", "one two three four")).toBe(0);
  expect(shareChanged("one two", "three four")).toBe(1);
  expect(shareChanged("", "")).toBe(0);
});

test("the share counts words against the longer text, repeated ones once each", () => {
  expect(shareChanged("one two three four", "one two three five")).toBe(0.25);
  expect(shareChanged("a a b", "a b b")).toBe(0.33);
  expect(shareChanged("one two", "one two three four")).toBe(0.5);
});
