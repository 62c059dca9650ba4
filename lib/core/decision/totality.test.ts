import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide } from "./decide.ts";
import { decision } from "./decision.ts";

const NOW = 1_763_600_000_000;
/** Anything that JSON can hold, as what a network may bring: not of the types that it should have. */
const json = fc.json({ maxDepth: 6 }).map((text) => JSON.parse(text));

describe("decide is total", () => {
  test("any JSON for ruleset, context and inputs gives a valid decision that uses no AI", () => {
    fc.assert(
      fc.property(json, fc.string(), json, json, (ruleset, feature, context, inputs) => {
        const result = decide(ruleset, feature, context, inputs);
        decision.parse(result);
        expect(result.serve).toBe("fallback");
        expect(result.because.map((reason) => reason.code)).toEqual(["unreadable-ruleset"]);
      }),
    );
  });

  test("a feature named like a property of every object is not known", () => {
    const ruleset = JSON.parse(
      '{"schemaVersion":1,"epoch":"e","version":1,"features":{},"controls":{},"releases":{},"attributes":{},"filters":{},"cohorts":{},"approvedReroutes":[]}',
    );
    for (const key of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
      const result = decide(ruleset, key, {}, { now: NOW, requestId: "r" });
      expect(result.because).toMatchObject([{ code: "unknown-feature" }]);
    }
  });
});
