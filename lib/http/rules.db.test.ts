import { createHash, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { GET as getBlob } from "#app/api/v1/blobs/[sha256]/route.ts";
import { GET as getRuleset } from "#app/api/v1/ruleset/route.ts";
import { rulesetWhole } from "#lib/core/delivery/wire.ts";
import { problemBody } from "./problem.ts";
import { call } from "./testing/api-calls.ts";
import { apiEnvironment, BILLING_OFF } from "./testing/api-environment.ts";

const api = await apiEnvironment();
const { token } = await api.makeKey("server");
const first = await api.publish();

test("the ruleset comes whole, named by its entity tag", async () => {
  const response = await call(getRuleset, token);
  expect(response.status).toBe(200);
  expect(response.headers.get("etag")).toBe(`"${first.epoch}.${first.version}"`);
  const whole = rulesetWhole.parse(await response.json());
  expect(whole.ruleset).toEqual(JSON.parse(JSON.stringify(first)));
});

test("whoever names it gets 304; after a publication the new one, at once", async () => {
  const headers = { "if-none-match": `W/"other", "${first.epoch}.${first.version}"` };
  const same = await call(getRuleset, token, { headers });
  expect([same.status, await same.text()]).toEqual([304, ""]);
  const next = await api.publish({ c: BILLING_OFF }, { notify: false });
  const fresh = await call(getRuleset, token, { headers });
  expect([fresh.status, fresh.headers.get("etag")]).toEqual([200, `"${next.epoch}.${next.version}"`]);
});

test("a blob that the rules name is given out for ever, any other not at all", async () => {
  const bytes = new TextEncoder().encode("a prompt");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await api.database.db.blob.create({ data: { sha256, mediaType: "text/plain", bytes } });
  const unnamed = await call(getBlob, token, { params: { sha256 } });
  expect(unnamed.status).toBe(404);
  const named = "0".repeat(64);
  await api.database.db.blob.create({ data: { sha256: named, mediaType: "application/json", bytes } });
  const response = await call(getBlob, token, { params: { sha256: named } });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("a prompt");
  expect(response.headers.get("cache-control")).toContain("immutable");
  const again = await call(getBlob, token, { params: { sha256: named }, headers: { "if-none-match": `"${named}"` } });
  expect(again.status).toBe(304);
  expect((await call(getBlob, token, { params: { sha256: "../../etc" } })).status).toBe(404);
});

test("without a key that holds and fits, nothing is said but why", async () => {
  const client = await api.makeKey("client", { origins: ["https://shop.example"] });
  const revoked = await api.makeKey("server");
  await api.revokeKey(revoked.id, { notify: false });
  for (const [key, status, code] of [
    [null, 401, "unauthenticated"],
    [`ek_production_${randomUUID()}`, 401, "unauthenticated"],
    [revoked.token, 401, "unauthenticated"],
    [client.token, 403, "forbidden"],
  ] as const) {
    const response = await call(getRuleset, key, { headers: { "x-request-id": "known-to-me-1" } });
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    const body = problemBody.parse(await response.json());
    expect([response.status, body.status, body.code, body.requestId]).toEqual([status, status, code, "known-to-me-1"]);
    expect(JSON.stringify(body)).not.toContain("ek_production");
  }
});

test("an address that guesses keys is slowed, a key that holds is not", async () => {
  const headers = { "x-forwarded-for": "203.0.113.9" };
  const guess = () => call(getRuleset, `ek_production_${randomUUID()}`, { headers });
  const answers = await Promise.all(Array.from({ length: 101 }, guess));
  const slowed = answers.filter((answer) => answer.status === 429);
  expect(slowed).toHaveLength(1);
  expect(Number(slowed[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await call(getRuleset, token, { headers })).status).toBe(200);
});

test("whoever holds a revoked key always hears so, however many ask: it is what makes their rules stale", async () => {
  const doomed = await api.makeKey("server");
  await api.revokeKey(doomed.id);
  const headers = { "x-forwarded-for": "198.51.100.8" };
  const ask = () => call(getRuleset, doomed.token, { headers });
  const answers = await Promise.all(Array.from({ length: 120 }, ask));
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([401]));
});
