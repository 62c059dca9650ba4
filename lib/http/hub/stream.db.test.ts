import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { GET } from "#app/api/v1/stream/route.ts";
import type { Ruleset } from "#lib/core/decision/ruleset.ts";
import { applyPatch } from "#lib/core/delivery/patch.ts";
import { heartbeat, rulesetPatch, rulesetWhole } from "#lib/core/delivery/wire.ts";
import { closeAll } from "../closers.ts";
import { call } from "../testing/api-calls.ts";
import { apiEnvironment, BILLING_OFF } from "../testing/api-environment.ts";
import { asOwner } from "../testing/as-owner.ts";
import { StreamReader } from "../testing/stream-reader.ts";
import { getHub } from "./get-hub.ts";

const api = await apiEnvironment();
const { token, id: keyId } = await api.makeKey("server");
const first = await api.publish();
const open: StreamReader[] = [];

async function stream(has?: Ruleset, key = token): Promise<StreamReader> {
  const headers = has ? { "last-event-id": `${has.epoch}.${has.version}` } : undefined;
  const response = await call(GET, key, { headers });
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toContain("no-transform");
  const reader = new StreamReader(response.body);
  open.push(reader);
  return reader;
}

async function nextRuleset(reader: StreamReader): Promise<unknown> {
  return JSON.parse((await reader.next("ruleset"))?.data ?? "null");
}

async function until(holds: () => boolean): Promise<void> {
  await vi.waitFor(() => expect(holds()).toBe(true), { timeout: 5000, interval: 10 });
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((reader) => reader.cancel().catch(() => {})));
});

test("a new stream begins with the whole ruleset and a heartbeat that names the connection", async () => {
  const reader = await stream();
  const whole = rulesetWhole.parse(await nextRuleset(reader));
  expect(whole.ruleset).toEqual(JSON.parse(JSON.stringify(first)));
  const beat = heartbeat.parse(JSON.parse((await reader.next("heartbeat"))?.data ?? "null"));
  expect(beat).toMatchObject({ epoch: first.epoch, version: first.version });
  expect(Math.abs(beat.serverTime - Date.now())).toBeLessThan(2000);
  expect(getHub().standingOf(keyId, beat.connection)).toBe("open");
});

test("whoever has the newest ruleset gets only a heartbeat; whoever has a known older one gets a patch that fits", async () => {
  const next = await api.publish({ c: BILLING_OFF });
  const upToDate = await stream(next);
  expect((await upToDate.next())?.event).toBe("heartbeat");
  const behind = await stream(first);
  const patch = rulesetPatch.parse(await nextRuleset(behind));
  expect(patch.from).toEqual({ epoch: first.epoch, version: first.version });
  expect(applyPatch(first, patch)).toEqual(JSON.parse(JSON.stringify(next)));
  const stranger = await stream({ ...first, epoch: randomUUID() });
  expect(await nextRuleset(stranger)).toMatchObject({ kind: "whole" });
});

test("a publication reaches every open stream as the same patch", async () => {
  const readers = [await stream(), await stream(), await stream()];
  for (const reader of readers) await reader.next("heartbeat");
  await until(() => getHub().state.listening);
  const published = await api.publish();
  const events = await Promise.all(readers.map((reader) => reader.next("ruleset")));
  expect(new Set(events.map((event) => event?.data)).size).toBe(1);
  expect(events[0]?.id).toBe(`${published.epoch}.${published.version}`);
  expect(JSON.parse(events[0]?.data ?? "{}")).toMatchObject({ kind: "patch", removed: ["controls/c"] });
});

test("without a notification the one-second read delivers", async () => {
  const reader = await stream();
  await reader.next("heartbeat");
  const started = Date.now();
  const published = await api.publish({ d: BILLING_OFF }, { notify: false });
  expect((await reader.next("ruleset"))?.id).toBe(`${published.epoch}.${published.version}`);
  expect(Date.now() - started).toBeLessThan(1900);
});

test("the hub listens again after its connection was cut", async () => {
  await stream();
  await until(() => getHub().state.listening);
  await asOwner(
    api.database.ownerUrl,
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'evenkeel-hub' and datname = current_database()",
  );
  await until(() => !getHub().state.listening);
  await until(() => getHub().state.listening);
});

test("a new epoch wins although its version is lower", async () => {
  const before = await api.publish();
  const reader = await stream(before);
  await reader.next("heartbeat");
  const restored = await api.publish({}, { epoch: randomUUID() });
  expect(restored.version).toBeLessThan(before.version);
  const event = await nextRuleset(reader);
  expect(applyPatch(before, rulesetPatch.parse(event))?.epoch).toBe(restored.epoch);
  expect(await nextRuleset(await stream())).toMatchObject({ kind: "whole", ruleset: { epoch: restored.epoch } });
});

test("revoking a key ends its streams at once, and only its", async () => {
  const doomed = await api.makeKey("server");
  const [kept, cut, polled] = [await stream(), await stream(undefined, doomed.token), await api.makeKey("server")];
  await until(() => getHub().state.listening);
  await api.revokeKey(doomed.id);
  await cut.ended();
  // Without a notification the read ends them within a second.
  const silent = await stream(undefined, polled.token);
  await api.revokeKey(polled.id, { notify: false });
  await silent.ended();
  const published = await api.publish();
  expect((await kept.next("ruleset"))?.data).toContain("whole");
  expect((await kept.next("ruleset"))?.id).toBe(`${published.epoch}.${published.version}`);
  expect((await call(GET, doomed.token)).status).toBe(401);
});

test("a client that does not read is let go instead of filling the memory", async () => {
  const client = await getHub().open(api.id, keyId, null);
  const long = new Uint8Array(300_000);
  client.send(long);
  client.send(long);
  client.send(long);
  expect(client.open).toBe(true);
  client.send(long);
  client.send(long);
  expect(client.open).toBe(false);
});

test("shutdown ends every stream and says when to come back", async () => {
  const reader = await stream();
  await reader.next("heartbeat");
  await closeAll();
  await reader.ended();
  expect(reader.retries[0]).toBeGreaterThanOrEqual(250);
});
