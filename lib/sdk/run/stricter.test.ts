import { expect, test } from "vitest";
import { decide } from "../../core/decision/decide.ts";
import { sampleRuleset } from "../testing/sample-ruleset.ts";
import type { Decision } from "../types.ts";
import { isFurtherDown, stricter } from "./stricter.ts";

const some = decide(sampleRuleset, "reply-assistant", {}, { now: 0, requestId: "r" });
const on = (rung: Decision["fallback"]["rung"], position: number): Decision => ({
  ...some,
  fallback: { rung, content: "", position },
});
const BEYOND = on("manual", -1);

test("what lies beyond the end of the ladder is further down than any rung", () => {
  expect(isFurtherDown(BEYOND.fallback, on("cached", 0).fallback)).toBe(true);
  expect(isFurtherDown(on("person", 4).fallback, BEYOND.fallback)).toBe(false);
  expect(isFurtherDown(BEYOND.fallback, BEYOND.fallback)).toBe(false);
});

test("the stricter of two decisions keeps the rung further down, whichever came first", () => {
  const pairs: [Decision, Decision, number][] = [
    [on("cached", 0), on("template", 1), 1],
    [on("template", 1), on("cached", 0), 1],
    // A stop for quality on a ladder that has nothing but cached answers: they have the same fault.
    [on("cached", 0), BEYOND, -1],
    [BEYOND, on("cached", 0), -1],
  ];
  for (const [start, end, position] of pairs) expect(stricter(start, end).fallback.position).toBe(position);
});
