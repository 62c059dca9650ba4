import { expect, it } from "vitest";
import { matches } from "./matches.ts";

it("compares as the cases say: objects by named fields, lists and values exactly", () => {
  expect(matches({ a: 1 }, { a: 1, b: 2 })).toBeNull();
  expect(matches({ a: [{ b: 1 }] }, { a: [{ b: 1, c: 2 }] })).toBeNull();
  expect(matches({ a: null }, { a: null })).toBeNull();
  expect(matches({ a: 1 }, { a: 2 })).toBe("a is 2, not 1");
  expect(matches({ a: [] }, { a: [1] })).toBe("a has 1 items, not 0");
  expect(matches({ a: { b: "x" } }, { a: {} })).toMatch(/^a\.b is undefined/);
  expect(matches({ a: {} }, { a: [] })).toBe("a is []");
  expect(matches({ a: null }, {})).not.toBeNull();
});
