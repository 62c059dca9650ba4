import { NextRequest } from "next/server";
import { encode } from "next-auth/jwt";
import { Client } from "pg";
import { beforeAll, expect, test, vi } from "vitest";
import { GET as openDoor } from "#app/api/console/evidence/route.ts";
import { GET as askSize } from "#app/api/console/evidence/size/route.ts";
import { GET as openApi } from "#app/api/v1/evidence/route.ts";
import { endSession, startSession } from "#lib/auth/sessions.ts";
import { getFiguresPool, getPool } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { aDecision, aSignal } from "#lib/telemetry/contract.ts";
import { postgresSink } from "#lib/telemetry/postgres/sink.ts";
import { createPerson, createServingFeature } from "#lib/testing/factories.ts";
import { apiEnvironment } from "./testing/api-environment.ts";

const api = await apiEnvironment();
const { db } = api.database;
const reader = await api.makeKey("read");
const HOST = "console.test:3000";
const FEATURE = "reply-assistant";
const start = Date.now() - 3_600_000;
const span = { feature: FEATURE, from: new Date(start).toISOString(), to: new Date(start + 1_800_000).toISOString() };
/** More than the store hands over at a time, so that reading takes several turns. */
const MANY = 2500;

beforeAll(async () => {
  await createServingFeature(db, api.id, FEATURE);
  const events = Array.from({ length: MANY }, (_, n) => aDecision(start + n, { feature: FEATURE }));
  const hurt = events.slice(0, 3).map(({ id }) => aSignal(start + MANY, { decisionId: id, kind: "thumbs-down" }));
  await postgresSink(getPool()).append(api.id, [...events, ...hurt]);
});

const query = (more: Record<string, string> = {}) => new URLSearchParams({ ...span, ...more });

function byKey(token: string, more?: Record<string, string>, signal?: AbortSignal): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` };
  return openApi(new Request(`http://${HOST}/api/v1/evidence?${query(more)}`, { headers, signal }));
}

/** A support lead's browser. */
async function browser() {
  const person = await createPerson(db);
  await db.roleGrant.create({
    data: { personId: person.id, role: "operator", grantedAt: new Date(0), grantedBy: "test" },
  });
  const sessionId = await startSession(db, person, "test", new Date());
  const cookie = `evenkeel.session=${await encode({ token: { sessionId }, secret: env.EVENKEEL_SECRET ?? "" })}`;
  const get = (path: string, more: Record<string, string> = {}, signal?: AbortSignal) =>
    new NextRequest(`http://${HOST}${path}?${query({ environment: "production", ...more })}`, {
      headers: { host: HOST, cookie },
      signal,
    });
  return { sessionId, get };
}

const rowsOf = (text: string) => text.trimEnd().split("\n").length;

test("a read key gets a file that says how much is in it", async () => {
  const answer = await byKey(reader.token);
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "text/csv; charset=utf-8; header=present",
    "content-disposition": expect.stringMatching(
      /^attachment; filename="evenkeel-production-reply-assistant-.*\.csv"$/,
    ),
    "cache-control": "no-store",
    "evenkeel-decisions": String(MANY),
    "evenkeel-unnamed": String(MANY),
    "evenkeel-people": "0",
    "evenkeel-harm-without-decision": "0",
  });
  expect(rowsOf(await answer.text())).toBe(MANY + 1);
  const lines = await byKey(reader.token, { format: "jsonl" });
  expect(rowsOf(await lines.text())).toBe(MANY);
});

test("only the answers with a sign of harm are asked for by name; a link that names none means every one", async () => {
  const hurt = await byKey(reader.token, { answers: "harmed" });
  expect([hurt.headers.get("evenkeel-decisions"), rowsOf(await hurt.text())]).toEqual(["3", 4]);
  const every = await byKey(reader.token, { answers: "every", format: "jsonl" });
  expect(rowsOf(await every.text())).toBe(MANY);
  expect((await byKey(reader.token, { answers: "some" })).status).toBe(400);
});

