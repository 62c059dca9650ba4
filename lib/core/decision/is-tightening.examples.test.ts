import { describe, expect, test } from "vitest";
import file from "./cases.json" with { type: "json" };
import { type CaseFile, rulesetOfCase } from "./cases.ts";
import type { Condition } from "./condition.ts";
import { decide } from "./decide.ts";
import { isTightening } from "./is-tightening.ts";
import type { Control, Feature, Ruleset } from "./ruleset.ts";

const cases: CaseFile = JSON.parse(JSON.stringify(file));
const stop: Control = {
  sentence: "Disable AI replies for billing cases",
  scope: { feature: "reply-assistant", scenario: "billing" },
  effects: [{ kind: "serve", cause: "quality" }],
  expiresAt: 2_000,
  code: "control",
};

/** The rules of the support desk with a control, an approved reroute and a rollout at 20 %. */
function desk(): Ruleset {
  const rules = rulesetOfCase(cases, "desk");
  rules.controls.stop = structuredClone(stop);
  assistant(rules).rollout = {
    id: "ro",
    seed: 7,
    eligible: { kind: "is", attribute: "country", anyOf: ["DE", "FR"] },
    arms: [{ key: "candidate", release: "r-next", ranges: [{ from: 0, to: 20_000 }] }],
    shadow: null,
  };
  return rules;
}

function assistant(rules: Ruleset): Feature {
  const feature = rules.features["reply-assistant"];
  if (!feature) throw new Error("The support desk has no reply assistant.");
  return feature;
}

function proof(change: (rules: Ruleset, feature: Feature) => void, now?: number) {
  const after = desk();
  change(after, assistant(after));
  return isTightening(desk(), after, now);
}

describe("what is proved down", () => {
  test.each<[string, (rules: Ruleset, feature: Feature) => void]>([
    ["nothing at all", () => {}],
    [
      "a new version, and names",
      (r, f) => Object.assign(r, { version: 8 }, Object.assign(f, { name: "Replies" }) && {}),
    ],
    ["one more control", (r) => Object.assign(r.controls, { more: { ...stop, scope: {} } })],
    [
      "a control with a wider scope",
      (r) => Object.assign(r.controls, { stop: { ...stop, scope: { feature: "reply-assistant" } } }),
    ],
    ["a control that lasts longer", (r) => Object.assign(r.controls, { stop: { ...stop, expiresAt: null } })],
    ["a control with one more effect", (r) => r.controls.stop?.effects.push({ kind: "suggest" })],
    ["a feature turned off", (_, f) => Object.assign(f, { on: false })],
    [
      "a launch envelope where there was none",
      (_, f) => Object.assign(f, { envelope: { kind: "is", attribute: "country", anyOf: ["DE"] } }),
    ],
    [
      "suggestions, more review, more certainty, a shorter wait",
      (_, f) =>
        Object.assign(f, {
          mode: "suggestion",
          reviewBelow: 0.5,
          minConfidence: 0.7,
          maxLatencyMs: 4_000,
          stream: false,
        }),
    ],
    ["a lower percentage", (_, f) => Object.assign(f.rollout?.arms[0]?.ranges[0] ?? {}, { to: 5_000 })],
    [
      "fewer people eligible",
      (_, f) => Object.assign(f.rollout ?? {}, { eligible: { kind: "is", attribute: "country", anyOf: ["DE"] } }),
    ],
    ["the rollout given up", (_, f) => Object.assign(f, { rollout: null })],
    [
      "a rollback to the newest known good release, with the rollout given up",
      (_, f) => Object.assign(f, { rollout: null, release: "r-old" }),
    ],
    ["the candidate withdrawn", (r) => Object.assign(r.releases["r-next"] ?? {}, { standing: "withdrawn" })],
    [
      "a cohort, an attribute, a release and a text that nothing used",
      (r) => {
        Object.assign(r.cohorts, { unused: { name: "Unused", version: 1, when: { kind: "all", of: [] } } });
        Object.assign(r.attributes, { device: { type: "string" } });
        Object.assign(r.releases, { "r-later": { ...r.releases["r-next"], name: "Later" } });
        Object.assign(r.texts, { another: "Another text" });
      },
    ],
    ["a filter that no hold uses", (r) => Object.assign(r.filters, { seen: { blob: "b", hashes: 3, size: 64 } })],
  ])("%s", (_, change) => {
    expect(proof(change)).toEqual({ down: true });
  });

  test("a control that has expired by now may go", () => {
    const lift = (r: Ruleset) => Reflect.deleteProperty(r.controls, "stop");
    expect(proof(lift, 2_000)).toEqual({ down: true });
    expect(proof(lift, 1_999).down).toBe(false);
    expect(proof(lift).down).toBe(false);
  });
});

