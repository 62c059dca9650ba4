import { describe, expect, test } from "vitest";
import { METRICS } from "./definitions.ts";
import { defined } from "./testing/defined.ts";
import { sayMissing } from "./to-send.ts";

describe("what has to be sent", () => {
  test.each([
    ["correction-time", "the product has to send the seconds of edits"],
    ["misleading-rate", "the product has to send audits of answers"],
    ["regenerate-loops", "the product has to send the task of each request"],
    ["quality-score", "the product has to send a judge's scores, thumbs up and down or whether tasks were completed"],
    ["tokens", "the product has to send the tokens of answers"],
    ["manual-path", "no AI answer was given"],
    ["edit-rate", "no AI answer was given"],
    ["error-rate", "no AI answer was given"],
  ])("for %s: %s", (key, words) => expect(sayMissing([defined(key)])).toBe(words));

  test("says of each thing when it will be known, and asks nobody for what is sent", () => {
    const some = ["kept-on", "repeat-usage", "repeated-prompts"].map(defined);
    const later = "what new people do is known 7 days later";
    expect(sayMissing(some)).toBe(
      `the product has to send a pseudonym with each request (${later}) or the task of each request`,
    );
    expect(sayMissing(some, true)).toBe(
      "what new people do is known after 7 days, and the rest once the product sends the task of each request",
    );
  });

  /** What every decision tells by itself. */
  const BY_ITSELF = new Set(["ai", "decisions", "tried"]);

  test("is known of everything that is not divided by answers", () => {
    for (const definition of METRICS) {
      const { formula } = definition;
      const divided = formula.kind === "share" ? formula.denominator : formula.kind === "mean" ? formula.count : [];
      if (formula.kind === "count" || divided.some((measure) => BY_ITSELF.has(measure))) continue;
      expect(sayMissing([definition]), definition.key).toMatch(/^the product has to send ./);
    }
  });
});
