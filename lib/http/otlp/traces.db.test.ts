import { expect, test } from "vitest";
import { POST } from "#app/api/otlp/v1/traces/route.ts";
import { hashUser } from "#lib/core/decision/user-hash.ts";
import { call } from "../testing/api-calls.ts";
import { apiEnvironment } from "../testing/api-environment.ts";

const api = await apiEnvironment();
const { token } = await api.makeKey("server");
const { userHashKey } = await api.publish();
const json = { "content-type": "application/json" };

const trace = (start = Date.now()) => ({
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: [
            {
              traceId: "0af7651916cd43dd8448eb211c80319c",
              spanId: "00f067aa0ba902b7",
              startTimeUnixNano: `${start}000000`,
              endTimeUnixNano: `${start + 5}000000`,
              attributes: [
                { key: "gen_ai.operation.name", value: { stringValue: "chat" } },
                { key: "gen_ai.agent.name", value: { stringValue: "reply-assistant" } },
                { key: "user.id", value: { stringValue: "someone@example.com" } },
              ],
            },
          ],
        },
      ],
    },
  ],
});

test("a span is stored once, with the pseudonym of its user", async () => {
  const body = trace();
  for (const _ of [1, 2]) {
    const response = await call(POST, token, { body, headers: json });
    expect([response.status, await response.json()]).toEqual([200, {}]);
  }
  const { rows } = await api.database.pool.query(
    "select source, feature, replace(user_hash::text, '-', '') as hash from telemetry.decision",
  );
  expect(rows).toEqual([
    { source: "otlp", feature: "reply-assistant", hash: hashUser(userHashKey, "someone@example.com") },
  ]);
});

test("a span that is too old is refused as the protocol says", async () => {
  const response = await call(POST, token, { body: trace(Date.now() - 9 * 86_400_000), headers: json });
  expect(await response.json()).toMatchObject({ partialSuccess: { rejectedSpans: "1" } });
});

test("protobuf is answered with what to set instead", async () => {
  const response = await call(POST, token, {
    raw: new Uint8Array([10, 0]),
    headers: { "content-type": "application/x-protobuf" },
  });
  expect(response.status).toBe(415);
  expect((await response.json()).detail).toContain("http/json");
});
