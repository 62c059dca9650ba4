import { describe, expect, it } from "vitest";
import { changedMeanwhile, launchGroupOf, measurementChanges, measurementOf } from "./present.ts";

const nothing = measurementOf(null);

it("a feature of which nobody said how it is measured has version 0, chosen nothing, and weighs all parts alike", () => {
  expect(nothing).toMatchObject({
    version: 0,
    metrics: [],
    weights: { judge: 1, feedback: 1, completion: 1 },
    changed: null,
  });
});

describe("what a change did is said for the log", () => {
  it("metric by metric, in the words of screens", () => {
    const before = { ...nothing, metrics: ["edit-rate", "kept-on"] };
    expect(measurementChanges(before, { ...nothing, metrics: ["kept-on", "correction-time", "gone-metric"] })).toEqual([
      "Chosen: correction time, gone-metric.",
      "No longer chosen: edit rate.",
    ]);
  });
  it("for all that can be set", () => {
    const after = {
      ...nothing,
      weights: { judge: 1, feedback: 0, completion: 0 },
      trustFailure: "They stop accepting drafts.",
      fallbackAgreed: true,
      incidentClasses: [{ name: "Invented policy", trigger: "One proven case." }],
    };
    expect(measurementChanges(nothing, after)).toHaveLength(4);
    expect(measurementChanges(after, { ...after, fallbackAgreed: false })).toEqual([
      "What customers see without AI is no longer confirmed.",
    ]);
  });
  it("and is nothing where nothing changed, whatever the order", () => {
    expect(measurementChanges({ ...nothing, metrics: ["a", "b"] }, { ...nothing, metrics: ["b", "a"] })).toEqual([]);
  });
});

it("whoever was faster is named, with when", () => {
  const now = Date.parse("2026-11-20T12:00:00Z");
  const by = (at: string) => changedMeanwhile({ at, who: "Mo Mehta" }, now);
  expect(by("2026-11-20T11:56:00Z")).toMatch(/^Mo Mehta changed how this is measured 4 minutes ago\. Nothing of yours/);
  expect(by("2026-11-20T11:59:50Z")).toMatch(/^Mo Mehta changed how this is measured just now\./);
});

describe("whom a launch gives AI", () => {
  const german = { kind: "is", attribute: "language", anyOf: ["de"] };
  const state = { envelope: null, releaseId: "r1", release: { chain: [{ provider: "x", model: "large" }] } };
  const first = { ...state, release: { chain: [] } };
  const open = { eligible: null, arms: [{ key: "candidate", release: "r2", ranges: [{ from: 0, to: 5_000 }] }] };
  const kept = { key: "control", release: "r1", ranges: [{ from: 5_000, to: 10_000 }] };
  it.each([
    ["everybody", state, undefined, { narrowed: false, rollout: null }],
    ["a launch group", { ...state, envelope: german }, undefined, { narrowed: true, rollout: null }],
    ["a group of no conditions", { ...state, envelope: { kind: "all", of: [] } }, undefined, { narrowed: false }],
    ["a rollout of a release", state, open, { narrowed: false, rollout: { share: 0.05, rest: "current" } }],
    ["a rollout among some", state, { ...open, eligible: german }, { narrowed: false, rollout: { rest: "current" } }],
    ["a first launch", first, open, { narrowed: false, rollout: { share: 0.05, rest: "fallback" } }],
    ["a first launch among some", first, { ...open, eligible: german }, { narrowed: true }],
    ["an arm of the current release", first, { ...open, arms: [...open.arms, kept] }, { rollout: { share: 0.05 } }],
  ])("%s", (_, row, rollout, expected) => {
    expect(launchGroupOf(row, rollout)).toMatchObject(expected);
  });
});