describe("what is not proved down, in words", () => {
  test.each<[string, (rules: Ruleset, feature: Feature) => void]>([
    ["“Disable AI replies for billing cases” would no longer hold.", (r) => Reflect.deleteProperty(r.controls, "stop")],
    [
      "The words of “Disable AI replies for billing cases” would change.",
      (r) => Object.assign(r.controls.stop ?? {}, { sentence: "Stop" }),
    ],
    [
      "“Disable AI replies for billing cases” would end earlier.",
      (r) => Object.assign(r.controls.stop ?? {}, { expiresAt: 1_999 }),
    ],
    [
      "“Disable AI replies for billing cases” would no longer hold everywhere it holds now.",
      (r) => Object.assign(r.controls.stop?.scope ?? {}, { cohort: "germany" }),
    ],
    [
      "“Disable AI replies for billing cases” would restrict less than it does now.",
      (r) => Object.assign(r.controls.stop ?? {}, { effects: [{ kind: "serve", cause: "cost" }] }),
    ],
    [
      "“Reply assistant” would act without a person.",
      (r, f) => Object.assign(f, { mode: "autonomous" }) && Object.assign(r, {}),
    ],
    [
      "Somebody of “Reply assistant” would get the new release.",
      (_, f) => Object.assign(f.rollout?.arms[0]?.ranges[0] ?? {}, { to: 20_001 }),
    ],
    [
      "More people of “Reply assistant” could be in its rollout.",
      (_, f) => Object.assign(f.rollout ?? {}, { eligible: null }),
    ],
    ["Another rollout of “Reply assistant” would start.", (_, f) => Object.assign(f.rollout ?? {}, { seed: 8 })],
    [
      "“Reply assistant” would go to a release that is not the newest known good one.",
      (_, f) => Object.assign(f, { release: "r-next", rollout: null }),
    ],
    [
      "“Reply assistant” would lose its current release and keep a candidate.",
      (_, f) => Object.assign(f, { release: "r-old" }),
    ],
    [
      "Who is in “Germany” would change.",
      (r) => Object.assign(r.cohorts.germany ?? {}, { when: { kind: "any", of: [] } }),
    ],
    ["The attribute “country” would change.", (r) => Reflect.deleteProperty(r.attributes, "country")],
    [
      "Another way to reroute models would be approved.",
      (r) =>
        r.approvedReroutes.push({ from: { provider: "zeta", model: "z1" }, to: { provider: "nova", model: "n1" } }),
    ],
    ["Release “Autumn” would change.", (r) => r.releases["r-now"]?.chain.pop()],
    ["An approved text would change.", (r) => Object.assign(r.texts, { "billing.template": "Other words" })],
    ["The scenarios or fallbacks of “Reply assistant” would change.", (_, f) => f.ladder.reverse()],
    ["“Tagger” would no longer be there, nor its notices.", (r) => Reflect.deleteProperty(r.features, "tagger")],
    ["“Helper” would be a new feature.", (r, f) => Object.assign(r.features, { helper: { ...f, name: "Helper" } })],
    ["The new rules cannot be read, so nothing can be proved of them.", (r) => Object.assign(r, { schemaVersion: 2 })],
  ])("%s", (because, change) => {
    const before = desk();
    before.cohorts.europe = { name: "Europe", version: 1, when: { kind: "cohort", cohort: "germany" } };
    assistant(before).mode = because.includes("without a person") ? "suggestion" : "autonomous";
    const after = structuredClone(before);
    change(after, assistant(after));
    expect(isTightening(before, after)).toEqual({ down: false, because });
  });

  test("a control that another one covers stays all the same: it was somebody else's", () => {
    const before = desk();
    before.controls.all = { ...stop, sentence: "Everything off", scope: {}, expiresAt: null };
    const after = structuredClone(before);
    Reflect.deleteProperty(after.controls, "stop");
    expect(isTightening(before, after).down).toBe(false);
  });

  test("a candidate that a stop has put on the fallback does not come back as the current release", () => {
    const before = desk();
    before.controls.provider = {
      ...stop,
      scope: { provider: "zeta" },
      effects: [{ kind: "stopModel" }],
      expiresAt: null,
    };
    const after = structuredClone(before);
    assistant(after).rollout = null;
    expect(isTightening(before, after)).toMatchObject({ down: false });
  });

  test("rolling back twice never leads forward again", () => {
    const before = desk();
    Object.assign(assistant(before), { release: "r-old", rollout: null });
    const after = structuredClone(before);
    assistant(after).release = "r-now";
    expect(isTightening(before, after).down).toBe(false);
  });

  test("of 501 cohorts in circles one that nothing mentions does not go, because the others would come to mean something", () => {
    const before = desk();
    const refersTo = (key: string): Condition => ({ kind: "cohort", cohort: key });
    const add = (key: string, when: Condition) =>
      Object.assign(before.cohorts, { [key]: { name: key, version: 1, when } });
    add("a", refersTo("b"));
    add("b", refersTo("a"));
    const german: Condition = { kind: "is", attribute: "country", anyOf: ["DE"] };
    for (let i = 1; i <= 499; i++) add(`c${i}`, { kind: "any", of: [german, refersTo("a")] });
    assistant(before).envelope = refersTo("c1");
    const after = structuredClone(before);
    Reflect.deleteProperty(after.cohorts, "c499");
    const serve = (rules: Ruleset) =>
      decide(
        rules,
        "reply-assistant",
        { scenarios: ["shipping"], attributes: { country: "DE" } },
        { now: 0, requestId: "" },
      ).serve;
    expect([serve(before), serve(after)]).toEqual(["fallback", "ai"]);
    expect(isTightening(before, after)).toMatchObject({ down: false });
    // Where the cohorts stay, circles stand in nobody's way.
    const stopped = structuredClone(before);
    stopped.controls.more = { ...stop, scope: {} };
    expect(isTightening(before, stopped)).toEqual({ down: true });
  });
});