test("other keys, other sites' sessions and nonsense get problems", async () => {
  const server = await api.makeKey("server");
  expect((await byKey(server.token)).status).toBe(403);
  expect((await byKey("ek_production_guess")).status).toBe(401);
  expect((await byKey(reader.token, { from: "yesterday" })).status).toBe(400);
  expect((await byKey(reader.token, { to: span.from })).status).toBe(400);
  expect((await byKey(reader.token, { feature: "none" })).status).toBe(404);
  const long = { from: "2020-01-01T00:00:00Z", to: "2020-01-02T00:00:00Z" };
  const gone = await byKey(reader.token, long);
  expect([gone.status, (await gone.json()).detail]).toEqual([412, expect.stringMatching(/they begin on/)]);
});

test("the console asks how much first, then reads; without a session neither", async () => {
  const { get } = await browser();
  const size = await askSize(get("/api/console/evidence/size"));
  expect([size.status, await size.json()]).toMatchObject([200, { decisions: MANY, people: 0 }]);
  const harmed = await askSize(get("/api/console/evidence/size", { answers: "harmed" }));
  expect(await harmed.json()).toMatchObject({ decisions: 3, people: 0, exact: true });
  const answer = await openDoor(get("/api/console/evidence", { format: "csv" }));
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(rowsOf(await answer.text())).toBe(MANY + 1);
  const stranger = new NextRequest(
    `http://${HOST}/api/console/evidence?${query({ environment: "production", format: "csv" })}`,
  );
  expect((await openDoor(stranger)).status).toBe(401);
});

test("a session or a key that ends takes the export that is under way with it", async () => {
  const { get, sessionId } = await browser();
  const answer = await openDoor(get("/api/console/evidence", { format: "jsonl" }));
  const body = answer.body?.getReader();
  await body?.read();
  const signedOut = new Date();
  await endSession(db, sessionId, signedOut);
  await expect(body?.read()).rejects.toThrow(/not signed in/);
  const told = () => db.auditEntry.findFirst({ where: { action: "telemetry.export" }, orderBy: { seq: "desc" } });
  await vi.waitFor(async () =>
    expect((await told())?.sentence).toMatch(/broken off: at most 1,000 of 2,500 answers had been sent\.$/),
  );
  expect((await told())?.at.getTime()).toBeGreaterThanOrEqual(signedOut.getTime());
  const second = await api.makeKey("read");
  const reading = (await byKey(second.token, { format: "jsonl" })).body?.getReader();
  await reading?.read();
  await api.revokeKey(second.id);
  // Known to this process a moment later; a question that holds no place tells when.
  const nonsense = { from: "yesterday" };
  await vi.waitFor(async () => expect((await byKey(second.token, nonsense)).status).toBe(401), { timeout: 10_000 });
  await expect(reading?.read()).rejects.toThrow(/revoked/);
});

test("counts wait for each other and for exports, leave a connection to the figures, and end with whoever asked", async () => {
  const { get } = await browser();
  const owner = new Client({ connectionString: api.database.ownerUrl });
  await owner.connect();
  await owner.query("begin; lock table telemetry.decision in access exclusive mode");
  const leaving = new AbortController();
  const ask = (signal?: AbortSignal) => askSize(get("/api/console/evidence/size", {}, signal));
  const asked = [1, 2, 3, 4, 5].map(() => ask());
  const held = "select from pg_stat_activity where application_name = 'evenkeel figures' and wait_event_type = 'Lock'";
  const waiting = async () => (await api.database.pool.query(held)).rowCount;
  await expect.poll(waiting, { timeout: 10_000 }).toBe(3);
  const left = ask(leaving.signal);
  leaving.abort();
  expect((await left).status).toBe(503);
  expect((await getFiguresPool().query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  expect(await waiting()).toBe(3);
  await owner.query("rollback");
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  await owner.end();
});

test("few are read at a time, and whoever leaves makes room", async () => {
  const leaving = new AbortController();
  const open = [await byKey(reader.token, {}, leaving.signal), await byKey(reader.token), await byKey(reader.token)];
  const refused = await byKey(reader.token);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "15"]);
  leaving.abort();
  await expect(open[0]?.text()).rejects.toThrow();
  const next = await byKey(reader.token);
  expect(next.status).toBe(200);
  await Promise.all([...open.slice(1), next].map((answer) => answer.body?.cancel()));
  const after = await byKey(reader.token);
  expect(rowsOf(await after.text())).toBe(MANY + 1);
});
