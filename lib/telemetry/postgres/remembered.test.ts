import { expect, test } from "vitest";
import { Remembered } from "./remembered.ts";

test("knows of whom it was told, and of what", () => {
  const memory = new Remembered();
  memory.add("release 1", ["a", "b"]);
  memory.add("release 1", ["b", "c"]);
  expect(["a", "b", "c", "d"].map((user) => memory.has("release 1", user))).toEqual([true, true, true, false]);
  expect(memory.has("release 2", "a")).toBe(false);
});

test("begins anew when it holds too much, counting nobody twice", () => {
  const memory = new Remembered();
  const most = Array.from({ length: 200_000 }, (_, index) => String(index));
  memory.add("release 1", most);
  memory.add("release 1", most);
  memory.forgetOld();
  expect(memory.has("release 1", "0")).toBe(true);
  memory.add("release 2", ["one more"]);
  memory.forgetOld();
  expect(memory.has("release 1", "0")).toBe(false);
  memory.add("release 2", ["again"]);
  memory.forgetOld();
  expect(memory.has("release 2", "again")).toBe(true);
});
