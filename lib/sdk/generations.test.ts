import fc from "fast-check";
import { expect, it } from "vitest";
import { Generations } from "./generations.ts";

it("remembers at least the last entries, at most twice as many, and nothing wrong", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30), { maxLength: 200 }), fc.integer({ min: 1, max: 10 }), (keys, half) => {
      const map = new Generations<number, number>(half);
      const last = new Map<number, number>();
      keys.forEach((key, index) => {
        map.set(key, index);
        last.delete(key);
        last.set(key, index);
      });
      const recent = [...last].slice(-half);
      for (const [key, index] of recent) expect(map.get(key)).toBe(index);
      const fresh = new Generations<number, number>(half);
      for (const [index, key] of keys.entries()) fresh.set(key, index);
      const held = [...last].filter(([key, index]) => {
        const value = peek(fresh, key);
        if (value !== undefined) expect(value).toBe(index);
        return value !== undefined;
      });
      expect(held.length).toBeLessThanOrEqual(2 * half);
    }),
  );
});

/** Looks without counting as a use that moves the generations on. */
function peek(map: Generations<number, number>, key: number): number | undefined {
  const value = map.get(key);
  map.delete(key);
  return value;
}

it("forgets what is deleted", () => {
  const map = new Generations<string, number>(2);
  map.set("a", 1);
  map.set("b", 2);
  map.delete("a");
  expect([map.get("a"), map.get("b")]).toEqual([undefined, 2]);
});
