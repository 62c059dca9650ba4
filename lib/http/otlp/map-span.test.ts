import { expect, test } from "vitest";
import { decisionEvent } from "#lib/core/events/event.ts";
import { decisionOf, idOfSpan, judgementsOf, outermostCalls } from "./map-span.ts";
import { spansOf, tracesBody } from "./spans.ts";

const START = Date.UTC(2026, 10, 20, 12);
const attribute = (key: string, value: unknown) => ({
  key,
  value: Array.isArray(value)
    ? { arrayValue: { values: value.map((text) => ({ stringValue: text })) } }
    : typeof value === "number"
      ? { intValue: String(value) }
      : { stringValue: value },
});
const aSpan = (spanId: string, attributes: Record<string, unknown>, more: object = {}) => ({
  traceId: "0af7651916cd43dd8448eb211c80319c",
  spanId,
  startTimeUnixNano: `${START}000000`,
  endTimeUnixNano: `${START + 812}000000`,
  attributes: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
  ...more,
});
const read = (spans: object[], resource: Record<string, unknown> = {}) =>
  spansOf(
    tracesBody.parse({
      resourceSpans: [
        {
          resource: { attributes: Object.entries(resource).map(([key, value]) => attribute(key, value)) },
          scopeSpans: [{ spans }],
        },
      ],
    }),
  );
const mapping = {
  isFeature: (key: string) => key === "reply-assistant",
  pseudonym: (raw: string) => raw.length.toString(16).padStart(32, "0"),
};
const [A, B, C] = ["00f067aa0ba902b7", "00f067aa0ba902b8", "00f067aa0ba902b9"];

test("a chat span of the present conventions is a decision event", () => {
  const { spans } = read(
    [
      aSpan(A, {
        "gen_ai.operation.name": "chat",
        "gen_ai.agent.name": "reply-assistant",
        "gen_ai.provider.name": "x",
        "gen_ai.request.model": "x-large",
        "gen_ai.response.model": "x-large-2026",
        "gen_ai.usage.input_tokens": 812,
        "gen_ai.usage.output_tokens": 120,
        "gen_ai.response.finish_reasons": ["content_filter"],
        "gen_ai.conversation.id": "conversation-1",
        "user.id": "someone@example.com",
        "rollout.release": "r-1",
      }),
    ],
    { "service.name": "support-desk" },
  );
  const event = decisionOf(spans[0] ?? expect.fail("no span"), mapping);
  expect(event).toMatchObject({
    feature: "reply-assistant",
    provider: "x",
    model: "x-large",
    modelReported: "x-large-2026",
    tokensIn: 812,
    tokensOut: 120,
    latencyMs: 812,
    safetyFiltered: true,
    release: "r-1",
    instance: "support-desk",
    ruleset: null,
    error: null,
  });
  expect(JSON.stringify(event)).not.toContain("someone@example.com");
  expect(JSON.stringify(event)).not.toContain("conversation-1");
  expect(decisionEvent.safeParse({ ...event, ruleset: { epoch: "", version: 0 } }).success).toBe(true);
});

test("older names are read too", () => {
  const { spans } = read([
    aSpan(A, {
      "ai.operationId": "ai.generateText",
      "ai.telemetry.functionId": "reply-assistant",
      "ai.model.id": "m",
      "ai.usage.promptTokens": 5,
    }),
    aSpan(B, { "gen_ai.system": "x", "gen_ai.request.model": "m", "gen_ai.usage.completion_tokens": 7 }),
  ]);
  const events = outermostCalls(spans).map((span) => decisionOf(span, mapping));
  expect(events).toMatchObject([
    { feature: "reply-assistant", model: "m", tokensIn: 5 },
    { feature: null, provider: "x", tokensOut: 7 },
  ]);
});

