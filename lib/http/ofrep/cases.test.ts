import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type DecisionCase, readCaseFile, rulesetOfCase } from "#lib/core/decision/cases.ts";
import { readJson } from "../read-body.ts";
import { evaluateFlag } from "./evaluate.ts";
import { contextOf, ofrepError } from "./protocol.ts";

const file = readCaseFile(JSON.parse(readFileSync(new URL("../../core/decision/cases.json", import.meta.url), "utf8")));

/** What a client of the protocol would send for a case, and the answer as it would read it. */
async function overOfrep({ ruleset, feature, context, inputs }: DecisionCase) {
  const { userId, attributes, ...rest } = context;
  const body = JSON.stringify({ context: { ...attributes, ...rest, targetingKey: userId } });
  const request = new Request("http://console.test", { method: "POST", body });
  const rules = { ruleset: rulesetOfCase(file, ruleset), ...inputs };
  try {
    return Response.json(evaluateFlag(rules, feature, contextOf(await readJson(request)), "server"));
  } catch (error) {
    return ofrepError(error, inputs.requestId, feature);
  }
}

const isKnown = ({ ruleset, feature }: DecisionCase) => {
  const { features } = rulesetOfCase(file, ruleset);
  return typeof features === "object" && features !== null && Object.hasOwn(features, feature);
};
const plainContext = ({ context }: DecisionCase) => {
  const attributes: unknown = context?.attributes ?? {};
  return typeof attributes === "object" && !Array.isArray(attributes);
};
const cases = file.cases.filter(plainContext);

test.each(cases.filter(isKnown).map((each) => [each.name, each] as const))("over OFREP: %s", async (_, each) => {
  const response = await overOfrep(each);
  expect(response.status).toBe(200);
  const { because, ...expected } = each.expected;
  const { value } = await response.json();
  expect(value).toMatchObject(expected);
  if (because) expect(value.because).toMatchObject(because);
});

test.each(cases.filter((each) => !isKnown(each)).map((each) => [each.name, each] as const))(
  "over OFREP, a flag that is not found: %s",
  async (_, each) => {
    const response = await overOfrep(each);
    expect([response.status, (await response.json()).errorCode]).toEqual([404, "FLAG_NOT_FOUND"]);
  },
);

test("nearly all cases can be asked over the protocol", () => {
  expect(cases.length).toBeGreaterThan(file.cases.length * 0.95);
});
