import { expect, test } from "vitest";
import { addressOf, readKey } from "./keys.ts";

const key = (name: string, modifiers: { ctrlKey?: boolean; metaKey?: boolean; altKey?: boolean } = {}) => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...modifiers,
});
const calm = { afterG: false, letters: true };

test("Ctrl-K and Cmd-K open the palette, also while typing", () => {
  expect(readKey(key("k", { ctrlKey: true }), { afterG: false, letters: false })).toBe("palette");
  expect(readKey(key("K", { metaKey: true }), calm)).toBe("palette");
});

test("g then a letter goes somewhere; g alone nowhere", () => {
  expect(readKey(key("g"), calm)).toBe("g");
  expect(readKey(key("h"), { afterG: true, letters: true })).toBe("home");
  expect(readKey(key("h"), calm)).toBeNull();
});

test("no letter does anything while somebody types or has turned them off", () => {
  for (const name of ["g", "?", "!", "h"]) expect(readKey(key(name), { afterG: true, letters: false })).toBeNull();
});

test("keys of the browser are left alone", () => {
  expect(readKey(key("g", { ctrlKey: true }), calm)).toBeNull();
  expect(readKey(key("!", { altKey: true }), calm)).toBeNull();
});

test.each([
  ["home", "/production/features/reply-assistant/metrics", "/production"],
  ["metrics", "/production/features/reply-assistant", "/production/features/reply-assistant/metrics"],
  ["feature", "/production/features/reply-assistant/readiness", "/production/features/reply-assistant"],
  ["activity", "/production", "/production/features/summaries?tab=activity"],
  ["settings", "/production", "/production/settings"],
] as const)("g goes to %s from %s", (place, path, address) => {
  expect(addressOf(place, { environment: "production", path, first: "summaries" })).toBe(address);
});

test("without a feature there is no feature's page to go to", () => {
  expect(addressOf("metrics", { environment: "production", path: "/production" })).toBeNull();
});
