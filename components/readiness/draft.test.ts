import { expect, test } from "vitest";
import { changedFields, type Draft, rebase, troubleWith } from "./draft.ts";

const base: Draft = {
  version: 3,
  metrics: ["repeat-usage", "correction-time"],
  weights: { judge: 1, feedback: 1, completion: 1 },
  trustFailure: "They stop accepting drafts.",
  fallbackAgreed: false,
  incidentClasses: [],
};

test("what I typed stays mine and everything else becomes theirs", () => {
  const mine = { ...base, trustFailure: "They double-check everything." };
  const theirs = { ...base, version: 4, fallbackAgreed: true };
  expect(rebase(mine, base, theirs)).toEqual({
    draft: { ...theirs, trustFailure: "They double-check everything." },
    both: [],
  });
});

test("metrics of both are kept, and what either dropped is gone", () => {
  const mine = { ...base, metrics: ["repeat-usage", "edit-rate"] };
  const theirs = { ...base, version: 4, metrics: ["repeat-usage", "correction-time", "dismissal-rate"] };
  expect(rebase(mine, base, theirs).draft.metrics).toEqual(["repeat-usage", "dismissal-rate", "edit-rate"]);
});

test("what both of us changed is named, and mine stays", () => {
  const mine = { ...base, trustFailure: "Mine." };
  const theirs = { ...base, version: 4, trustFailure: "Theirs." };
  const { draft, both } = rebase(mine, base, theirs);
  expect([draft.trustFailure, draft.version, both]).toEqual(["Mine.", 4, ["trustFailure"]]);
});

test("the order of metrics and blanks around words are no change", () => {
  const same = { ...base, metrics: base.metrics.toReversed(), trustFailure: " They stop accepting drafts. " };
  expect(changedFields(same, base)).toEqual([]);
});

test("an incident without a trigger and weights of nothing cannot be saved", () => {
  expect(troubleWith({ ...base, incidentClasses: [{ name: "Invented policy", trigger: "" }] })).toMatch(/^Kind of/);
  expect(troubleWith({ ...base, weights: { judge: 0, feedback: 0, completion: 0 } })).toMatch(/above 0/);
  expect(troubleWith(base)).toBeNull();
});
