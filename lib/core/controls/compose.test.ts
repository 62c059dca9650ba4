import { describe, expect, it } from "vitest";
import { effect as effectSchema } from "../decision/effect.ts";
import { scope as scopeSchema } from "../decision/ruleset.ts";
import { composeControl } from "./compose.ts";
import { LAYERS } from "./layers.ts";
import type { ControlParams } from "./params.ts";
import { TEMPLATES } from "./templates.ts";
import { sampleNames as names } from "./testing/names-samples.ts";
import { SENTENCE_CASES as CASES } from "./testing/sentence-cases.ts";

const feature = "reply-assistant";
const billing = { feature, scenario: "billing" };
const de = { feature, cohort: "region-de" };
const M = { provider: "x", model: "large" };

describe("composeControl", () => {
  it.each(CASES)("%s %j says: %s", (template, params, sentence) => {
    const control = composeControl(template, params, names, 42);
    expect(control.sentence).toBe(sentence);
    expect(scopeSchema.strict().parse(control.scope)).toEqual(control.scope);
    expect(control.effects.length).toBeGreaterThan(0);
    for (const effect of control.effects) expect(effectSchema.parse(effect)).toEqual(effect);
    expect(control.sees.sentence).toMatch(/^[A-Z].*\.$/);
  });

  it("compiles to effects in the scope that the sentence names", () => {
    const effectsOf = (template: string, params: ControlParams) => composeControl(template, params, names, 42);
    expect(effectsOf("disable-scenario", billing)).toMatchObject({
      layer: "scenario",
      scope: { feature, scenario: "billing" },
      effects: [{ kind: "serve", cause: "quality" }],
    });
    expect(effectsOf("fallback-cohort", { ...de, rung: "template" })).toMatchObject({
      scope: { feature, cohort: "region-de" },
      effects: [
        { kind: "serve", cause: "quality" },
        { kind: "rung", rung: "template" },
      ],
    });
    expect(effectsOf("reroute-provider", { provider: "x", toProvider: "y" })).toMatchObject({
      scope: { provider: "x" },
      effects: [{ kind: "reroute", to: { provider: "y" } }],
    });
    expect(effectsOf("turn-off-everything", {}).scope).toEqual({});
    expect(effectsOf("latency-feature", { feature, seconds: 4 }).effects).toEqual([{ kind: "maxLatency", ms: 4000 }]);
    expect(effectsOf("notice-feature", { feature, text: "slow-today" }).effects).toEqual([
      { kind: "notice", id: "slow-today", text: "Answers may take longer today.", at: 42 },
    ]);
    expect(effectsOf("hold-feature", { feature }).effects).toEqual([
      { kind: "hold", of: "feature", filter: "feature:reply-assistant" },
    ]);
  });

  it("says what customers see instead, with the approved text itself", () => {
    const sees = (template: string, params: ControlParams) => composeControl(template, params, names).sees;
    expect(sees("disable-scenario", billing)).toEqual({
      sentence: "Customers see the approved billing template.",
      text: "We have received your question about your bill.",
    });
    expect(sees("fallback-scenario", { ...billing, rung: "manual" }).text).toBe("A person will look at your bill.");
    expect(sees("fallback-scenario", { ...billing, rung: "cached" }).sentence).toBe(
      "Customers see an earlier answer to the same question.",
    );
    expect(sees("turn-off-feature", { feature: "case-summary" })).toEqual({
      sentence: "Customers see the approved fixed text.",
      text: "Please read the case from the top.",
    });
    expect(sees("turn-off-feature", { feature }).sentence).toBe(
      "Customers see the approved fallback for their kind of case.",
    );
    expect(sees("review-feature", { feature }).sentence).toBe(
      "Customers get an AI answer only after a person has approved it.",
    );
    expect(sees("latency-scenario", { ...billing, seconds: 4 }).sentence).toBe(
      "After 4 seconds, customers see an earlier answer to the same question.",
    );
    expect(sees("reroute-provider", { provider: "x", toProvider: "y" }).sentence).toBe(
      "Customers still get AI answers, made by Provider Y.",
    );
  });
});

