import { afterEach, expect, test, vi } from "vitest";
import {
  actOfKept,
  FRESH_MS,
  forgetKeptStop,
  type KeptStop,
  keepStop,
  readKeptStop,
  whatToDoWithKept,
} from "./kept-stop.ts";

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

afterEach(() => vi.unstubAllGlobals());

test("a stop is kept in this tab, until it is forgotten", () => {
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    setItem: (key: string, value: string) => kept.set(key, value),
    getItem: (key: string) => kept.get(key) ?? null,
    removeItem: (key: string) => kept.delete(key),
  });
  expect(keepStop(stop)).toBe(true);
  expect(readKeptStop()).toEqual(stop);
  forgetKeptStop();
  expect(readKeptStop()).toBeNull();
});

test("where the browser keeps nothing it says so, and nothing is thrown into the click", () => {
  const forbidden = () => {
    throw new DOMException("The operation is insecure.", "SecurityError");
  };
  vi.stubGlobal("sessionStorage", { setItem: forbidden, getItem: forbidden, removeItem: forbidden });
  expect(keepStop(stop)).toBe(false);
  expect(readKeptStop()).toBeNull();
  expect(forgetKeptStop).not.toThrow();
});
