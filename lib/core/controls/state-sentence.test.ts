import { describe, expect, it } from "vitest";
import type { Effect } from "../decision/effect.ts";
import type { Control, Feature, Ruleset, Scope } from "../decision/ruleset.ts";
import { emptyRuleset } from "../delivery/testing/ruleset-samples.ts";
import { type StateWord, stateOf } from "./state-sentence.ts";
import { sampleNames as names } from "./testing/names-samples.ts";

const key = "reply-assistant";
const scenario = (name: string) => ({ name, risk: "high" as const, ladder: [] });
const feature: Feature = {
  name: "Reply assistant",
  on: true,
  envelope: null,
  release: "v1",
  mode: "autonomous",
  reviewBelow: 0,
  minConfidence: 0,
  maxLatencyMs: 10_000,
  stream: true,
  sampleShare: 0,
  scenarios: { billing: scenario("Billing"), refunds: scenario("Refunds"), shipping: scenario("Shipping") },
  ladder: [],
  rollout: null,
  pins: [],
  exposureFilter: null,
  rolloutFilter: null,
};
const rollout = {
  id: "r",
  seed: 1,
  eligible: null,
  arms: [{ key: "candidate", release: "v2", ranges: [{ from: 0, to: 25_000 }] }],
  shadow: null,
};
const release = (name: string, steps: number) => ({
  feature: key,
  name,
  blob: "",
  chain: [
    { provider: "x", model: "large", timeoutMs: 1 },
    { provider: "y", model: "large", timeoutMs: 1 },
  ].slice(0, steps),
  standing: "unproven" as const,
  knownGoodSince: null,
});
const rules = (part: Partial<Feature>, controls: Control[], steps = 2): Ruleset => ({
  ...emptyRuleset,
  releases: { v1: release("v1", steps), v2: release("Calmer tone", 2) },
  features: { [key]: { ...feature, ...part } },
  controls: Object.fromEntries(controls.map((control, i) => [`c${i}`, control])),
});
const on = (scope: Scope, ...effects: Effect[]): Control => ({
  sentence: "s",
  scope,
  effects,
  expiresAt: null,
  code: "control",
});
const off: Effect = { kind: "serve", cause: "quality" };
const review: Effect = { kind: "reviewBelow", value: 1 };
const billing = { feature: key, scenario: "billing" };
const refunds = { feature: key, scenario: "refunds" };
const all = { feature: key };
const de = { feature: key, cohort: "region-de" };

