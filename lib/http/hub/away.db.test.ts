import { afterAll, expect, test, vi } from "vitest";
import { POST } from "#app/api/v1/events/route.ts";
import { GET } from "#app/api/v1/ruleset/route.ts";
import { createDb } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { readiness } from "../readiness.ts";
import { call } from "../testing/api-calls.ts";
import { apiEnvironment } from "../testing/api-environment.ts";
import { databaseProxy } from "../testing/database-proxy.ts";
import { StreamReader } from "../testing/stream-reader.ts";
import { Hub } from "./hub.ts";

const api = await apiEnvironment();
const { token, id: keyId } = await api.makeKey("server");
await api.publish();
const way = await databaseProxy(api.database.ownerUrl);
const appUrl = way.through(api.database.appUrl);
setEnv({ DATABASE_URL: appUrl, DATABASE_DIRECT_URL: way.through(api.database.ownerUrl) });
const db = createDb(appUrl);
afterAll(() => db.$disconnect());

test("while the database is away nothing claims that old rules are the newest, and everybody is told to come back", async () => {
  const pace = { readMs: 50, heartbeatMs: 100, answerMs: 1500 };
  const hub = new Hub({ db, listenUrl: way.through(api.database.ownerUrl), secret: "s", pace });
  const client = await hub.open(api.id, keyId, null);
  const reader = new StreamReader(client.stream);
  await reader.next("heartbeat");
  await vi.waitFor(() => expect(hub.state.listening).toBe(true), { timeout: 10_000 });

  await way.cut();
  await vi.waitFor(() => expect(hub.state.readAgoMs).toBeGreaterThan(pace.readMs + pace.answerMs), { timeout: 10_000 });
  const until = Date.now();
  expect(client.open).toBe(true);
  const events = await call(POST, token, { body: [] });
  const ruleset = await call(GET, token);
  for (const answer of [events, ruleset]) {
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await answer.json()).detail).not.toMatch(/prisma|postgres:|select/i);
  }
  expect(await readiness()).toMatchObject({ ready: false, checks: { database: false } });

  await way.mend();
  let newest = 0;
  while (newest <= until) newest = JSON.parse((await reader.next("heartbeat"))?.data ?? "null").serverTime;
  await vi.waitFor(() => expect(hub.state.listening).toBe(true), { timeout: 10_000 });
  await reader.cancel();
  await hub.close();
});
