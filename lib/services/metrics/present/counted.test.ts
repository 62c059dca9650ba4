import { describe, expect, it } from "vitest";
import { METRICS, metricByKey } from "#lib/core/metrics/definitions.ts";
import type { LastEvent } from "#lib/telemetry/evidence-source.ts";
import { formulaSaid } from "./formula.ts";
import { kindsBehind, shownEvent } from "./last-events.ts";

const alike = { judge: 1, feedback: 1, completion: 2 };
const said = (key: string) => {
  const definition = metricByKey(key);
  return definition && formulaSaid(definition, alike);
};

describe("the formula of a figure is said in words", () => {
  it.each([
    ["edit-rate", "answers edited / AI answers"],
    ["escalations", "requests escalated / requests × 1,000"],
    ["correction-time", "seconds of edits / edits that told their seconds"],
    ["error-rate", "(requests that failed + requests that took too long) / requests for which a model was asked"],
    ["latency-p95", "the time within which 95% of AI answers were there"],
    ["kept-on", "people who were new and had it switched on 14 days later / people who were new"],
    ["quality-score", "25% judge score + 25% feedback of users + 50% task completion"],
  ])("%s", (key, words) => {
    expect(said(key)).toBe(words);
  });
  it("of every metric", () => {
    for (const definition of METRICS) expect(formulaSaid(definition, alike)).not.toMatch(/undefined|_/);
  });
});

it("the events behind a figure are of the kinds that it is counted from", () => {
  const kinds = (key: string) => kindsBehind(metricByKey(key)?.formula ?? { kind: "people" });
  expect(kinds("correction-time")).toEqual(["edited"]);
  expect(kinds("misleading-rate")).toEqual(["audited"]);
  expect(kinds("kept-on")).toEqual(["turned-off", "turned-on"]);
  expect(kinds("error-rate")).toEqual([]);
  expect(kinds("quality-score")).toHaveLength(7);
});

describe("an event as it is shown", () => {
  const names = { feature: { key: "a", name: "A" }, scenarios: { billing: "Billing" }, cohorts: {}, releases: {} };
  const event = (about: Partial<LastEvent>): LastEvent => ({
    at: 1,
    type: "signal",
    kind: "edited",
    scenarios: ["billing"],
    user: "0123456789abcdef0123456789abcdef",
    value: 42,
    label: null,
    latencyMs: null,
    ...about,
  });
  it("shortens the pseudonym and names the scenario", () => {
    expect(shownEvent(event({}), names)).toEqual({
      at: 1,
      what: "Edited",
      scenario: "Billing",
      person: "012345…",
      detail: "42 s",
    });
  });
  it("tells a decision by its rung and latency, with the code of what went wrong", () => {
    const decision = event({
      type: "decision",
      kind: "template",
      value: null,
      latencyMs: 840,
      label: "too-late",
      user: null,
    });
    expect(shownEvent(decision, names)).toMatchObject({
      what: "Answered with a template",
      detail: "840 ms, too late",
      person: null,
    });
  });
  it("never shows words: a label that is no code is left out", () => {
    expect(shownEvent(event({ value: null, label: "You owe us 40 euros, Ms Smith" }), names).detail).toBeNull();
    expect(shownEvent(event({ kind: "audited", value: null, label: "misleading" }), names).detail).toBe("misleading");
  });
});