test("one AI call is one decision: the outermost span; agents, tools and embeddings are none", () => {
  const { spans } = read([
    aSpan(A, { "gen_ai.operation.name": "invoke_agent" }),
    aSpan(B, { "gen_ai.operation.name": "chat" }, { parentSpanId: A }),
    aSpan(C, { "gen_ai.operation.name": "chat" }, { parentSpanId: B }),
    aSpan("00f067aa0ba902ba", { "gen_ai.operation.name": "execute_tool" }, { parentSpanId: B }),
    aSpan("00f067aa0ba902bb", { "gen_ai.operation.name": "embeddings" }),
    aSpan("00f067aa0ba902bc", { "http.request.method": "POST" }),
  ]);
  expect(outermostCalls(spans).map(({ spanId }) => spanId)).toEqual([B]);
});

test.each([
  [
    "a step of a call whose outer span comes in another export",
    { "ai.operationId": "ai.generateText.doGenerate" },
    A,
    0,
  ],
  ["a step of a stream", { "ai.operationId": "ai.streamText.doStream", "gen_ai.system": "x" }, A, 0],
  ["what says itself that it is a call", { "ai.operationId": "x.doGenerate", "gen_ai.operation.name": "chat" }, A, 1],
  ["a step above which there is nothing", { "ai.operationId": "ai.generateText.doGenerate" }, undefined, 1],
  ["a call below something else", { "gen_ai.operation.name": "chat" }, A, 1],
])("%s, alone: counted as it should be", (_, attributes, parentSpanId, counted) => {
  const { spans } = read([aSpan(B, attributes, { parentSpanId })]);
  expect(outermostCalls(spans)).toHaveLength(counted);
});

test("a feature that is not known here is unassigned, never guessed", () => {
  const { spans } = read([aSpan(A, { "gen_ai.operation.name": "chat", "gen_ai.agent.name": "other" })], {
    "service.name": "another",
  });
  expect(outermostCalls(spans).map((span) => decisionOf(span, mapping).feature)).toEqual([null]);
});

test("the same span has the same id, a valid UUIDv7 of its start", () => {
  const [span = expect.fail("no span")] = read([aSpan(A, {})]).spans;
  expect(idOfSpan(span)).toBe(idOfSpan(span));
  expect(decisionEvent.shape.id.safeParse(idOfSpan(span)).success).toBe(true);
  expect(Number.parseInt(idOfSpan(span).replace("-", "").slice(0, 12), 16)).toBe(START);
});

test("a failed span carries its error, a judge's score is a signal of the decision", () => {
  const judged = {
    status: { code: 2 },
    events: [
      {
        name: "gen_ai.evaluation.result",
        timeUnixNano: `${START}000000`,
        attributes: [
          { key: "gen_ai.evaluation.score.value", value: { doubleValue: 0.4 } },
          attribute("gen_ai.evaluation.score.label", "misleading"),
        ],
      },
    ],
  };
  const [span = expect.fail("no span")] = read([
    aSpan(A, { "gen_ai.operation.name": "chat", "error.type": "timeout" }, judged),
  ]).spans;
  expect(decisionOf(span, mapping)).toMatchObject({ error: "timeout", served: "manual" });
  expect(judgementsOf(span)).toMatchObject([
    { kind: "judged", value: 0.4, label: "misleading", decisionId: idOfSpan(span) },
  ]);
});

test.each([
  ["its status", {}, { status: { code: "STATUS_CODE_ERROR" } }, "error"],
  ["the type of its error", { "error.type": "500" }, {}, "500"],
])("a call that failed, by %s, is no answer by AI", (_by, attributes, more, error) => {
  const [span = expect.fail("no span")] = read([
    aSpan(A, { "gen_ai.operation.name": "chat", ...attributes }, more),
  ]).spans;
  expect(decisionOf(span, mapping)).toMatchObject({ error, served: "manual" });
});

test("what cannot be read is counted and costs nobody else", () => {
  const { spans, unreadable } = read([{ traceId: "short" }, aSpan(A, {})]);
  expect([spans.length, unreadable]).toEqual([1, 1]);
});
