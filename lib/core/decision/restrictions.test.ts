import { describe, expect, test } from "vitest";
import file from "./cases.json" with { type: "json" };
import { type CaseFile, rulesetOfCase } from "./cases.ts";
import { decide } from "./decide.ts";
import { localStops } from "./local-stops.ts";
import type { Control, Ruleset } from "./ruleset.ts";
import { control } from "./ruleset.ts";
import { staleControls } from "./stale-controls.ts";
import { withControls } from "./with-controls.ts";

const cases: CaseFile = JSON.parse(JSON.stringify(file));
const desk = rulesetOfCase(cases, "desk");
const inputs = { now: 1_771_408_800_000, requestId: "q" };
const ask = (rules: Ruleset, scenarios?: string[], feature = "reply-assistant") =>
  decide(rules, feature, { userId: "anna", scenarios }, inputs);
const codes = (rules: Ruleset, scenarios?: string[], feature?: string) =>
  ask(rules, scenarios, feature).because.map((reason) => reason.code);

describe("withControls", () => {
  const stop: Control = {
    sentence: "Stop.",
    scope: {},
    effects: [{ kind: "serve", cause: "cost" }],
    expiresAt: null,
    code: "control",
  };

  test("adds to a new ruleset and leaves the old one alone", () => {
    const before = JSON.stringify(desk);
    const tightened = withControls(desk, { stop });
    expect(ask(tightened, ["shipping"]).serve).toBe("fallback");
    expect(ask(desk, ["shipping"]).serve).toBe("ai");
    expect(JSON.stringify(desk)).toBe(before);
  });

  test("never takes the place of another control", () => {
    const suggest: Control = { ...stop, effects: [{ kind: "suggest" }] };
    const tightened = withControls(withControls(desk, { same: stop }), { same: suggest });
    expect(Object.keys(tightened.controls)).toEqual(["same", "same~2"]);
    expect(ask(tightened, ["shipping"])).toMatchObject({ serve: "fallback", mode: "suggestion" });
  });

  test("an id like __proto__ is an id like any other", () => {
    const added = JSON.parse(`{"__proto__": ${JSON.stringify(stop)}}`);
    expect(ask(withControls(desk, added), ["shipping"]).serve).toBe("fallback");
  });

  test("an unreadable ruleset stays as it is, and falls back everywhere", () => {
    const broken = { ...JSON.parse(JSON.stringify(desk)), controls: 4 };
    expect(withControls(broken, { stop })).toBe(broken);
    expect(codes(withControls(JSON.parse("null"), { stop }))).toEqual(["unreadable-ruleset"]);
  });
});

describe("staleControls", () => {
  const stale = withControls(desk, staleControls(desk));

  test("high-risk scenarios fall back, everything else is a suggestion and reviewed", () => {
    expect(ask(stale, ["billing"])).toMatchObject({ serve: "fallback", mode: "suggestion", reviewBelow: 1 });
    expect(ask(stale, ["shipping"])).toMatchObject({ serve: "ai", mode: "suggestion", reviewBelow: 1, stream: false });
    expect(ask(stale, [], "tagger")).toMatchObject({ serve: "ai", mode: "suggestion", reviewBelow: 1 });
    expect(new Set(codes(stale, ["billing"]))).toEqual(new Set(["stale"]));
  });

  test("a request that may be high-risk falls back as well", () => {
    expect(ask(stale).serve).toBe("fallback");
    expect(ask(stale, ["no such scenario"]).serve).toBe("fallback");
  });

  test("they are controls as the schema has them, for any ruleset", () => {
    for (const each of Object.values(staleControls(desk))) control.parse(each);
    expect(Object.keys(staleControls(JSON.parse("[]")))).toEqual(["stale"]);
    expect(Object.keys(staleControls(JSON.parse('{"features":{"f":{"scenarios":{"s":null}}}}')))).toEqual([
      "stale",
      "stale:f:s",
    ]);
  });
});

describe("localStops", () => {
  const stopped = (text: string) => withControls(desk, localStops(text, desk));

  test("a feature", () => {
    expect(codes(stopped("reply-assistant"), ["shipping"])).toEqual(["local-stop"]);
    expect(codes(stopped("reply-assistant"), [], "tagger")).toEqual([]);
  });

  test("a scenario and another feature", () => {
    const rules = stopped(" reply-assistant:billing, tagger\n");
    expect(codes(rules, ["billing"])).toEqual(["local-stop"]);
    expect(codes(rules, ["shipping"])).toEqual([]);
    expect(codes(rules, [], "tagger")).toEqual(["local-stop"]);
  });

  test("everything", () => {
    expect(codes(stopped("*"), ["shipping"])).toEqual(["local-stop"]);
    expect(codes(stopped("*"), [], "tagger")).toEqual(["local-stop"]);
  });

  test("nothing", () => {
    expect(localStops("", desk)).toEqual({});
    expect(localStops(" \n, ", desk)).toEqual({});
  });

  test("an unknown scenario stops its feature, an unknown feature everything", () => {
    expect(codes(stopped("reply-assistant:biling"), ["shipping"])).toEqual(["local-stop"]);
    expect(codes(stopped("reply-assistant:biling"), [], "tagger")).toEqual([]);
    expect(codes(stopped("reply-asistant"), [], "tagger")).toEqual(["local-stop"]);
    expect(codes(stopped("{]"), [], "tagger")).toEqual(["local-stop"]);
    expect(codes(stopped("constructor"), [], "tagger")).toEqual(["local-stop"]);
  });

  test("they are controls as the schema has them, for any ruleset", () => {
    for (const each of Object.values(localStops("* tagger reply-assistant:billing", desk))) control.parse(each);
    expect(Object.keys(localStops("x", JSON.parse("null")))).toEqual(["local-stop:x"]);
  });

  test("a stop for quality: never a cached answer", () => {
    expect(ask(stopped("reply-assistant"), ["shipping"]).fallback.rung).toBe("template");
  });
});
