import { expect, test } from "vitest";
import type { ProofView } from "#lib/services/controls/schema.ts";
import { pollInterval } from "./live-answer.ts";

function proof(controlId: string, state: ProofView["state"]): ProofView {
  return { controlId, state, confirmed: 0, of: 3, tookMs: null, waitingFor: [], notHeardFrom: [], olderDecisions: 0 };
}

test("a pending proof, or one not yet heard of, is asked for quickly", () => {
  expect(pollInterval(["a"], [])).toBe(300);
  expect(pollInterval(["a", "b"], [proof("a", "proved"), proof("b", "pending")])).toBe(300);
});

test("once everything watched is settled the pace is calm", () => {
  expect(pollInterval([], [proof("b", "pending")])).toBe(1000);
  expect(pollInterval(["a"], [proof("a", "proved")])).toBe(1000);
  expect(pollInterval(["a"], [proof("a", "nobody")])).toBe(1000);
});
