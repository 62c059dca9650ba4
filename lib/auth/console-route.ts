import type { NextRequest } from "next/server";
import type { z } from "zod";
import type { Context } from "#lib/context.ts";
import { getDb } from "#lib/db/client.ts";
import { expectedError, problemResponse } from "#lib/http/problem.ts";
import { readJson } from "#lib/http/read-body.ts";
import { requestIdOf } from "#lib/http/request-id.ts";
import { log } from "#lib/log.ts";
import { operatorContext } from "./operator-context.ts";
import { originOf, requireSameOrigin } from "./origin.ts";
import { sessionIdOf } from "./session-cookie.ts";

type InEnvironment = { environment: string };
type Handler = (request: NextRequest) => Promise<Response>;

/**
 * An emergency door: a plain route for the browser. Session and Origin are checked, the body is JSON of at most 64 KiB in the shape of `input`,
 * errors are problem+json. There is no rate limit here on purpose: a stop is never held back.
 */
export function consoleCommand<S extends z.ZodType<InEnvironment>>(
  input: S,
  run: (ctx: Context, input: z.output<S>) => Promise<object>,
): Handler {
  return answering(async (request, requestId) => {
    requireSameOrigin(request.headers);
    const body = input.parse(await readJson(request));
    return run(await contextOf(request, body.environment, requestId), body);
  });
}

/** Whoever asks: `signal` fires when they are gone; `again` is their Context as of now, for answers that take a while. */
type Caller = { signal: AbortSignal; again: () => Promise<Context> };

/** The same for reading: what a POST has in its body, a GET has in its query. What `run` gives is sent as JSON, unless it is a Response already. */
export function consoleQuery<S extends z.ZodType<InEnvironment>>(
  input: S,
  run: (ctx: Context, input: z.output<S>, caller: Caller) => Promise<object>,
): Handler {
  return answering(async (request, requestId) => {
    const asked = input.parse(Object.fromEntries(request.nextUrl.searchParams));
    const again = () => contextOf(request, asked.environment, requestId);
    return run(await again(), asked, { signal: request.signal, again });
  });
}

async function contextOf(request: NextRequest, environment: string, requestId: string): Promise<Context> {
  const sessionId = await sessionIdOf(request.cookies, originOf(request.headers));
  return operatorContext(getDb(), { sessionId, environment, requestId });
}

function answering(run: (request: NextRequest, requestId: string) => Promise<object>): Handler {
  return async (request) => {
    const requestId = requestIdOf(request.headers);
    try {
      const answer = await run(request, requestId);
      const response = answer instanceof Response ? answer : Response.json(answer);
      response.headers.set("cache-control", "no-store");
      response.headers.set("x-request-id", requestId);
      return response;
    } catch (error) {
      if (!expectedError(error))
        log.error({ error, requestId, path: request.nextUrl.pathname }, "console route failed");
      return problemResponse(error, requestId);
    }
  };
}
