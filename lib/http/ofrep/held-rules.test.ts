import { expect, test } from "vitest";
import { compileRuleset } from "#lib/core/compile/compile-ruleset.ts";
import { sampleSource } from "#lib/core/compile/testing/source-samples.ts";
import { decide } from "#lib/core/decision/decide.ts";
import { heldRules } from "./held-rules.ts";

const NOW = Date.UTC(2026, 0, 1, 12);
const rules = compileRuleset(sampleSource);
const COLD = rules.staleAfter.coldStartMs;
const decided = (readAgoMs: number, ruleset = rules) => {
  const held = heldRules(ruleset, readAgoMs, NOW);
  return decide(held.ruleset, "reply-assistant", { userId: "u", scenarios: [] }, { now: held.now, requestId: "r" });
};

test("rules that the database vouched for lately hold as they are", () => {
  expect(heldRules(rules, 900, NOW).ruleset).toBe(rules);
  expect(heldRules(rules, COLD, NOW).ruleset).toBe(rules);
});

test("rules older than that make every answer a suggestion, and are prepared once", () => {
  expect(decided(COLD).mode).toBe("autonomous");
  expect(decided(COLD + 1)).toMatchObject({ mode: "suggestion", reviewBelow: 1 });
  expect(heldRules(rules, COLD + 1, NOW).ruleset).toBe(heldRules(rules, COLD + 9, NOW).ruleset);
});

test("a control does not end while nobody can say whether it was prolonged", () => {
  const scope = { feature: "reply-assistant" };
  const stop = { sentence: "Stop", scope, effects: [{ kind: "serve" as const, cause: "quality" as const }] };
  const controls = { c: { ...stop, expiresAt: NOW - 5_000, code: "control" as const } };
  expect(decided(900, { ...rules, controls }).serve).toBe("ai");
  expect(decided(60_000, { ...rules, controls }).serve).toBe("fallback");
});
