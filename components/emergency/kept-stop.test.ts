import { expect, test } from "vitest";
import { actOfKept, FRESH_MS, type KeptStop, whatToDoWithKept } from "./kept-stop.ts";

const stop: KeptStop = {
  input: {
    environment: "production",
    template: "scenario.stop",
    params: { feature: "reply-assistant", scenario: "billing" },
    expiresAt: null,
    reason: null,
    idempotencyKey: "0199a1de-0000-7000-8000-000000000000",
  },
  words: {
    switchKey: "scenario.stop:billing",
    layer: "scenario",
    sentence: "Disable AI replies for billing cases",
    again: null,
  },
  by: "lead@example.com",
  at: 1_000_000,
};

test("the same person's stop is carried out after sign-in", () => {
  expect(whatToDoWithKept(stop, { email: "lead@example.com" }, stop.at + FRESH_MS)).toBe("carry-out");
});

test("nobody's stop is placed in another person's name, nor long after the click", () => {
  expect(whatToDoWithKept(stop, { email: "pm@example.com" }, stop.at + 1000)).toBe("offer");
  expect(whatToDoWithKept(stop, { email: "lead@example.com" }, stop.at + FRESH_MS + 1)).toBe("offer");
  expect(whatToDoWithKept(stop, { email: "lead@example.com" }, stop.at - 1)).toBe("offer");
});

test("carried out, it keeps its idempotency key, so that a click that had arrived is not placed twice", () => {
  expect(actOfKept(stop).errand).toMatchObject({ door: "stop", body: { idempotencyKey: stop.input.idempotencyKey } });
});
