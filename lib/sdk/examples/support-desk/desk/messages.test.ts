import { expect, test } from "vitest";
import { CATEGORIES, readMessages, SCENARIOS, scenariosOf } from "./messages.mjs";

test("all 77 categories lead to scenarios that the feature has", () => {
  expect(CATEGORIES).toHaveLength(77);
  for (const category of CATEGORIES) {
    const scenarios = scenariosOf(category);
    expect(scenarios, category).not.toEqual([]);
    for (const scenario of scenarios) expect(Object.keys(SCENARIOS), category).toContain(scenario);
  }
});

test("a late card is shipping alone, a double charge is billing and refunds, a scenario's key is itself", () => {
  expect(scenariosOf("card_arrival")).toEqual(["shipping"]);
  expect(scenariosOf("transaction_charged_twice")).toEqual(["billing", "refunds"]);
  expect(scenariosOf("billing")).toEqual(["billing"]);
});

test("an unknown category is in no scenario, names of built-in properties included", () => {
  expect(scenariosOf("weather")).toEqual([]);
  expect(scenariosOf("constructor")).toEqual([]);
});

test("every message that is shipped is in a known category, and every scenario has some", () => {
  const messages = readMessages("");
  expect(messages.length).toBeGreaterThanOrEqual(80);
  for (const { category, text } of messages) expect(CATEGORIES, text).toContain(category);
  const met = new Set(messages.flatMap((message) => scenariosOf(message.category)));
  expect([...met].sort()).toEqual(Object.keys(SCENARIOS).sort());
});
