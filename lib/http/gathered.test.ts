import { expect, test } from "vitest";
import { Gathered } from "./gathered.ts";

test("what arrives together is written together, per key, and everyone shares its fate", async () => {
  const written: [string, number[]][] = [];
  const gathered = new Gathered<string, number>(1, async (ctx, entries) => {
    written.push([ctx, entries]);
    if (entries.includes(13)) throw new Error("refused");
  });
  const good = [gathered.add("a", "first", 1), gathered.add("a", "second", 2)];
  const bad = [gathered.add("b", "third", 13), gathered.add("b", "fourth", 14)];
  await Promise.all(good);
  expect((await Promise.allSettled(bad)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await gathered.add("a", "later", 3);
  expect(written).toEqual([
    ["first", [1, 2]],
    ["third", [13, 14]],
    ["later", [3]],
  ]);
});
