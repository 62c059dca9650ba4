import { expect, test } from "vitest";
import type { ControlView } from "#lib/services/controls/schema.ts";
import { inForceTitle, standsFirst } from "./in-force.ts";

const KNOWN_AT = Date.parse("2026-03-02T02:00:00Z");
const held = (key: string, secondsLater = -60) => ({
  key,
  active: { id: key, placedAt: new Date(KNOWN_AT + secondsLater * 1000).toISOString() } as ControlView,
});
const free = (key: string) => ({ key, active: null });
const nobody = () => false;
const me = (key: string) => key === "a";

test.each([
  ["both know of it", [held("a")], [held("a")], nobody, ["a"]],
  ["nobody knows of it", [free("a")], [free("a")], nobody, []],
  ["placed since this browser last asked", [held("a", 60)], [free("a")], nobody, ["a"]],
  ["placed while this browser asked", [held("a", -1)], [free("a")], nobody, ["a"]],
  ["lifted by somebody before this browser last asked", [held("a")], [free("a")], nobody, []],
  ["placed by somebody since the page was read", [free("a")], [held("a")], nobody, ["a"]],
  ["lifted here since the page was read", [held("a", 60)], [free("a")], me, []],
  ["lifted here and placed again by somebody", [held("a")], [held("a", 60)], me, ["a"]],
])("%s", (_, read, known, lifted, keys) => {
  expect([...standsFirst(read, known, KNOWN_AT, lifted)]).toEqual(keys);
});

test.each([
  [[held("a"), held("b")], "In force now"],
  [[held("a"), free("b")], "In force, or lifted just now"],
  [[free("a")], "Lifted just now"],
])("the heading names what was lifted (%#)", (shown, title) => {
  expect(inForceTitle(shown)).toBe(title);
});
