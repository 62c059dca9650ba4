import { expect, test, vi } from "vitest";
import { POST as postFlag } from "#app/api/ofrep/v1/evaluate/flags/[key]/route.ts";
import { OPTIONS, POST as postBulk } from "#app/api/ofrep/v1/evaluate/flags/route.ts";
import { getHub } from "../hub/get-hub.ts";
import { call } from "../testing/api-calls.ts";
import { apiEnvironment, BILLING_OFF } from "../testing/api-environment.ts";

const api = await apiEnvironment();
const server = await api.makeKey("server");
const shop = { origin: "https://shop.example" };
const client = await api.makeKey("client", { origins: [shop.origin] });
await api.publish({ c: BILLING_OFF });

const context = { targetingKey: "user-1", scenarios: ["billing"], country: "DE" };
const flag = (key: string, body: unknown = { context }, token = server.token, headers = {}) =>
  call(postFlag, token, { body, params: { key }, headers });

test("a flag is a feature, its value the decision", async () => {
  const answer = await (await flag("reply-assistant")).json();
  expect(answer).toMatchObject({ key: "reply-assistant", reason: "TARGETING_MATCH", variant: "fallback" });
  expect(answer.value).toMatchObject({ feature: "reply-assistant", serve: "fallback", because: [{ controlId: "c" }] });
  expect(answer.metadata.fallbackText).toBe("We received your question about your bill.");
});

test("a field of a feature is a flag of one type", async () => {
  const value = async (key: string) => (await (await flag(key)).json()).value;
  expect(await value("reply-assistant.serve")).toBe("fallback");
  expect(await value("reply-assistant.reviewBelow")).toBe(0);
  expect(await value("reply-assistant.stream")).toBeTypeOf("boolean");
  expect(await value("reply-assistant.fallback")).toMatchObject({ rung: "template" });
});

test("errors have the protocol's shape and codes", async () => {
  for (const [answer, status, errorCode] of [
    [await flag("unknown"), 404, "FLAG_NOT_FOUND"],
    [await flag("reply-assistant.nothing"), 404, "FLAG_NOT_FOUND"],
    [await flag("reply-assistant", { context: "none" }), 400, "INVALID_CONTEXT"],
    [await flag("reply-assistant", {}), 400, "INVALID_CONTEXT"],
    [
      await call(postFlag, server.token, { raw: new TextEncoder().encode("{"), params: { key: "reply-assistant" } }),
      400,
      "PARSE_ERROR",
    ],
  ] as const) {
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toContain("application/json");
    const body = await answer.json();
    expect(body).toMatchObject({ errorCode, errorDetails: expect.any(String) });
    expect(body.key).toBeTypeOf("string");
  }
  const unknownKey = await flag("reply-assistant", { context }, "ek_production_nothing");
  expect([unknownKey.status, await unknownKey.json()]).toEqual([
    401,
    { key: "reply-assistant", errorDetails: expect.any(String) },
  ]);
});

test("all flags come with a tag, which holds until something changes for this context", async () => {
  const bulk = (headers = {}, asked: object = context) =>
    call(postBulk, server.token, { body: { context: asked }, headers });
  const first = await bulk();
  const etag = first.headers.get("etag") ?? "";
  const { flags } = await first.json();
  expect(flags.map(({ key }: { key: string }) => key)).toEqual(
    expect.arrayContaining(["reply-assistant", "reply-assistant.serve"]),
  );
  expect((await bulk({ "if-none-match": etag })).status).toBe(304);
  expect((await bulk({ "if-none-match": etag }, { ...context, scenarios: ["shipping"] })).status).toBe(200);
});

test("a client key sees serve, mode, review, fallback and notices, and nothing secret in any form", async () => {
  const single = await flag("reply-assistant", { context }, client.token, shop);
  const all = await call(postBulk, client.token, { body: { context }, headers: shop });
  const answer = await single.json();
  expect(Object.keys(answer.value).sort()).toEqual(["fallback", "mode", "notices", "reviewBelow", "serve"]);
  for (const text of [JSON.stringify(answer), JSON.stringify(await all.json())]) {
    for (const secret of [
      "x-large",
      "r-current",
      "because",
      "controlId",
      "Disable AI",
      "ruleset",
      "release",
      "chain",
      "TARGETING",
    ]) {
      expect(text).not.toContain(secret);
    }
  }
  for (const field of ["because", "release", "arm", "chain", "ruleset", "sample"]) {
    expect((await flag(`reply-assistant.${field}`, { context }, client.token, shop)).status).toBe(404);
  }
});

test("a browser may read it from the key's origins only", async () => {
  const allowed = await flag("reply-assistant", { context }, client.token, shop);
  expect(allowed.headers.get("access-control-allow-origin")).toBe(shop.origin);
  const elsewhere = await flag("reply-assistant", { context }, client.token, { origin: "https://evil.example" });
  expect([elsewhere.status, elsewhere.headers.get("access-control-allow-origin")]).toEqual([403, null]);
  expect((await flag("reply-assistant", { context }, client.token)).status).toBe(403);
  const server2 = await flag("reply-assistant", { context }, server.token, shop);
  expect(server2.headers.get("access-control-allow-origin")).toBeNull();
  const asked = OPTIONS(new Request("http://console.test", { method: "OPTIONS", headers: shop }));
  expect([asked.status, asked.headers.get("access-control-allow-headers")]).toEqual([
    204,
    expect.stringContaining("authorization"),
  ]);
});

test("a server that has not read the database for long answers as with rules that are too old", async () => {
  const shipping = { context: { ...context, scenarios: [] } };
  const before = await (await flag("reply-assistant", shipping)).json();
  expect(before.value).toMatchObject({ serve: "ai", mode: "autonomous" });
  const state = vi.spyOn(getHub(), "state", "get");
  state.mockReturnValue({ listening: false, readAgoMs: 16 * 60_000, streams: 0 });
  const cutOff = await (await flag("reply-assistant", shipping)).json();
  state.mockRestore();
  expect(cutOff.value).toMatchObject({ mode: "suggestion", reviewBelow: 1, because: [{ code: "stale" }] });
});
