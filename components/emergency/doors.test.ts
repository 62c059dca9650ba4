import { expect, test } from "vitest";
import { readReply, waitBeforeRetry } from "./doors.ts";

test("an answer with the control is done", () => {
  const outcome = { control: { id: "c" }, proof: { controlId: "c" } };
  expect(readReply(200, outcome)).toEqual({ kind: "done", outcome });
});

test.each([500, 502, 503, 504, 429, 408])("%i is tried again: a stop is never given up for it", (status) => {
  expect(readReply(status, null).kind).toBe("away");
});

test("200 without a control (a proxy's own page) is not taken for a stop", () => {
  expect(readReply(200, null).kind).toBe("away");
  expect(readReply(200, "<html>").kind).toBe("away");
});

test("401 asks to sign in", () => {
  expect(readReply(401, { detail: "…" }).kind).toBe("signed-out");
});

test("a refusal keeps the words for people and the request id", () => {
  const problem = { detail: "A product manager or a reviewer could lift it.", requestId: "r-1" };
  expect(readReply(403, problem)).toEqual({ kind: "refused", detail: problem.detail, requestId: "r-1" });
  expect(readReply(409, null)).toMatchObject({ kind: "refused", requestId: null });
});

test("waits grow and stay short", () => {
  expect([1, 2, 3, 4, 5, 50].map(waitBeforeRetry)).toEqual([500, 1000, 2000, 4000, 5000, 5000]);
});
