import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { type CaseFile, rulesetOfCase } from "./cases.ts";
import { decide } from "./decide.ts";
import { SCHEMAS, schemaText } from "./json-schemas.ts";
import { ruleset } from "./ruleset.ts";

const read = (name: string) => readFileSync(new URL(`./${name}`, import.meta.url), "utf8");
const file: CaseFile = JSON.parse(read("cases.json"));
const ajv = new Ajv({ strict: false, formats: { uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i } });
const isRuleset = ajv.compile(JSON.parse(read("ruleset.schema.json")));
const isDecision = ajv.compile(JSON.parse(read("decision.schema.json")));

describe("JSON schemas", () => {
  test.each(SCHEMAS)("%s.schema.json is what the code says (else: node lib/cli/write-schemas.ts)", (name) => {
    expect(JSON.parse(read(`${name}.schema.json`))).toEqual(JSON.parse(schemaText(name)));
  });

  test("the rulesets of all cases are valid, but for those that are broken on purpose", () => {
    for (const { name, ruleset: given, valid } of file.cases) {
      const rules = rulesetOfCase(file, given);
      expect(isRuleset(rules), `${name}: ${ajv.errorsText(isRuleset.errors)}`).toBe(valid !== false);
      expect(ruleset.safeParse(rules).success, name).toBe(valid !== false);
    }
  });

  test("the decisions of all cases are valid", () => {
    for (const { name, ruleset: given, feature, context, inputs } of file.cases) {
      const result = decide(rulesetOfCase(file, given), feature, context, inputs);
      expect(isDecision(JSON.parse(JSON.stringify(result))), `${name}: ${ajv.errorsText(isDecision.errors)}`).toBe(
        true,
      );
    }
  });

  test("the schemas refuse what is missing", () => {
    expect(isRuleset({})).toBe(false);
    expect(isDecision({ serve: "ai" })).toBe(false);
  });
});
