import { expect, test } from "vitest";
import { SHOWN_STATES, STATE, shownState, worstState } from "./state.ts";

test("not knowing is never read as serving", () => {
  expect(worstState([])).toBe("unknown");
  expect(worstState(["serving", "unknown"])).toBe("unknown");
  expect(worstState(["serving", "unknown", "limited"])).toBe("limited");
  expect(worstState(["unused", "serving"])).toBe("serving");
  expect(worstState(["not-launched", "unused"])).toBe("unused");
});

test.each([
  ["serving", 0, null, "unused"],
  ["serving", 0, 0, "unused"],
  ["serving", 1, null, "serving"],
  ["serving", 0, 12, "serving"],
  ["stopped", 0, 0, "stopped"],
  ["not-launched", 0, null, "not-launched"],
  ["limited", 0, null, "limited"],
] as const)("%s with %d servers and %s answers an hour shows as %s", (state, instances, aiPerHour, shown) => {
  expect(shownState({ state, instances, aiPerHour })).toBe(shown);
});

test("red is for harm and stopping only", () => {
  for (const state of SHOWN_STATES) expect(STATE[state].text === "text-stopped", state).toBe(state === "stopped");
});
