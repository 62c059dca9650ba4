import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "../decision/decide.ts";
import type { DecisionContext } from "../decision/decision.ts";
import type { Control } from "../decision/ruleset.ts";
import { composeControl } from "./compose.ts";
import { stateOf } from "./state-sentence.ts";
import { sampleNames as names } from "./testing/names-samples.ts";
import { rulesWith } from "./testing/rules-samples.ts";
import { SENTENCE_CASES } from "./testing/sentence-cases.ts";

const now = 1_000;
const key = "reply-assistant";
const controls: Control[] = SENTENCE_CASES.map(([template, params]) => {
  const { sentence, scope, effects } = composeControl(template, params, names, 1);
  return { sentence, scope, effects, expiresAt: null, code: "control" };
});
const people: DecisionContext["attributes"][] = [
  { country: "DE", plan: "enterprise" },
  { country: "FR", plan: "free" },
  {},
];
const contexts = [["billing"], ["shipping"], undefined].flatMap((scenarios) =>
  people.map((attributes): DecisionContext => ({ userId: "u", scenarios, attributes })),
);
const anyControls = fc.subarray(controls, { maxLength: 4 });
const inputs = { now, requestId: "r", usage: { perHour: 0 } };
const serves = (some: Control[]) => contexts.map((context) => decide(rulesWith(some), key, context, inputs).serve);

describe("a feature's state, beside what decide does", () => {
  it("says stopped only when nobody gets AI", () => {
    fc.assert(
      fc.property(anyControls, (some) => {
        fc.pre(stateOf(rulesWith(some), key, names, now).state === "stopped");
        expect(new Set(serves(some))).toEqual(new Set(["fallback"]));
      }),
    );
  });

  it("says stopped whenever nobody gets AI, or that only those get it who have it", () => {
    fc.assert(
      fc.property(anyControls, (some) => {
        fc.pre(serves(some).every((serve) => serve === "fallback"));
        const { state, sentence } = stateOf(rulesWith(some), key, names, now);
        expect(state === "stopped" || sentence.includes("only customers who already have it")).toBe(true);
      }),
    );
  });

  it("says serving only when nothing but notices acts", () => {
    const told = (some: Control[]) =>
      contexts.map((context) => {
        const { because, notices, ruleset, sticky, ...rest } = decide(rulesWith(some), key, context, inputs);
        return rest;
      });
    fc.assert(
      fc.property(anyControls, (some) => {
        fc.pre(stateOf(rulesWith(some), key, names, now).state === "serving");
        expect(told(some)).toEqual(told([]));
      }),
    );
  });
});