describe("what cannot be composed is refused in plain words", () => {
  it.each<[string, ControlParams, string]>([
    ["no-such-template", {}, "Evenkeel does not know this kind of control."],
    ["disable-scenario", { feature }, "Say which kind of case it is for."],
    ["disable-scenario", { scenario: "billing" }, "Say which feature it is for."],
    ["disable-scenario", { feature, scenario: "" }, "Say which kind of case it is for."],
    ["disable-scenario", { feature, scenario: "weather" }, "This feature has no such kind of case."],
    ["disable-scenario", { feature: "case-summary", scenario: "billing" }, "This feature has no such kind of case."],
    ["disable-scenario", { feature, scenario: "toString" }, "This feature has no such kind of case."],
    ["turn-off-feature", { feature: "__proto__" }, "There is no such feature here."],
    [
      "turn-off-feature",
      { feature, cohort: "enterprise" },
      "This control was given something that it does not ask for.",
    ],
    ["confidence-feature", { feature, confidence: 80 }, "How sure an answer must be is a share from 0% to 100%."],
    [
      "confidence-feature",
      { feature, confidence: Number.NaN },
      "How sure an answer must be is a share from 0% to 100%.",
    ],
    ["latency-feature", { feature, seconds: 0 }, "The longest wait is more than 0 and at most 600 seconds."],
    ["skip-models", { feature, steps: 1.5 }, "How many models to skip is a whole number from 1."],
    ["rate-limit", { feature, perHour: -1 }, "The limit of requests an hour is a whole number from 0."],
    ["fallback-cohort", { ...de, rung: "magic" }, "There is no such kind of fallback."],
    ["stop-model", { provider: "y", model: "small" }, "This provider has no such model."],
    ["reroute-provider", { provider: "x", toProvider: "x" }, "Choose another one to take over than the one to leave."],
    [
      "reroute-model",
      { ...M, toProvider: "x", toModel: "large" },
      "Choose another one to take over than the one to leave.",
    ],
    ["notice-feature", { feature, text: "Buy now!" }, "That text is not among the approved ones."],
  ])("%s %j: %s", (template, params, message) => {
    expect(() => composeControl(template, params, names)).toThrow(
      expect.objectContaining({ code: "invalid-input", message }),
    );
  });
});

describe("completeness", () => {
  it("every template has a test, a layer and a sentence that uses exactly its blanks", () => {
    const tested = new Set(CASES.map(([template]) => template));
    const shown: Record<string, string[]> = { outputs: ["feature"], output: ["feature"], percent: ["confidence"] };
    for (const template of TEMPLATES) {
      expect(tested, "tested templates").toContain(template.key);
      expect(Object.keys(LAYERS)).toContain(template.layer);
      const blanks = [...template.sentence.matchAll(/\{(\w+)\}/g)].flatMap(([, blank = ""]) => shown[blank] ?? [blank]);
      for (const blank of blanks) expect(template.needs, template.key).toContain(blank);
      // The page tells the feature; a model tells its provider.
      const silent = new Set(["feature", "provider", "toProvider"]);
      for (const need of template.needs) if (!silent.has(need)) expect(blanks, template.key).toContain(need);
    }
    expect(new Set(TEMPLATES.map((template) => template.key)).size).toBe(TEMPLATES.length);
  });

  it("every kind of effect and every dimension of scope has a template", () => {
    const composed = CASES.map(([template, params]) => composeControl(template, params, names));
    const kinds = new Set(composed.flatMap(({ effects }) => effects.map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual(effectSchema.options.map((option) => option.shape.kind.value).sort());
    const dimensions = new Set(composed.flatMap(({ scope }) => Object.keys(scope)));
    expect([...dimensions].sort()).toEqual(Object.keys(scopeSchema.shape).sort());
    expect(composed.some(({ scope }) => Object.keys(scope).length === 0)).toBe(true);
    expect(new Set(composed.map(({ layer }) => layer))).toEqual(new Set(Object.keys(LAYERS)));
  });

  it("every place in the order of switches belongs to a template", () => {
    const orders = TEMPLATES.flatMap(({ order }) => (order === null ? [] : [order])).sort((a, b) => a - b);
    expect(orders).toEqual(orders.map((_, i) => i));
    expect(orders.length).toBe(21);
  });
});
