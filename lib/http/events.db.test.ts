import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { POST } from "#app/api/v1/events/route.ts";
import { aDecision, aSignal } from "#lib/telemetry/contract.ts";
import { call } from "./testing/api-calls.ts";
import { apiEnvironment } from "./testing/api-environment.ts";

const api = await apiEnvironment();
const { token } = await api.makeKey("server");
await api.publish();
const { pool, db } = api.database;

const sent = (about: object = {}) => {
  const { source: _, ...event } = aDecision(Date.now());
  return { ...event, ...about };
};
const post = async (body: unknown) => {
  const response = await call(POST, token, { body });
  return { status: response.status, body: await response.json() };
};
const gzip = (body: unknown) => new Uint8Array(gzipSync(JSON.stringify(body)));
const packed = { "content-encoding": "gzip" };

test("a batch is stored once, however often it is sent, also packed", async () => {
  const batch = [sent(), sent(), sent()];
  expect(await post(batch)).toEqual({ status: 202, body: { accepted: 3, duplicates: 0, rejected: [] } });
  const again = await call(POST, token, { raw: gzip([...batch, sent()]), headers: packed });
  expect(await again.json()).toEqual({ accepted: 1, duplicates: 3, rejected: [] });
  const { rows } = await pool.query("select count(*)::int as n from telemetry.decision where id = any($1)", [
    batch.map(({ id }) => id),
  ]);
  expect(rows[0].n).toBe(3);
});

test("bad events are named by index in plain words and cost nobody else", async () => {
  const old = aDecision(Date.now() - 8 * 86_400_000);
  const ahead = aDecision(Date.now() + 2 * 86_400_000);
  const { status, body } = await post([
    sent(),
    { type: "decision" },
    "nonsense",
    sent({ id: old.id }),
    sent({ id: ahead.id }),
    sent({ userHash: "someone@example.com" }),
    sent({ instance: "half \ud83d a character" }),
    aSignal(Date.now(), { kind: "edited" }),
    sent(),
  ]);
  expect(status).toBe(202);
  expect(body.accepted).toBe(2);
  expect(body.rejected.map(({ index, code }: { index: number; code: string }) => [index, code])).toEqual([
    [1, "invalid-event"],
    [2, "invalid-event"],
    [3, "too-late"],
    [4, "clock-ahead"],
    [5, "invalid-event"],
    [6, "unstorable-text"],
    [7, "belongs-nowhere"],
  ]);
  expect(JSON.stringify(body)).not.toContain("someone@example.com");
});

test("too many, too large, a gzip bomb, not JSON, not an array: refused as what they are", async () => {
  expect((await post(Array.from({ length: 1001 }, () => ({})))).status).toBe(413);
  expect((await post([sent({ task: "x".repeat(1_100_000) })])).status).toBe(413);
  const bomb = new Uint8Array(gzipSync(Buffer.alloc(200_000_000, " ")));
  expect(bomb.byteLength).toBeLessThan(1_000_000);
  expect((await call(POST, token, { raw: bomb, headers: packed })).status).toBe(413);
  expect((await call(POST, token, { raw: new Uint8Array([1, 2, 3]), headers: packed })).status).toBe(400);
  expect((await call(POST, token, { raw: new TextEncoder().encode("{") })).status).toBe(400);
  expect((await post({ type: "decision" })).status).toBe(400);
});

test("the first AI answer of a person is an exposure, a fallback is not", async () => {
  const [user, other] = ["1".repeat(32), "2".repeat(32)];
  await post([sent({ userHash: user }), sent({ userHash: user }), sent({ userHash: other, served: "template" })]);
  const exposures = await db.exposure.findMany({ where: { environmentId: api.id, userHash: { in: [user, other] } } });
  expect(exposures.map(({ userHash, featureKey, release }) => [userHash, featureKey, release])).toEqual([
    [user, "reply-assistant", "r-1"],
  ]);
});

test("who acted is stored as a pseudonym, what acted as it is", async () => {
  const signals = [
    aSignal(Date.now(), { feature: "f", actor: "agent-4711" }),
    aSignal(Date.now(), { feature: "f", actor: "judge" }),
  ];
  await post(signals);
  const { rows } = await pool.query("select actor from telemetry.signal where feature = 'f' order by id", []);
  expect(rows.map(({ actor }) => actor).toSorted()).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), "judge"]);
});
