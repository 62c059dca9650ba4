import { afterAll, expect, test, vi } from "vitest";
import { POST as acknowledge } from "#app/api/v1/acknowledgements/route.ts";
import { GET as getBlob } from "#app/api/v1/blobs/[sha256]/route.ts";
import { POST as takeEvents } from "#app/api/v1/events/route.ts";
import { GET as getRuleset } from "#app/api/v1/ruleset/route.ts";
import { GET as openStream } from "#app/api/v1/stream/route.ts";
import { createEvenkeel } from "../sdk/index.ts";
import { apiEnvironment, BILLING_OFF } from "./testing/api-environment.ts";

const api = await apiEnvironment();
const { id: keyId, token } = await api.makeKey("server");
const first = await api.publish();

/** The SDK's calls, answered by the route handlers themselves. */
const answer: typeof globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const path = new URL(request.url).pathname.replace("/api/v1/", "");
  if (path === "ruleset") return getRuleset(request);
  if (path === "stream") return openStream(request);
  if (path === "acknowledgements") return acknowledge(request);
  if (path === "events") return takeEvents(request);
  return getBlob(request, { params: Promise.resolve({ sha256: path.replace("blobs/", "") }) });
};

const evenkeel = createEvenkeel({ url: "http://console.test", key: token, app: "support-desk", fetch: answer });
afterAll(() => evenkeel.close());
const billing = { userId: "user-1", scenarios: ["billing"], attributes: { country: "DE", language: "en" } };
const soon = { timeout: 10_000, interval: 10 };
const following = () => evenkeel.status().runsOn.ruleset?.version;

test("the SDK follows the rules over the real routes, obeys a stop, and confirms it", async () => {
  await evenkeel.ready({ timeoutMs: 10_000 });
  await vi.waitFor(() => expect(evenkeel.status().state).toBe("connected"), soon);
  expect(following()).toBe(first.version);
  evenkeel.decide("reply-assistant", billing);
  const stop = await api.publish({ c1: BILLING_OFF });
  await vi.waitFor(() => expect(following()).toBe(stop.version), soon);
  const decision = evenkeel.decide("reply-assistant", billing);
  expect(decision.serve).toBe("fallback");
  expect(decision.because.map(({ controlId }) => controlId)).toContain("c1");
  await vi.waitFor(async () => {
    const [instance] = await api.database.db.instance.findMany({ where: { environmentId: api.id } });
    expect(instance).toMatchObject({ id: evenkeel.status().instance, app: "support-desk", version: stop.version });
  }, soon);
  expect(evenkeel.status().lastError).toBeNull();
});

test("its decisions and signals are accepted as they are", async () => {
  const result = await evenkeel.run("reply-assistant", billing, {
    generate: () => ({ output: "must not be" }),
    fallbacks: { manual: () => "the form" },
  });
  evenkeel.record(result.decisionId, "shown");
  await vi.waitFor(() => expect(evenkeel.status().waiting).toBe(0), soon);
  expect(evenkeel.status().dropped.refused).toBe(0);
  await vi.waitFor(async () => {
    const stored = await api.database.pool.query(
      "select count(*)::int as count from telemetry.decision where id = $1",
      [result.decisionId],
    );
    expect(stored.rows).toEqual([{ count: 1 }]);
  }, soon);
});

test("a revoked key makes it stale at once", async () => {
  await api.revokeKey(keyId);
  await vi.waitFor(() => expect(evenkeel.status().state).toBe("stale"), soon);
  expect(evenkeel.decide("reply-assistant", billing).mode).toBe("suggestion");
});
