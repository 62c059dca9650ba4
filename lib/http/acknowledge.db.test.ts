import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { POST } from "#app/api/v1/acknowledgements/route.ts";
import { GET } from "#app/api/v1/stream/route.ts";
import { type Acknowledgement, heartbeat } from "#lib/core/delivery/wire.ts";
import { call } from "./testing/api-calls.ts";
import { apiEnvironment } from "./testing/api-environment.ts";
import { StreamReader } from "./testing/stream-reader.ts";

const api = await apiEnvironment();
const key = await api.makeKey("server");
const ruleset = await api.publish();
const { epoch, version } = ruleset;
const reader = new StreamReader((await call(GET, key.token)).body);
const { connection } = heartbeat.parse(JSON.parse((await reader.next("heartbeat"))?.data ?? "null"));
afterAll(() => reader.cancel());

const anAcknowledgement = (about: Partial<Acknowledgement> = {}): Acknowledgement => ({
  instance: randomUUID(),
  app: "support-desk",
  name: "support-desk on web-1 (pid 1)",
  sdk: "0.1.0",
  connection,
  ruleset: { epoch, version },
  appliedAt: Date.now(),
  features: { "reply-assistant": Date.now() },
  dropped: { decisions: 0, signals: 0 },
  closing: false,
  ...about,
});
const rows = (id: string) => api.database.db.instance.findMany({ where: { id } });

test("an instance that acknowledges is known with the ruleset it follows", async () => {
  const body = anAcknowledgement();
  expect((await call(POST, key.token, { body })).status).toBe(204);
  const [row] = await rows(body.instance);
  expect(row).toMatchObject({ app: "support-desk", epoch, version, connection, apiKeyId: key.id, closedAt: null });
});

test("many at once are all written", async () => {
  const bodies = Array.from({ length: 50 }, () => anAcknowledgement());
  const answers = await Promise.all(bodies.map((body) => call(POST, key.token, { body })));
  expect(answers.every((answer) => answer.status === 204)).toBe(true);
  const found = await api.database.db.instance.count({ where: { id: { in: bodies.map((body) => body.instance) } } });
  expect(found).toBe(50);
});

test("an instance that names itself in capitals is the one it was, also at the same moment, and costs the others nothing", async () => {
  const [body, other] = [anAcknowledgement(), anAcknowledgement()];
  const inCapitals = {
    ...body,
    instance: body.instance.toUpperCase(),
    ruleset: { epoch: epoch.toUpperCase(), version },
  };
  const answers = await Promise.all([body, inCapitals, other].map((each) => call(POST, key.token, { body: each })));
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
  expect([await rows(body.instance), await rows(other.instance)].flat()).toMatchObject([{ epoch }, { epoch }]);
});

test("while polling there is no connection to name", async () => {
  const body = anAcknowledgement({ connection: null });
  expect((await call(POST, key.token, { body })).status).toBe(204);
});

test("another key's connection, or an invented one, is refused and nothing is written", async () => {
  const other = await api.makeKey("server");
  const body = anAcknowledgement();
  expect((await call(POST, other.token, { body })).status).toBe(403);
  const [replica, , seal] = connection.split(".");
  const invented = anAcknowledgement({ connection: `${replica}.${randomUUID()}.${seal}` });
  expect((await call(POST, key.token, { body: invented })).status).toBe(403);
  expect(await rows(body.instance)).toEqual([]);
  expect(await rows(invented.instance)).toEqual([]);
});

test("a connection that was closed proves nothing any more, but a last word is taken", async () => {
  const short = new StreamReader((await call(GET, key.token)).body);
  const gone = heartbeat.parse(JSON.parse((await short.next("heartbeat"))?.data ?? "null")).connection;
  await short.cancel();
  expect((await call(POST, key.token, { body: anAcknowledgement({ connection: gone }) })).status).toBe(409);
  const last = anAcknowledgement({ connection: gone, closing: true });
  expect((await call(POST, key.token, { body: last })).status).toBe(204);
  expect((await rows(last.instance))[0]?.closedAt).not.toBeNull();
});

test("a revoked key confirms nothing", async () => {
  const doomed = await api.makeKey("server");
  await api.revokeKey(doomed.id);
  const body = anAcknowledgement({ connection: null });
  expect((await call(POST, doomed.token, { body })).status).toBe(401);
  expect(await rows(body.instance)).toEqual([]);
});

test("a body of another shape says which field, not what was in it", async () => {
  const response = await call(POST, key.token, { body: { ...anAcknowledgement(), app: "" } });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: "invalid-input", detail: expect.stringContaining("app") });
});
