import { describe, expect, test } from "vitest";
import file from "./cases.json" with { type: "json" };
import { rulesetOfCase } from "./cases.ts";
import { controlsLoosened } from "./compare-controls.ts";
import type { Condition } from "./condition.ts";
import type { Effect } from "./effect.ts";
import { implies } from "./implies.ts";

const is = (...anyOf: string[]): Condition => ({ kind: "is", attribute: "country", anyOf });
const below = (value: number): Condition => ({ kind: "compare", attribute: "length", op: "<", value });
const above = (value: number): Condition => ({ kind: "compare", attribute: "length", op: ">=", value });

test.each<[Condition | null, Condition | null, boolean]>([
  [is("DE"), null, true],
  [null, is("DE"), false],
  [is("DE"), is("FR", "DE"), true],
  [is("FR", "DE"), is("DE"), false],
  [below(5), below(6), true],
  [below(6), below(5), false],
  [above(6), above(5), true],
  [above(5), above(6), false],
  [below(5), above(5), false],
  [{ kind: "all", of: [is("DE"), below(5)] }, below(6), true],
  [{ kind: "any", of: [is("DE"), below(5)] }, below(6), false],
  [is("DE"), { kind: "any", of: [below(5), is("DE")] }, true],
  [is("DE"), { kind: "all", of: [below(5), is("DE")] }, false],
  [{ kind: "not", of: is("DE") }, { kind: "not", of: is("DE", "FR") }, false],
])("%j implies %j: %s", (narrower, wider, expected) => {
  expect(implies(narrower, wider)).toBe(expected);
});

describe("an effect may only grow stronger", () => {
  const changed = (before: Effect, after: Effect) => {
    const rules = rulesetOfCase(JSON.parse(JSON.stringify(file)), "desk");
    const control = { sentence: "Order", scope: {}, expiresAt: null, code: "control" as const };
    const having = (effect: Effect) => ({ ...rules, controls: { c: { ...control, effects: [effect] } } });
    return controlsLoosened(having(before), having(after), [], undefined);
  };

  test.each<[Effect, Effect]>([
    [
      { kind: "reviewBelow", value: 0.4 },
      { kind: "reviewBelow", value: 0.5 },
    ],
    [
      { kind: "minConfidence", value: 0.4 },
      { kind: "minConfidence", value: 0.5 },
    ],
    [
      { kind: "maxLatency", ms: 5_000 },
      { kind: "maxLatency", ms: 4_000 },
    ],
    [
      { kind: "chainStart", index: 1 },
      { kind: "chainStart", index: 2 },
    ],
    [
      { kind: "rateLimit", perHour: 9 },
      { kind: "rateLimit", perHour: 8 },
    ],
    [
      { kind: "serve", cause: "cost" },
      { kind: "serve", cause: "quality" },
    ],
    [{ kind: "reroute", to: { provider: "zeta" } }, { kind: "stopModel" }],
  ])("%j to %j, never back", (weaker, stronger) => {
    expect(changed(weaker, stronger)).toBeNull();
    expect(changed(stronger, weaker)).toBe("“Order” would restrict less than it does now.");
  });

  test.each<[Effect, Effect]>([
    [
      { kind: "hold", of: "feature", filter: "a" },
      { kind: "hold", of: "feature", filter: "b" },
    ],
    [
      { kind: "hold", of: "feature", filter: "a" },
      { kind: "hold", of: "rollout", filter: "a" },
    ],
    [
      { kind: "reroute", to: { provider: "zeta" } },
      { kind: "reroute", to: { provider: "nova" } },
    ],
    [{ kind: "suggest" }, { kind: "stopModel" }],
    [
      { kind: "notice", id: "n", text: "One", at: 1 },
      { kind: "notice", id: "n", text: "Two", at: 1 },
    ],
  ])("%j and %j do not stand in for each other", (one, other) => {
    expect(changed(one, other)).not.toBeNull();
    expect(changed(other, one)).not.toBeNull();
  });
});
