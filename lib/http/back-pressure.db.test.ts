import pg from "pg";
import { afterAll, expect, test, vi } from "vitest";
import { POST as acknowledge } from "#app/api/v1/acknowledgements/route.ts";
import { GET as getBlob } from "#app/api/v1/blobs/[sha256]/route.ts";
import { POST as takeEvents } from "#app/api/v1/events/route.ts";
import { GET as getRuleset } from "#app/api/v1/ruleset/route.ts";
import { GET as openStream } from "#app/api/v1/stream/route.ts";
import { MAX_EVENTS } from "#lib/core/events/event.ts";
import { idAt } from "#lib/telemetry/contract.ts";
import { ingestQueue } from "#lib/telemetry/store.ts";
import { createEvenkeel } from "../sdk/index.ts";
import { call } from "./testing/api-calls.ts";
import { apiEnvironment } from "./testing/api-environment.ts";

/** Events that the server holds in memory at most, and more than an SDK does. */
const SERVER_HOLDS = 20_000;
const TOO_MANY = 10_400;

const api = await apiEnvironment();
const { token } = await api.makeKey("server");
await api.publish();
const owner = new pg.Client({ connectionString: api.database.ownerUrl });
await owner.connect();
afterAll(() => owner.end());
const soon = { timeout: 10_000, interval: 10 };

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

/** A full batch of the cheapest events there are. */
function samples(): object[] {
  const now = Date.now();
  const about = { type: "sample", at: new Date(now).toISOString(), decisionId: idAt(now), input: "in", output: "out" };
  return Array.from({ length: MAX_EVENTS }, () => ({ ...about, id: idAt(now) }));
}

test("a store that stands still costs a bounded memory; SDKs are told to wait, lose nothing within their bound and say what they dropped beyond it", async () => {
  const evenkeel = createEvenkeel({ url: "http://console.test", key: token, app: "support-desk", fetch: answer });
  await vi.waitFor(() => expect(evenkeel.status().state).toBe("connected"), soon);

  await owner.query(
    "begin; lock table telemetry.decision, telemetry.signal, telemetry.sample in access exclusive mode",
  );
  const full = SERVER_HOLDS / MAX_EVENTS;
  const posts = Array.from({ length: full + 3 }, () => call(takeEvents, token, { body: samples() }));
  const answered: Response[] = [];
  for (const post of posts) void post.then((response) => answered.push(response));
  await vi.waitFor(() => expect(answered).toHaveLength(3), soon);
  for (const { status, headers } of answered) expect([status, headers.get("retry-after")]).toEqual([503, "2"]);
  expect(ingestQueue().held).toBe(SERVER_HOLDS);

  const made: string[] = [];
  for (let n = 0; n < TOO_MANY; n++) {
    const decision = evenkeel.decide("reply-assistant", {
      userId: `user-${n % 50}`,
      scenarios: ["billing"],
      attributes: {},
    });
    evenkeel.report(decision, { served: "primary" });
    made.push(decision.id);
  }
  const last = made.at(-1) ?? "";
  evenkeel.record(last, "policy-violation");
  await vi.waitFor(() => expect(evenkeel.status().lastError).toMatch(/They are kept and sent later/), soon);
  await vi.waitFor(() => {
    const { waiting, dropped } = evenkeel.status();
    expect(waiting + dropped.decisions).toBe(TOO_MANY + 1);
  }, soon);
  const { dropped, instance } = evenkeel.status();
  expect(dropped).toEqual({ decisions: expect.any(Number), signals: 0, samples: 0, refused: 0 });
  expect(dropped.decisions).toBeGreaterThan(TOO_MANY - 10_000);
  expect(ingestQueue().held).toBe(SERVER_HOLDS);

  await owner.query("rollback");
  const statuses = (await Promise.all(posts)).map((response) => response.status);
  expect([statuses.filter((status) => status === 202).length, statuses.length]).toEqual([full, full + 3]);
  await evenkeel.close({ timeoutMs: 20_000 });
  expect(evenkeel.status()).toMatchObject({ waiting: 0, dropped });

  const { rows } = await owner.query(
    `select (select count(*)::int from telemetry.decision where id = any($1::uuid[])) as kept,
       (select count(*)::int from telemetry.decision where id = any($2::uuid[])) as let_go,
       (select count(*)::int from telemetry.signal where decision_id = $3) as signals`,
    [made.slice(dropped.decisions), made.slice(0, dropped.decisions), last],
  );
  expect(rows).toEqual([{ kept: TOO_MANY - dropped.decisions, let_go: 0, signals: 1 }]);
  const told = await api.database.db.instance.findFirstOrThrow({ where: { id: instance } });
  expect([told.droppedDecisions, told.droppedSignals]).toEqual([BigInt(dropped.decisions), 0n]);
}, 60_000);
