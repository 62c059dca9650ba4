import { expect, test, vi } from "vitest";
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

test("what arrives during a write is written after it, all together", async () => {
  const written: number[][] = [];
  let finish = () => {};
  const gathered = new Gathered<null, number>(1, async (_, entries) => {
    written.push(entries);
    if (written.length === 1)
      await new Promise<void>((done) => {
        finish = done;
      });
  });
  const first = gathered.add("a", null, 1);
  await vi.waitFor(() => expect(written).toEqual([[1]]));
  const rest = [gathered.add("a", null, 2), gathered.add("a", null, 3)];
  await gathered.add("b", null, 9);
  rest.push(gathered.add("a", null, 4));
  expect(written).toEqual([[1], [9]]);
  finish();
  await Promise.all([first, ...rest]);
  expect(written).toEqual([[1], [9], [2, 3, 4]]);
});
