import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { DistinctPeople } from "./distinct-people.ts";

const pseudonym = (n: number) => createHash("sha256").update(String(n)).digest("hex").slice(0, 32);

function counted(numbers: Iterable<number>, most: number) {
  const people = new DistinctPeople(most);
  for (const n of numbers) people.add(pseudonym(n));
  return { ...people.count(), mask: people.mask };
}

test("few are counted one by one, each once", () => {
  expect(counted([], 10)).toEqual({ people: 0, exact: true, mask: 0 });
  expect(counted([1, 2, 3, 2, 1], 3)).toEqual({ people: 3, exact: true, mask: 0 });
});

test.each([5_000, 40_000])("of %i people, told from 2,000 at most, the number is near enough", (many) => {
  const { people, exact, mask } = counted(Array(many).keys(), 2000);
  expect(exact).toBe(false);
  expect(mask).toBeGreaterThan(0);
  // Four times the error that is to be expected of a thousand or more that are remembered.
  expect(Math.abs(people / many - 1)).toBeLessThan(4 / Math.sqrt(1000));
});

test("the order of arrival does not matter", () => {
  const forwards = [...Array(3000).keys()];
  expect(counted(forwards, 500)).toEqual(counted(forwards.toReversed(), 500));
});
