import { expect, test } from "vitest";
import type { ControlView } from "#lib/services/controls/schema.ts";
import { inPlace } from "./in-place.ts";

/** "a+": a is in force. */
const stops = (words: string) =>
  words
    .split(" ")
    .filter(Boolean)
    .map((word) => ({ key: word.charAt(0), active: word.endsWith("+") ? ({ id: word } as ControlView) : null }));
const said = (some: ReturnType<typeof stops>) => some.map(({ key, active }) => (active ? `${key}+` : key)).join(" ");

test.each([
  ["nothing has changed", "a b+ c", "a b+ c", "a b+ c"],
  ["a colleague has stopped one", "a b c", "a b+ c", "a b+ c"],
  ["a colleague has lifted one", "a b+ c", "a b c", "a b c"],
  ["the usual order is another one now", "a b c", "c b a", "a b c"],
  ["what is not offered was placed, and would stand before others", "a b", "x+ a b", "a b x+"],
  ["what is not offered was lifted, and would be gone", "a x+ b", "a b", "a x b"],
  ["nothing was there", "", "a b", "a b"],
])("%s", (_, shown, now, expected) => {
  expect(said(inPlace(stops(shown), stops(now)))).toBe(expected);
});

test("what came later stays after the others, in the order in which it came", () => {
  const once = inPlace(stops("a b"), stops("x+ a b"));
  expect(said(inPlace(once, stops("y+ x a b")))).toBe("a b x y+");
});
