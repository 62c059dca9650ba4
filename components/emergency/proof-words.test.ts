import { expect, test } from "vitest";
import type { ProofView } from "#lib/services/controls/schema.ts";
import { countSentence, duration, headline, proofDetail } from "./proof-words.ts";

function proof(part: Partial<ProofView>): ProofView {
  return {
    controlId: "c",
    confirmed: 2,
    of: 3,
    state: "pending",
    tookMs: null,
    waitingFor: [{ id: "i", name: "support-desk on web-2" }],
    notHeardFrom: [],
    olderDecisions: 0,
    ...part,
  };
}

test("the count has its fixed words", () => {
  expect(countSentence(proof({}))).toBe("2 of 3 confirmed");
});

test("a stop is called stopped only when it is proved", () => {
  expect(headline(true, "scenario", undefined)).toBe("Stopping…");
  expect(headline(true, "scenario", proof({}))).toBe("Stopping…");
  expect(headline(true, "scenario", proof({ state: "proved" }))).toBe("Stopped");
  expect(headline(true, "review", proof({ state: "proved" }))).toBe("In force");
  expect(headline(false, "scenario", proof({}))).toBe("Lifting…");
});

test("nobody running is a state of its own, in words", () => {
  expect(proofDetail(proof({ state: "nobody", of: 0, confirmed: 0 }))).toMatch(/^No running server/);
});

test("answers under older rules hold the proof back and are counted", () => {
  expect(proofDetail(proof({ waitingFor: [], olderDecisions: 1 }))).toBe(
    "1 answer was still given under the older rules",
  );
});

test.each([
  [12, "0.1 s"],
  [412, "0.4 s"],
  [12_400, "12 s"],
  [185_000, "3 min"],
])("%i ms reads %s", (ms, words) => {
  expect(duration(ms)).toBe(words);
});
