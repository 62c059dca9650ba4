import type { KeyContext } from "../authenticate.ts";
import { getHub } from "./get-hub.ts";

/** `no-transform` and `x-accel-buffering` keep compression and proxies from holding a stop back until a buffer is full. */
const STREAM_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};

/** Answers with an open stream of the environment's rulesets. `Last-Event-ID` names what the client has. */
export async function openStream(ctx: KeyContext, request: Request): Promise<Response> {
  const client = await getHub().open(ctx.environment.id, ctx.actor.id, request.headers.get("last-event-id"));
  request.signal.addEventListener("abort", () => client.close(), { once: true });
  return new Response(client.stream, { headers: STREAM_HEADERS });
}
