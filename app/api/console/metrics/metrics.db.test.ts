import { NextRequest } from "next/server";
import { encode } from "next-auth/jwt";
import { afterAll, expect, test } from "vitest";
import { startSession } from "#lib/auth/sessions.ts";
import { closeDb } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { placeControl } from "#lib/services/controls/commands/place.ts";
import { aDecision } from "#lib/telemetry/contract.ts";
import { postgresSink } from "#lib/telemetry/postgres/sink.ts";
import { testDatabase } from "#lib/testing/database.ts";
import { createEnvironment, createPerson } from "#lib/testing/factories.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { GET as counted } from "./counted/route.ts";
import { GET as effects } from "./effects/route.ts";
import { GET as metrics } from "./route.ts";
import { GET as verdicts } from "./verdicts/route.ts";

const SECRET = "a secret of at least thirty-two characters";
const HOST = "console.test:3000";
const { db, pool, appUrl } = await testDatabase();
setEnv({ DATABASE_URL: appUrl, EVENKEEL_SECRET: SECRET });
afterAll(closeDb);

const { environment, feature, stop, as } = await publishedScene(db);
const now = new Date();
const placed = new Date(now.getTime() - 5 * 60_000);
const { value: control } = await placeControl(as("operator", placed), stop());
const decisions = [1, 2, 3].map((minutes) =>
  aDecision(now.getTime() - minutes * 60_000, { feature: feature.key, controls: [control] }),
);
await postgresSink(pool).append(environment.id, decisions);

const person = await createPerson(db);
const grant = { personId: person.id, role: "viewer", grantedAt: new Date(0), grantedBy: "test" };
await db.roleGrant.create({ data: { ...grant, environmentId: environment.id } });
const sessionId = await startSession(db, person, "test", new Date());
const signedIn = `evenkeel.session=${await encode({ token: { sessionId }, secret: SECRET })}`;

function asked(about: Record<string, string>, cookie = signedIn): NextRequest {
  const query = new URLSearchParams({ environment: environment.key, ...about });
  return new NextRequest(`http://${HOST}/api/console/metrics?${query}`, { headers: { host: HOST, cookie } });
}

test("whoever may see the environment gets the page's figures, with what was left out of the address filled in", async () => {
  const answer = await metrics(asked({ feature: feature.key, period: "24h" }));
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(await answer.json()).toMatchObject({
    feature: { key: feature.key },
    query: { environment: environment.key, feature: feature.key, period: "24h", cut: "", compare: "before" },
    health: { decisions: 3 },
  });
});

test("one figure is told with how it is counted and the events behind it", async () => {
  const answer = await counted(asked({ feature: feature.key, period: "24h", metric: "error-rate" }));
  expect(answer.status).toBe(200);
  const { denominator, lastEvents } = await answer.json();
  expect(denominator).toBe(3);
  expect(lastEvents).toHaveLength(3);
});

test("the control room gets its verdicts, and controls what they did", async () => {
  const told = await (await verdicts(asked({}))).json();
  expect(told).toMatchObject({ verdicts: [{ feature: feature.key, standing: "not-enough" }] });
  const did = await (await effects(asked({ controls: control }))).json();
  expect(did).toMatchObject({ effects: [{ controlId: control, total: 3 }] });
  expect(await (await effects(asked({}))).json()).toEqual({ effects: [] });
});

test.each([
  [metrics, { feature: feature.key, period: "1h" }, 400],
  [metrics, { feature: "no-such-feature" }, 404],
  [counted, { feature: feature.key, metric: "no-such-metric" }, 404],
  [effects, { controls: "not-an-id" }, 400],
] as const)("what cannot be asked is refused in words (%#)", async (route, about, status) => {
  const answer = await route(asked(about));
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
});

test("nobody else sees any of it", async () => {
  const elsewhere = await createEnvironment(db);
  for (const route of [metrics, counted, verdicts, effects]) {
    const about = { feature: feature.key, metric: "error-rate" };
    expect((await route(asked(about, ""))).status).toBe(401);
    expect((await route(asked({ ...about, environment: elsewhere.key }))).status).toBe(404);
  }
});
