import { apiRoute } from "#lib/http/api-route.ts";
import { tracesAnswer } from "#lib/http/otlp/answer.ts";

/** OTLP/HTTP: spans of model calls become decision events. */
export const POST = apiRoute({ name: "otlp-traces", action: "events.write", limit: "events" }, ({ ctx, request }) =>
  tracesAnswer(ctx, request),
);
