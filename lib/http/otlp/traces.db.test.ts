import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { POST } from "#app/api/otlp/v1/traces/route.ts";
import { hashUser } from "#lib/core/decision/user-hash.ts";
import { call } from "../testing/api-calls.ts";
import { apiEnvironment } from "../testing/api-environment.ts";

const api = await apiEnvironment();
const { token } = await api.makeKey("server");
const { userHashKey } = await api.publish();
const randomSpan = () => randomBytes(8).toString("hex");
const json = { "content-type": "application/json" };

const trace = (start = Date.now(), more: object = {}) => ({
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
              ...more,
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

test("an AI call whose spans come in two exports is one decision, whichever comes first", async () => {
  const of = (operation: string) => [{ key: "ai.operationId", value: { stringValue: operation } }];
  for (const inner of [0, 1]) {
    const outerSpan = randomSpan();
    const outer = trace(Date.now(), { spanId: outerSpan, attributes: of("ai.generateText") });
    const step = { spanId: randomSpan(), parentSpanId: outerSpan, attributes: of("ai.generateText.doGenerate") };
    const exports = [outer, trace(Date.now(), step)];
    for (const body of inner ? exports.toReversed() : exports)
      expect((await call(POST, token, { body, headers: json })).status).toBe(200);
  }
  const { rows } = await api.database.pool.query("select id from telemetry.decision where feature is null");
  expect(rows).toHaveLength(2);
});

test("a span that is too old is refused as the protocol says", async () => {
  const response = await call(POST, token, { body: trace(Date.now() - 9 * 86_400_000), headers: json });
  expect(await response.json()).toMatchObject({ partialSuccess: { rejectedSpans: "1" } });
});

const judged = (timeUnixNano: string) => ({
  name: "gen_ai.evaluation.result",
  timeUnixNano,
  attributes: [{ key: "gen_ai.evaluation.score.value", value: { doubleValue: 0.5 } }],
});

test.each([
  ["an end that nobody lives to see", { endTimeUnixNano: "9".repeat(400) }],
  ["a judgement of another century", { events: [judged("1000000")] }],
])("%s is refused as the same would be of an SDK, and never spoils a sum", async (_, more) => {
  const response = await call(POST, token, {
    body: trace(Date.now(), { spanId: randomSpan(), ...more }),
    headers: json,
  });
  expect(await response.json()).toMatchObject({ partialSuccess: { rejectedSpans: "1" } });
});

test("a judgement whose time is none is one of its span's time", async () => {
  const body = trace(Date.now(), { spanId: randomSpan(), events: [judged("9".repeat(400)), judged("0")] });
  const response = await call(POST, token, { body, headers: json });
  expect([response.status, await response.json()]).toEqual([200, {}]);
});

test("a text that is cut in the middle of a character is kept up to it", async () => {
  const long = `${"r".repeat(199)}\u{1f600}`;
  const attributes = [
    { key: "gen_ai.operation.name", value: { stringValue: "chat" } },
    { key: "gen_ai.request.model", value: { stringValue: long } },
  ];
  const response = await call(POST, token, {
    body: trace(Date.now(), { spanId: randomSpan(), attributes }),
    headers: json,
  });
  expect(await response.json()).toEqual({});
});

test("protobuf is answered with what to set instead", async () => {
  const response = await call(POST, token, {
    raw: new Uint8Array([10, 0]),
    headers: { "content-type": "application/x-protobuf" },
  });
  expect(response.status).toBe(415);
  expect((await response.json()).detail).toContain("http/json");
});

test("an export of more calls than may wait at once is taken in parts, and as a whole only once", async () => {
  const calls = 20_500;
  const start = `${Date.now()}000000`;
  const attributes = [{ key: "gen_ai.operation.name", value: { stringValue: "chat" } }];
  const span = (n: number) => ({
    traceId: `ab${n.toString(16).padStart(30, "0")}`,
    spanId: n.toString(16).padStart(16, "0"),
    startTimeUnixNano: start,
    attributes,
  });
  const spans = Array.from({ length: calls }, (_, n) => span(n + 1));
  const body = { resourceSpans: [{ scopeSpans: [{ spans }] }] };
  const stored = async () =>
    (await api.database.pool.query<{ n: number }>("select count(*)::int as n from telemetry.decision")).rows[0]?.n ?? 0;
  const before = await stored();
  for (const _ of [1, 2]) {
    const response = await call(POST, token, { body, headers: json });
    expect([response.status, await response.json()]).toEqual([200, {}]);
    expect(await stored()).toBe(before + calls);
  }
}, 60_000);