type Case = [ruleset: Ruleset, state: StateWord, sentence: string];
const CASES: Case[] = [
  [rules({}, []), "serving", "Reply assistant answers every customer."],
  [rules({ on: false }, []), "not-launched", "Not launched yet: nobody gets Reply assistant here."],
  [rules({ on: false }, [on(all, off)]), "not-launched", "Not launched yet: nobody gets Reply assistant here."],
  [rules({}, [on(all, off)]), "stopped", "Reply assistant is off."],
  [rules({}, [on({}, off)]), "stopped", "Reply assistant is off."],
  [rules({}, [on({ feature: "other" }, off)]), "serving", "Reply assistant answers every customer."],
  [rules({}, [{ ...on(all, off), expiresAt: 1_000 }]), "serving", "Reply assistant answers every customer."],
  [rules({}, [{ ...on(all, off), expiresAt: 1_001 }]), "stopped", "Reply assistant is off."],
  [rules({}, [on(billing, off)]), "limited", "Reply assistant answers every customer. Billing is off."],
  [
    rules({}, [on(refunds, off), on(billing, off)]),
    "limited",
    "Reply assistant answers every customer. Billing and refunds are off.",
  ],
  [rules({}, [on(de, off)]), "limited", "Reply assistant answers every customer. AI is off for region DE."],
  [
    rules({}, [on({ ...billing, ...de }, off)]),
    "limited",
    "Reply assistant answers every customer. Billing is off for region DE.",
  ],
  [
    rules({ rollout }, [on(billing, off), on(all, review)], 0),
    "limited",
    "Reply assistant answers 25% of customers. Billing is off. A person approves every reply.",
  ],
  [
    rules({ rollout }, []),
    "serving",
    "Reply assistant answers every customer. 25% of customers get the new release Calmer tone.",
  ],
  [
    rules({ rollout }, [on(all, { kind: "hold", of: "rollout", filter: "f" })]),
    "limited",
    "Reply assistant answers every customer. 25% of customers get the new release Calmer tone. Nobody new gets the new release.",
  ],
  [
    rules({}, [on(all, { kind: "hold", of: "feature", filter: "f" })]),
    "limited",
    "Reply assistant answers only customers who already have it.",
  ],
  [
    rules({ envelope: { kind: "cohort", cohort: "enterprise" } }, []),
    "limited",
    "Reply assistant answers only customers in cohort Enterprise.",
  ],
  [
    rules({ envelope: { kind: "is", attribute: "plan", anyOf: ["pro"] } }, []),
    "limited",
    "Reply assistant answers only customers in its launch group.",
  ],
  [rules({ mode: "suggestion" }, []), "serving", "Reply assistant answers every customer. A person sends every reply."],
  [
    rules({ reviewBelow: 0.8 }, []),
    "serving",
    "Reply assistant answers every customer. A person approves replies we are less than 80% sure of.",
  ],
  [
    rules({}, [on(billing, review)]),
    "limited",
    "Reply assistant answers every customer. A person approves every billing reply.",
  ],
  [
    rules({}, [on(all, review), on(billing, review)]),
    "limited",
    "Reply assistant answers every customer. A person approves every reply.",
  ],
  [
    rules({}, [on(de, { kind: "suggest" })]),
    "limited",
    "Reply assistant answers every customer. A person sends every reply for region DE.",
  ],
  [
    rules({}, [on(all, { kind: "minConfidence", value: 0.7 }), on(all, { kind: "minConfidence", value: 0.8 })]),
    "limited",
    "Reply assistant answers every customer. Only replies we are at least 80% sure of are shown.",
  ],
  [
    rules({}, [on(all, { kind: "maxLatency", ms: 4000 })]),
    "limited",
    "Reply assistant answers every customer. Replies that take longer than 4 seconds fall back.",
  ],
  [
    rules({}, [on(de, off, { kind: "rung", rung: "template" })]),
    "limited",
    "Reply assistant answers every customer. AI is off for region DE. Where AI does not answer, the template fallback is used for region DE.",
  ],
  [
    rules({}, [on(all, { kind: "chainStart", index: 1 }), on(billing, { kind: "rateLimit", perHour: 9 })]),
    "limited",
    "Reply assistant answers every customer. The first model is skipped. Each person has at most 9 AI requests per hour for billing cases.",
  ],
  [
    rules({}, [on(all, { kind: "notice", id: "n", text: "Slow today.", at: 0 })]),
    "serving",
    "Reply assistant answers every customer. Users are told: Slow today.",
  ],
  [
    rules({}, [on({ provider: "x" }, { kind: "stopModel" })]),
    "limited",
    "Reply assistant answers every customer. Provider X is not used.",
  ],
  [rules({}, [on({ provider: "z" }, { kind: "stopModel" })]), "serving", "Reply assistant answers every customer."],
  [
    rules({}, [on({ provider: "x" }, { kind: "stopModel" }), on({ provider: "y" }, { kind: "stopModel" })]),
    "stopped",
    "Reply assistant is off, because no model is left to it. Provider X is not used. Provider Y is not used.",
  ],
  [
    rules({}, [on({ provider: "x" }, { kind: "reroute", to: { provider: "y" } })]),
    "limited",
    "Reply assistant answers every customer. Provider X's traffic goes to Provider Y.",
  ],
  [
    rules({}, [on({ provider: "x", model: "large" }, { kind: "reroute", to: { provider: "y", model: "large" } })]),
    "limited",
    "Reply assistant answers every customer. Model M's traffic goes to model N.",
  ],
  [
    rules({}, [on({ provider: "x", ...billing }, { kind: "stopModel" })]),
    "limited",
    "Reply assistant answers every customer. Provider X is not used for billing cases.",
  ],
  [
    rules({}, [on({ provider: "x" }, review)]),
    "limited",
    "Reply assistant answers every customer. Provider X: a person approves every output.",
  ],
  [
    rules({}, [on({ provider: "x" }, { kind: "reroute", to: { provider: "z" } })]),
    "limited",
    "Reply assistant answers every customer. Provider X is not used.",
  ],
  [
    rules({}, [
      on({ provider: "x" }, { kind: "reroute", to: { provider: "y" } }),
      on({ provider: "y" }, { kind: "stopModel" }),
    ]),
    "stopped",
    "Reply assistant is off, because no model is left to it. Provider X is not used. Provider Y is not used.",
  ],
  [
    rules({}, [on(all, { kind: "stopModel" })]),
    "stopped",
    "Reply assistant is off, because no model is left to it. No model is used.",
  ],
  [
    rules({}, [on(all, { kind: "chainStart", index: 1 }), on({ provider: "y" }, { kind: "stopModel" })]),
    "stopped",
    "Reply assistant is off, because no model is left to it. Provider Y is not used.",
  ],
  [
    { ...rules({}, []), releases: { v1: { ...release("v1", 2), standing: "withdrawn" } } },
    "stopped",
    "Reply assistant is off, because its release was withdrawn.",
  ],
  [rules({}, [on(all, { kind: "stopModel" }, off)]), "stopped", "Reply assistant is off."],
  [rules({}, [on(all, { kind: "teleport" } as never)]), "stopped", "Reply assistant is off."],
  [{ ...emptyRuleset }, "unknown", "There are no rules for Reply assistant here, so nobody gets AI."],
];

describe("stateOf", () => {
  it.each(CASES)("%#", (ruleset, state, sentence) => {
    expect(stateOf(ruleset, key, names, 1_000)).toEqual({ state, sentence });
  });

  it("never says a share without of whom", () => {
    for (const [, , sentence] of CASES) {
      for (const [, after] of sentence.matchAll(/\d% (\w+ \w+)/g)) expect(after).toMatch(/^of customers$|^sure of$/);
    }
  });

  it("is grammatical for a name in the plural, and says no verb twice", () => {
    const named = (controls: Control[]) => ({
      ...rules({}, controls),
      features: { [key]: { ...feature, name: "Knowledge answers" } },
    });
    const sentence = (controls: Control[]) => stateOf(named(controls), key, names, 0).sentence;
    expect(sentence([])).toBe("Every customer gets Knowledge answers.");
    expect(sentence([on(de, off)])).toBe("Every customer gets Knowledge answers. AI is off for region DE.");
    expect(sentence([on(all, off)])).toBe("AI is off in Knowledge answers.");
  });

  it("has a case for every state", () => {
    expect(new Set(CASES.map(([, state]) => state))).toEqual(
      new Set(["serving", "limited", "stopped", "unknown", "not-launched"]),
    );
  });
});
