import { randomUUID } from "node:crypto";
import { NextRequest } from "next/server";
import { encode } from "next-auth/jwt";
import { afterAll, expect, test } from "vitest";
import { endSession, startSession } from "#lib/auth/sessions.ts";
import type { Role } from "#lib/core/access/actor.ts";
import { closeDb } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { currentRuleset } from "#lib/services/rulesets/queries.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { createEnvironment, createPerson, createRelease, createServingFeature } from "#lib/testing/factories.ts";
import { publishedScene, publishFirst } from "#lib/testing/published.ts";
import { POST as lift } from "./lift/route.ts";
import { GET as live } from "./live/route.ts";
import { POST as pause } from "./pause/route.ts";
import { POST as reason } from "./reason/route.ts";
import { GET as reasons } from "./reasons/route.ts";
import { POST as rollback } from "./rollback/route.ts";
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

  const owed = async () =>
    (await (await reasons(request(`/api/console/reasons?environment=${environment}`))).json()).owed;
  expect(await owed()).toMatchObject([{ id: control.id }]);
  const why = await reason(post({ environment, id: control.id, reason: "It invented a policy." }));
  expect((await why.json()).control.reason).toBe("It invented a policy.");
  expect(await owed()).toEqual([]);
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

/** A feature with a known good release of before, a current one that is known good too, and a candidate on its way. */
async function rolloutScene(candidateOpen = true) {
  const environment = await createEnvironment(db);
  const { feature, release: current } = await createServingFeature(db, environment.id);
  await db.release.update({
    where: { id: current.id },
    data: { standing: "known-good", knownGoodSince: new Date(2000) },
  });
  const good = { standing: "known-good", knownGoodSince: new Date(1000) };
  const before = await createRelease(db, feature.id, good);
  const candidate = await createRelease(db, feature.id);
  const arms = [{ key: "candidate", release: candidate.id, ranges: [{ from: 0, to: 25_000 }] }];
  const status = candidateOpen ? "open" : "ended";
  const rollout = await db.rollout.create({
    data: { environmentId: environment.id, featureId: feature.id, seed: 7n, arms, status },
  });
  await publishFirst(db, environment);
  const rules = async () => (await currentRuleset(db, environment.id))?.ruleset;
  const shown = async () => (await rules())?.features[feature.key];
  return { environment, feature, current, before, rollout, rules, shown };
}

test("a rollout is paused by its own door, with the control and the proof, and a second click changes nothing", async () => {
  const { environment, rollout, rules } = await rolloutScene();
  const { post, person } = await browser("operator");
  const click = { environment: environment.key, rollout: rollout.id };
  const answers = [await pause(post(click)), await pause(post(click))];
  const [first, second] = await Promise.all(answers.map((answer) => answer.json()));
  expect(first).toMatchObject({
    control: { sentence: "Pause rollout beyond current cohort", placedBy: person.name },
    proof: { state: "nobody" },
  });
  expect(second.control.id).toBe(first.control.id);
  expect((await rules())?.controls[first.control.id]?.effects).toMatchObject([{ kind: "hold", of: "rollout" }]);
});

test("a rollback by its own door ends the rollout; everyone gets the current release", async () => {
  const { environment, rollout, current, shown } = await rolloutScene();
  const { post } = await browser("operator");
  const click = { environment: environment.key, rollout: rollout.id };
  const first = await rollback(post(click));
  expect([first.status, await first.json()]).toMatchObject([200, { rollout: rollout.id, changed: true }]);
  expect(await shown()).toMatchObject({ release: current.id, rollout: null });
  expect(await (await rollback(post(click))).json()).toMatchObject({ changed: false });
  expect((await pause(post(click))).status).toBe(412);
});

test.each([true, false])(
  "a feature goes back to the release that was known good before, in one step however often it is sent (rollout open: %s)",
  async (open) => {
    const { environment, feature, current, before, shown } = await rolloutScene(open);
    const { post } = await browser("operator");
    const click = { environment: environment.key, feature: feature.key, from: current.id };
    const answers = await Promise.all(Array.from({ length: 5 }, () => rollback(post(click))));
    for (const answer of answers)
      expect([answer.status, await answer.json()]).toMatchObject([200, { release: before.id }]);
    expect(await shown()).toMatchObject({ release: before.id, rollout: null });
    const audit = await db.auditEntry.findMany({ where: { action: "rollout.rollback", featureKey: feature.key } });
    expect(audit.map((entry) => entry.sentence)).toEqual([expect.stringContaining("was rolled back from")]);

    const further = await rollback(post({ ...click, from: before.id }));
    expect([further.status, (await further.json()).detail]).toEqual([412, expect.stringMatching(/no earlier release/)]);
    const elsewhere = await rollback(post({ ...click, from: "another" }));
    expect(elsewhere.status).toBe(409);
  },
);

test("pause and rollback ask for a session, their own page and a role, and change nothing otherwise", async () => {
  const { environment, feature, rollout, current, rules } = await rolloutScene();
  const [operator, viewer] = [await browser("operator"), await browser("viewer")];
  const of = { environment: environment.key };
  const doors = [
    [pause, { ...of, rollout: rollout.id }],
    [rollback, { ...of, rollout: rollout.id }],
    [rollback, { ...of, feature: feature.key, from: current.id }],
  ] as const;
  const version = (await rules())?.version;
  for (const [door, click] of doors) {
    expect((await door(operator.post(click, { cookie: "" }))).status).toBe(401);
    expect((await door(operator.post(click, { origin: "https://evil.example" }))).status).toBe(403);
    expect((await door(viewer.post(click))).status).toBe(403);
  }
  const missing = { ...of, rollout: randomUUID() };
  expect((await pause(operator.post(missing))).status).toBe(404);
  expect((await rollback(operator.post(missing))).status).toBe(404);
  expect((await rollback(operator.post({ ...of, feature: "none", from: "x" }))).status).toBe(404);
  expect((await rollback(operator.post(of))).status).toBe(400);
  expect((await rules())?.version).toBe(version);
});
