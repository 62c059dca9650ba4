import { beforeAll, expect, test } from "vitest";
import { DELETE as liftById } from "#app/api/v1/controls/[id]/route.ts";
import { GET, POST } from "#app/api/v1/controls/route.ts";
import { POST as pause } from "#app/api/v1/rollouts/[id]/pause/route.ts";
import { POST as rollBack } from "#app/api/v1/rollouts/[id]/rollback/route.ts";
import { currentRuleset } from "#lib/services/rulesets/queries.ts";
import { createRelease, createServingFeature } from "#lib/testing/factories.ts";
import { publishFirst } from "#lib/testing/published.ts";
import { countRequest } from "./rate-limits.ts";
import { call } from "./testing/api-calls.ts";
import { apiEnvironment } from "./testing/api-environment.ts";

const api = await apiEnvironment();
const { db } = api.database;
const monitor = await api.makeKey("automation", { features: ["reply-assistant"] });
const other = await api.makeKey("automation", { features: ["reply-assistant"] });
const reader = await api.makeKey("read");
let rolloutId = "";

beforeAll(async () => {
  const { feature, release } = await createServingFeature(db, api.id, "reply-assistant");
  await createServingFeature(db, api.id, "search-summary");
  const candidate = await createRelease(db, feature.id);
  const arms = [{ key: "candidate", release: candidate.id, ranges: [{ from: 0, to: 25_000 }] }];
  const rollout = await db.rollout.create({ data: { environmentId: api.id, featureId: feature.id, seed: 7n, arms } });
  rolloutId = rollout.id;
  await publishFirst(db, await db.environment.findUniqueOrThrow({ where: { id: api.id } }));
  expect(release.id).not.toBe(candidate.id);
});

const turnOff = (feature: string) => ({
  template: "turn-off-feature",
  params: { feature },
  reason: "error rate above 5%",
});
const rules = async () => (await currentRuleset(db, api.id))?.ruleset;

test("a monitoring system pulls the switch: at once in the rules, and in the audit under its name", async () => {
  const response = await call(POST, monitor.token, { body: turnOff("reply-assistant") });
  expect(response.status).toBe(201);
  const { control, ruleset } = await response.json();
  expect(Object.keys((await rules())?.controls ?? {})).toEqual([control.id]);
  expect((await rules())?.version).toBe(ruleset.version);
  const entry = await db.auditEntry.findFirstOrThrow({ where: { target: `control:${control.id}` } });
  expect(entry).toMatchObject({ action: "control.place", actor: `key:${monitor.id}` });
  const again = await call(POST, monitor.token, { body: turnOff("reply-assistant") });
  expect((await again.json()).control.id).toBe(control.id);
});

test("a key lifts only what it placed itself, on features it names, and only automation keys place", async () => {
  const { controls } = await (await call(GET, reader.token)).json();
  const id = controls[0].id;
  expect((await call(liftById, other.token, { method: "DELETE", params: { id } })).status).toBe(403);
  expect((await call(POST, monitor.token, { body: turnOff("search-summary") })).status).toBe(403);
  expect((await call(POST, reader.token, { body: turnOff("reply-assistant") })).status).toBe(403);
  expect((await call(liftById, monitor.token, { method: "DELETE", params: { id: "nonsense" } })).status).toBe(404);
  const lifted = await call(liftById, monitor.token, { method: "DELETE", params: { id } });
  expect(lifted.status).toBe(200);
  expect((await rules())?.controls).toEqual({});
});

test("tightening is never limited, however much this key asked for; reading is", async () => {
  await Promise.allSettled(Array.from({ length: 500 }, () => countRequest("other", other.id)));
  expect((await call(GET, other.token)).status).toBe(429);
  for (let index = 0; index < 5; index++) {
    expect((await call(POST, other.token, { body: turnOff("reply-assistant") })).status).toBe(201);
  }
});

test("a rollout is paused by a control that admits nobody new", async () => {
  const response = await call(pause, monitor.token, { method: "POST", params: { id: rolloutId } });
  expect(response.status).toBe(201);
  const { control } = await response.json();
  expect(control.sentence).toBe("Pause rollout beyond current cohort");
  expect((await rules())?.controls[control.id]?.effects).toMatchObject([{ kind: "hold", of: "rollout" }]);
  expect((await call(pause, monitor.token, { method: "POST", params: { id: "nonsense" } })).status).toBe(404);
});

test("a rollback ends the rollout in one step, and twice is once", async () => {
  for (const _ of [1, 2]) {
    const response = await call(rollBack, monitor.token, { method: "POST", params: { id: rolloutId } });
    expect(response.status).toBe(200);
    expect((await rules())?.version).toBe((await response.json()).ruleset.version);
  }
  expect((await rules())?.features["reply-assistant"]?.rollout).toBeNull();
  expect((await call(pause, monitor.token, { method: "POST", params: { id: rolloutId } })).status).toBe(412);
});
