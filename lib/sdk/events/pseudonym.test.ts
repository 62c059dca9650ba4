import fc from "fast-check";
import { expect, it } from "vitest";
import { hashUser } from "../../core/decision/user-hash.ts";
import { emptyRuleset } from "../../core/delivery/testing/ruleset-samples.ts";
import { pseudonym } from "./pseudonym.ts";

it("is the pseudonym that decisions are made with", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.base64String({ minLength: 4 }), (id, userHashKey) => {
      expect(pseudonym({ ...emptyRuleset, userHashKey }, id)).toBe(hashUser(userHashKey, id));
    }),
    { numRuns: 50 },
  );
});

it("is nothing without a key, so that a raw id never takes its place", () => {
  expect(pseudonym(null, "user-1")).toBeNull();
  expect(pseudonym({ ...emptyRuleset, userHashKey: "" }, "user-1")).toBeNull();
});
