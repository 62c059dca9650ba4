import { describe, expect, it } from "vitest";
import { effect as effectSchema } from "../decision/effect.ts";
import { scope as scopeSchema } from "../decision/ruleset.ts";
import { composeControl } from "./compose.ts";
import { LAYERS } from "./layers.ts";
import { sampleNames as names } from "./names-samples.ts";
import type { ControlParams } from "./params.ts";
import { TEMPLATES } from "./templates.ts";

const feature = "reply-assistant";
const billing = { feature, scenario: "billing" };
const enterprise = { feature, cohort: "enterprise" };
const de = { feature, cohort: "region-de" };
const M = { provider: "x", model: "large" };

/** Every template at least once: what an operator reads, word for word. */
const CASES: [template: string, params: ControlParams, sentence: string][] = [
  ["disable-scenario", billing, "Disable AI replies for billing cases"],
  ["disable-scenario-cohort", { ...billing, ...de }, "Disable AI replies for billing cases in region DE"],
  ["disable-cohort", enterprise, "Disable AI replies for cohort Enterprise"],
  ["disable-cohort", de, "Disable AI replies for region DE"],
  ["turn-off-feature", { feature }, "Turn off Reply assistant"],
  ["turn-off-cohort-everywhere", { cohort: "enterprise" }, "Turn off AI for cohort Enterprise in every feature"],
  ["turn-off-everything", {}, "Turn off AI in every feature"],
  ["fallback-scenario", { ...billing, rung: "cached" }, "Use saved-answer fallback for billing cases"],
  ["fallback-cohort", { ...de, rung: "template" }, "Use template fallback for region DE"],
  [
    "fallback-cohort-everywhere",
    { cohort: "region-de", rung: "static" },
    "Use fixed-text fallback for region DE in every feature",
  ],
  ["fallback-feature", { feature, rung: "manual" }, "Use manual fallback for all of Reply assistant"],
  ["fallback-everywhere", { rung: "person" }, "Use hand-over fallback in every feature"],
  ["review-scenario", billing, "Require approval before send for billing cases"],
  ["review-cohort", enterprise, "Require approval before send for cohort Enterprise"],
  ["review-feature", { feature }, "Require approval before send"],
  ["review-everywhere", {}, "Require approval before send in every feature"],
  [
    "review-unsure-scenario",
    { ...billing, confidence: 0.9 },
    "Require approval for billing cases when we are less than 90% sure",
  ],
  ["review-unsure-feature", { feature, confidence: 0.7 }, "Require approval when we are less than 70% sure"],
  ["suggest-scenario", billing, "Suggest only for billing cases: a person sends every reply"],
  ["suggest-cohort", de, "Suggest only for region DE: a person sends every reply"],
  ["suggest-feature", { feature }, "Suggest only: a person sends every reply"],
  ["suggest-feature", { feature: "case-summary" }, "Suggest only: a person sends every summary"],
  ["suggest-everywhere", {}, "Suggest only in every feature: a person sends every output"],
  [
    "confidence-scenario",
    { ...billing, confidence: 0.8 },
    "Only show answers to billing cases that we are at least 80% sure of",
  ],
  [
    "confidence-cohort",
    { ...enterprise, confidence: 0.8 },
    "Only show answers to cohort Enterprise that we are at least 80% sure of",
  ],
  ["confidence-feature", { feature, confidence: 0.8 }, "Only show answers we are at least 80% sure of"],
  ["confidence-feature", { feature, confidence: 0.725 }, "Only show answers we are at least 72.5% sure of"],
  ["confidence-everywhere", { confidence: 1 }, "Only show answers we are at least 100% sure of, in every feature"],
  [
    "latency-scenario",
    { ...billing, seconds: 4 },
    "Fall back if the answer takes longer than 4 seconds for billing cases",
  ],
  ["latency-cohort", { ...de, seconds: 2.5 }, "Fall back if the answer takes longer than 2.5 seconds for region DE"],
  ["latency-feature", { feature, seconds: 4 }, "Fall back if the answer takes longer than 4 seconds"],
  ["latency-everywhere", { seconds: 1 }, "Fall back if the answer takes longer than 1 second, in every feature"],
  ["hold-rollout", { feature }, "Pause rollout beyond current cohort"],
  ["hold-feature", { feature }, "Nobody new gets Reply assistant; people who have it keep it"],
  ["hold-scenario", billing, "Nobody new gets AI replies for billing cases; people who have Reply assistant keep it"],
  ["hold-cohort", enterprise, "Nobody new in cohort Enterprise gets Reply assistant; people who have it keep it"],
  ["stop-model", M, "Stop using model M everywhere"],
  ["stop-model-feature", { ...M, feature }, "Stop using model M for Reply assistant"],
  ["stop-model-scenario", { ...M, ...billing }, "Stop using model M for billing cases"],
  ["reroute-model", { ...M, toProvider: "y", toModel: "large" }, "Send model M's traffic to model N"],
  ["reroute-model", { ...M, toProvider: "x", toModel: "small" }, "Send model M's traffic to model S"],
  [
    "reroute-model-feature",
    { ...M, feature, toProvider: "y", toModel: "large" },
    "Send model M's traffic of Reply assistant to model N",
  ],
  ["stop-provider", { provider: "x" }, "Stop using Provider X everywhere"],
  ["stop-provider-feature", { provider: "x", feature }, "Stop using Provider X for Reply assistant"],
  ["stop-provider-scenario", { provider: "x", ...billing }, "Stop using Provider X for billing cases"],
  [
    "stop-provider-cohort",
    { provider: "x", cohort: "region-de" },
    "Stop using Provider X for region DE in every feature",
  ],
  ["reroute-provider", { provider: "x", toProvider: "y" }, "Send Provider X's traffic to Provider Y"],
  [
    "reroute-provider-feature",
    { provider: "x", feature, toProvider: "y" },
    "Send Provider X's traffic of Reply assistant to Provider Y",
  ],
  ["skip-first-model", { feature }, "Skip the first, most expensive model"],
  ["skip-first-model-scenario", billing, "Skip the first, most expensive model for billing cases"],
  ["skip-first-model-everywhere", {}, "Skip the first, most expensive model in every feature"],
  ["skip-models", { feature, steps: 2 }, "Skip the first 2 models, the most expensive ones"],
  ["rate-limit", { feature, perHour: 100 }, "At most 100 AI requests per person per hour"],
  ["rate-limit-scenario", { ...billing, perHour: 5 }, "At most 5 AI requests per person per hour for billing cases"],
  ["rate-limit-everywhere", { perHour: 0 }, "At most 0 AI requests per person per hour in every feature"],
  ["notice-feature", { feature, text: "slow-today" }, "Tell users: Answers may take longer today."],
  [
    "notice-scenario",
    { ...billing, text: "slow-today" },
    "Tell users with billing cases: Answers may take longer today.",
  ],
  [
    "notice-cohort",
    { ...enterprise, text: "slow-today" },
    "Tell users in cohort Enterprise: Answers may take longer today.",
  ],
  ["notice-everywhere", { text: "slow-today" }, "Tell users of every feature: Answers may take longer today."],
];

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
