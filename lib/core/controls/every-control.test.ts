import { describe, expect, it } from "vitest";
import { decide } from "../decision/decide.ts";
import type { DecisionContext } from "../decision/decision.ts";
import { isTightening } from "../decision/is-tightening.ts";
import type { Control, Ruleset } from "../decision/ruleset.ts";
import { composeControl } from "./compose.ts";
import { sampleNames as names } from "./testing/names-samples.ts";
import { plainRules as before, rulesWith } from "./testing/rules-samples.ts";
import { SENTENCE_CASES } from "./testing/sentence-cases.ts";

const inputs = { now: 1_000, requestId: "r", usage: { perHour: 200 } };
/** What a decision comes to, without its reasons and the name of the ruleset. */
function outcome(rules: Ruleset, key: string, context: DecisionContext) {
  const { because, ruleset, sticky, ...rest } = decide(rules, key, context, inputs);
  return rest;
}
const inside: DecisionContext = {
  userId: "u",
  scenarios: ["billing"],
  attributes: { country: "DE", plan: "enterprise" },
};
const outside: DecisionContext = { userId: "u", scenarios: ["shipping"], attributes: { country: "FR", plan: "free" } };
const features = ["reply-assistant", "case-summary"];

describe("every control sentence", () => {
  it.each(SENTENCE_CASES)("%s %j acts where it says, and nowhere else: %s", (template, params) => {
    const { sentence, scope, effects } = composeControl(template, params, names, 1);
    const control: Control = { sentence, scope, effects, expiresAt: null, code: "control" };
    const rules = rulesWith([control]);
    const target = scope.feature ?? "reply-assistant";
    expect(outcome(rules, target, inside)).not.toEqual(outcome(before, target, inside));

    const narrow = scope.scenario !== undefined || scope.cohort !== undefined;
    if (narrow) expect(outcome(rules, target, outside)).toEqual(outcome(before, target, outside));
    for (const other of features.filter((key) => scope.feature !== undefined && key !== scope.feature))
      expect(outcome(rules, other, inside)).toEqual(outcome(before, other, inside));
  });

  it.each(SENTENCE_CASES)("%s %j is proved down when placed, and not when lifted: %s", (template, params) => {
    const { sentence, scope, effects } = composeControl(template, params, names, 1);
    const rules = rulesWith([{ sentence, scope, effects, expiresAt: null, code: "control" }]);
    expect(isTightening(before, rules)).toEqual({ down: true });
    expect(isTightening(rules, { ...before, version: 3 })).toMatchObject({ down: false });
  });

  it("shows beforehand the very text that customers then get", () => {
    const stops = SENTENCE_CASES.map(([template, params]) => composeControl(template, params, names, 1)).filter(
      ({ scope, effects }) => scope.scenario !== undefined && effects.some(({ kind }) => kind === "serve"),
    );
    expect(stops.length).toBeGreaterThan(2);
    for (const { sentence, scope, effects, sees } of stops) {
      const rules = rulesWith([{ sentence, scope, effects, expiresAt: null, code: "control" }]);
      const decision = decide(rules, scope.feature ?? "", inside, inputs);
      expect(decision.serve).toBe("fallback");
      expect(sees.text, sentence).toBe(names.texts[decision.fallback.content] ?? null);
    }
  });

  it("acts on whoever carries no value for what its scope asks", () => {
    const silent: DecisionContext = { userId: "u" };
    for (const [template, params] of SENTENCE_CASES) {
      const { sentence, scope, effects } = composeControl(template, params, names, 1);
      const rules = rulesWith([{ sentence, scope, effects, expiresAt: null, code: "control" }]);
      const target = scope.feature ?? "reply-assistant";
      expect(outcome(rules, target, silent), template).not.toEqual(outcome(before, target, silent));
    }
  });
});
