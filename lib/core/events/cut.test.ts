import fc from "fast-check";
import { expect, it } from "vitest";
import { cut } from "./cut.ts";

it.each([
  ["is short", 10, "is short"],
  ["is too long", 6, "is too"],
  ["aa😀", 4, "aa😀"],
  ["aa😀", 3, "aa"],
  ["😀", 1, ""],
  ["half\ud83d", 200, "half"],
  ["", 5, ""],
])("cuts %j to %i", (text, most, left) => {
  expect(cut(text, most)).toBe(left);
});

it("makes nothing that cannot be stored, and takes no more than it must", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 50 }), fc.nat(60), (text, most) => {
      const left = cut(text, most);
      expect(left).not.toMatch(/\p{Surrogate}/u);
      expect(text.startsWith(left)).toBe(true);
      expect(left.length).toBeGreaterThanOrEqual(Math.min(text.length, most) - 1);
      expect(left.length).toBeLessThanOrEqual(most);
    }),
  );
});
