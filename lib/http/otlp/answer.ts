import { refusalOf } from "#lib/telemetry/check-event.ts";
import { AHEAD_MS, LATEST_MS, type SinkEvent } from "#lib/telemetry/event-sink.ts";
import { store } from "#lib/telemetry/ingest.ts";
import { ingestQueue } from "#lib/telemetry/store.ts";
import type { KeyContext } from "../authenticate.ts";
import { getHub } from "../hub/get-hub.ts";
import { metrics } from "../metrics.ts";
import { noteDecisions } from "../note-decisions.ts";
import type { ProblemBody } from "../problem.ts";
import { pseudonymsOf } from "../pseudonym.ts";
import { readJson } from "../read-body.ts";
import { decisionOf, judgementsOf, outermostCalls } from "./map-span.ts";
import { spansOf, tracesBody } from "./spans.ts";

/** Spans carry prompts and tool calls that we do not keep, so a request may be larger than one of events. */
const MAX_BYTES = 4 * 1024 * 1024;
/** So many events are handed on at once. One request may hold more than may ever wait, and would be told to come back for ever. */
const AT_ONCE = 4000;

/**
 * Takes OTLP/HTTP traces in JSON: calls of models become decision events, everything else is passed over. Answers as the protocol asks, with
 * `partialSuccess` for spans that were refused.
 */
export async function tracesAnswer(ctx: KeyContext, request: Request): Promise<Response> {
  if (!(request.headers.get("content-type") ?? "").includes("json")) return notJson(ctx.requestId);
  const { spans, unreadable } = spansOf(tracesBody.parse(await readJson(request, MAX_BYTES)));
  const now = ctx.now.getTime();
  const inTime = ({ start }: { start: number }) => start >= now - LATEST_MS && start <= now + AHEAD_MS;
  const features = (await getHub().held(ctx.environment.id)).current?.ruleset.features ?? {};
  const pseudonym = await pseudonymsOf(ctx);
  const calls = outermostCalls(spans);
  const events = calls
    .filter(inTime)
    .flatMap((span) => [
      decisionOf(span, { isFeature: (key) => Object.hasOwn(features, key), pseudonym }),
      ...judgementsOf(span),
    ]);
  const storable = events.filter((event) => refusalOf(event, now) === null);
  const dropped = await storeAll(ctx, storable);
  const refused = unreadable + calls.filter((span) => !inTime(span)).length + events.length - storable.length + dropped;
  const errorMessage = "Spans that cannot be read, are older than 7 days or say what cannot be true were not kept.";
  return Response.json(refused === 0 ? {} : { partialSuccess: { rejectedSpans: String(refused), errorMessage } });
}

/** Stores events part by part; how many the store could not hold. What fails between two parts is sent again as a whole, and what is known by then is not counted twice. */
async function storeAll(ctx: KeyContext, events: readonly SinkEvent[]): Promise<number> {
  let refused = 0;
  for (let at = 0; at < events.length; at += AT_ONCE) {
    const answer = await store(ingestQueue(), {
      environmentId: ctx.environment.id,
      events: events.slice(at, at + AT_ONCE),
      note: (decisions) => noteDecisions(ctx, decisions),
    });
    metrics().events.inc({ result: "accepted" }, answer.accepted);
    refused += answer.rejected.length;
  }
  return refused;
}

function notJson(requestId: string): Response {
  const code = "unsupported-media-type";
  const body: ProblemBody = {
    type: `urn:evenkeel:problem:${code}`,
    title: "This encoding is not read here",
    status: 415,
    detail: "Send OTLP as JSON: set OTEL_EXPORTER_OTLP_PROTOCOL=http/json. Protobuf is not read here.",
    code,
    requestId,
  };
  return new Response(JSON.stringify(body), { status: 415, headers: { "content-type": "application/problem+json" } });
}
