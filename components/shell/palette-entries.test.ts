import { expect, test } from "vitest";
import { type Entry, searchEntries } from "./palette-entries.ts";

const entry = (label: string): Entry => ({ group: "go", label, act: () => {} });
const all = [entry("Turn off Reply assistant"), entry("Reply assistant"), entry("Dark theme")];

test("parts of words find an entry, and one that begins with them comes first", () => {
  expect(searchEntries(all, "reply").map((each) => each.label)).toEqual([
    "Reply assistant",
    "Turn off Reply assistant",
  ]);
  expect(searchEntries(all, "assis turn").map((each) => each.label)).toEqual(["Turn off Reply assistant"]);
});

test("nothing typed shows everything in its order", () => {
  expect(searchEntries(all, " ")).toEqual(all);
});
