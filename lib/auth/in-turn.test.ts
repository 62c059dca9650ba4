import { expect, test } from "vitest";
import { inTurn } from "./in-turn.ts";

/** Attempts that start when it is their turn and end when told to. */
function attempts() {
  const started: string[] = [];
  const ends: (() => void)[] = [];
  const add = (name: string, slowedMs: number) =>
    inTurn(slowedMs, async () => {
      started.push(name);
      await new Promise<void>((resolve) => ends.push(resolve));
      return name;
    });
  return { started, ends, add };
}

test("few run at a time, in order of arrival, and who was slowed lets the others pass", async () => {
  const { started, ends, add } = attempts();
  const all = ["a", "b", "c"].map((name) => add(name, 0));
  all.push(add("guesser", 8_000), add("slowed a little", 250), add("lead", 0), add("late", 0));
  expect(started).toEqual(["a", "b", "c"]);
  let ended = 0;
  for (const attempt of all.slice(0, 3)) {
    ends[ended++]?.();
    await attempt;
  }
  while (ended < all.length) {
    await new Promise((resolve) => setImmediate(resolve));
    expect(started.length - ended).toBeLessThanOrEqual(3);
    ends[ended++]?.();
  }
  expect(await Promise.all(all)).toHaveLength(7);
  expect(started).toEqual(["a", "b", "c", "lead", "late", "slowed a little", "guesser"]);
});

test("an attempt that fails gives its turn to the next", async () => {
  const failing = Array.from({ length: 5 }, () => inTurn(0, () => Promise.reject(new Error("away"))));
  expect((await Promise.allSettled(failing)).map((each) => each.status)).toEqual(Array(5).fill("rejected"));
  expect(await inTurn(0, async () => "in")).toBe("in");
});
