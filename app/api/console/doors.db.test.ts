import { randomUUID } from "node:crypto";
import { NextRequest } from "next/server";
import { encode } from "next-auth/jwt";
import { afterAll, expect, test } from "vitest";
import { endSession, startSession } from "#lib/auth/sessions.ts";
import type { Role } from "#lib/core/access/actor.ts";
import { closeDb } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { createPerson } from "#lib/testing/factories.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { POST as lift } from "./lift/route.ts";
import { GET as live } from "./live/route.ts";
import { POST as reason } from "./reason/route.ts";
import { POST as stop } from "./stop/route.ts";
import { GET as switches } from "./switches/route.ts";
import { POST as undo } from "./undo/route.ts";

const SECRET = "a secret of at least thirty-two characters";
const HOST = "console.test:3000";
const { db, appUrl } = await testDatabase();
setEnv({ DATABASE_URL: appUrl, EVENKEEL_SECRET: SECRET });
afterAll(closeDb);

/** Somebody who is signed in with that role, as their browser asks: cookie and Origin are there unless taken away. */
async function browser(role: Role) {
  const person = await createPerson(db);
  await db.roleGrant.create({ data: { personId: person.id, role, grantedAt: new Date(0), grantedBy: "test" } });
  const sessionId = await startSession(db, person, "test", new Date());
  const cookie = `evenkeel.session=${await encode({ token: { sessionId }, secret: SECRET })}`;
  const headers = { host: HOST, origin: `http://${HOST}`, cookie, "content-type": "application/json" };
  const request = (path: string, init: { method?: string; body?: string; headers?: Record<string, string> } = {}) =>
    new NextRequest(`http://${HOST}${path}`, { ...init, headers: { ...headers, ...init.headers } });
  const post = (body: unknown, extra: Record<string, string> = {}) =>
    request("/api/console/x", { method: "POST", body: JSON.stringify(body), headers: extra });
  return { person, sessionId, request, post };
}

test("a stop answers with the control and the proof as of now; reason, undo and live follow", async () => {
  const scene = await publishedScene(db);
  const { post, request, person } = await browser("operator");
  const environment = scene.environment.key;
  const answer = await stop(post(scene.stop()));
  expect(answer.status).toBe(200);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const { control, proof } = await answer.json();
  expect(control).toMatchObject({ placedBy: person.name, byMe: true, reason: null, lift: { allowed: true } });
  expect(proof).toMatchObject({ controlId: control.id, state: "nobody" });

  const why = await reason(post({ environment, id: control.id, reason: "It invented a policy." }));
  expect((await why.json()).control.reason).toBe("It invented a policy.");
  const seen = await live(request(`/api/console/live?environment=${environment}&controls=${control.id}`));
  expect(await seen.json()).toMatchObject({ proofs: [{ controlId: control.id }], features: [{ state: "limited" }] });
  const undone = await undo(post({ environment, id: control.id }));
  expect((await undone.json()).control).toMatchObject({ id: control.id, liftedBy: person.name });
});

test("lifting goes through its own door, and switches are offered per feature", async () => {
  const scene = await publishedScene(db);
  const { post, request } = await browser("operator");
  const environment = scene.environment.key;
  const { control } = await (await stop(post(scene.stop()))).json();
  const lifted = await lift(post({ environment, id: control.id }));
  expect((await lifted.json()).control.liftedAt).not.toBeNull();
  const offered = await switches(
    request(`/api/console/switches?environment=${environment}&feature=${scene.feature.key}`),
  );
  expect((await offered.json()).switches.length).toBeGreaterThan(5);
});

test("no session, an ended one, another site, no Origin and nonsense are refused as problems, and nothing is placed", async () => {
  const scene = await publishedScene(db);
  const { post, sessionId } = await browser("operator");
  const tries: [number, NextRequest][] = [
    [401, post(scene.stop(), { cookie: "" })],
    [401, post(scene.stop(), { cookie: "evenkeel.session=forged" })],
    [403, post(scene.stop(), { origin: "https://evil.example" })],
    [400, post({ environment: scene.environment.key })],
    [400, post(scene.stop({ params: { feature: "no-such-feature", scenario: "x" } }))],
    [404, post(scene.stop({ environment: "elsewhere" }))],
    [413, post({ ...scene.stop(), reason: "x".repeat(70_000) })],
  ];
  for (const [status, request] of tries) {
    const answer = await stop(request);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.json()).toMatchObject({ status, code: expect.any(String), requestId: expect.any(String) });
  }
  await endSession(db, sessionId, new Date());
  expect((await stop(post(scene.stop()))).status).toBe(401);
  expect(await db.control.count({ where: { environmentId: scene.environment.id } })).toBe(0);
});

test("a viewer is told who may", async () => {
  const scene = await publishedScene(db);
  const { post } = await browser("viewer");
  const answer = await stop(post(scene.stop()));
  expect(answer.status).toBe(403);
  expect((await answer.json()).detail).toMatch(/support lead/);
});

test("the same click from two tabs is one control, and a stop is never rate-limited", async () => {
  const scene = await publishedScene(db);
  const { post } = await browser("operator");
  const click = scene.stop({ idempotencyKey: randomUUID() });
  const answers = await Promise.all(Array.from({ length: 30 }, () => stop(post(click))));
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
  expect(await db.control.count({ where: { environmentId: scene.environment.id } })).toBe(1);
});
