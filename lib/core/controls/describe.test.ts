import { describe, expect, it } from "vitest";
import { type Effect, effect as effectSchema } from "../decision/effect.ts";
import type { Scope } from "../decision/ruleset.ts";
import { describeEffects } from "./describe.ts";
import { sampleNames as names } from "./testing/names-samples.ts";

const feature = "reply-assistant";

const CASES: [Effect[], Scope, string][] = [
  [[{ kind: "serve", cause: "cost" }], {}, "Every feature: AI is off."],
  [[{ kind: "rung", rung: "template" }], { cohort: "region-de" }, "Region DE: the template fallback is used."],
  [[{ kind: "suggest" }], { feature }, "Reply assistant: a person sends every output."],
  [
    [
      { kind: "reviewBelow", value: 1 },
      { kind: "minConfidence", value: 0.8 },
    ],
    { feature, scenario: "billing" },
    "Reply assistant, billing cases: a person approves every output; only what we are at least 80% sure of is shown.",
  ],
  [[{ kind: "reviewBelow", value: 0.5 }], {}, "Every feature: a person approves what we are less than 50% sure of."],
  [
    [{ kind: "maxLatency", ms: 1500 }],
    { feature },
    "Reply assistant: answers that take longer than 1.5 seconds fall back.",
  ],
  [[{ kind: "hold", of: "feature", filter: "f" }], { feature }, "Reply assistant: nobody new gets it."],
  [[{ kind: "hold", of: "rollout", filter: "f" }], { feature }, "Reply assistant: nobody new gets the new release."],
  [[{ kind: "stopModel" }], { provider: "x", model: "large" }, "Model M: it is not used."],
  [[{ kind: "reroute", to: { provider: "y" } }], { provider: "x" }, "Provider X: its traffic goes to Provider Y."],
  [[{ kind: "chainStart", index: 1 }], { feature }, "Reply assistant: the first model is skipped."],
  [
    [{ kind: "rateLimit", perHour: 9 }],
    { cohort: "enterprise" },
    "Cohort Enterprise: at most 9 AI requests per person per hour.",
  ],
  [
    [{ kind: "notice", id: "n", text: "Slow today", at: 0 }],
    { feature },
    "Reply assistant: users are told: Slow today.",
  ],
];

describe("describeEffects", () => {
  it.each(CASES)("%j in %j", (effects, scope, sentence) => {
    expect(describeEffects(effects, scope, names)).toBe(sentence);
  });

  it("has words for every kind of effect", () => {
    const kinds = new Set(CASES.flatMap(([effects]) => effects.map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual(effectSchema.options.map((option) => option.shape.kind.value).sort());
  });

  it("says of an effect of a newer version what it does", () => {
    const newer = [{ kind: "teleport" }] as never;
    expect(describeEffects(newer, { feature }, names)).toBe(
      "Reply assistant: AI is off, because this version of Evenkeel does not know the rule.",
    );
  });

  it("falls back to keys where names are missing", () => {
    expect(describeEffects([{ kind: "suggest" }], { feature: "gone", scenario: "Old", provider: "z" }, names)).toBe(
      "Gone, old cases, z: a person sends every output.",
    );
  });
});
