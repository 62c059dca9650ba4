import type { z } from "zod";
import type { Action } from "#lib/core/access/permissions.ts";
import { getDb } from "#lib/db/client.ts";
import { log } from "#lib/log.ts";
import { authenticate, type KeyContext } from "./authenticate.ts";
import { withCors } from "./cors.ts";
import { metrics } from "./metrics.ts";
import { expectedError, problemResponse } from "./problem.ts";
import { countRequest, type LimitClass } from "./rate-limits.ts";
import { DEFAULT_BODY_BYTES, readJson } from "./read-body.ts";
import { requestIdOf } from "./request-id.ts";

export type ApiCall<B, Q> = {
  ctx: KeyContext;
  request: Request;
  params: Readonly<Record<string, string>>;
  body: B;
  query: Q;
};

export type ApiRoute<B, Q> = {
  /** As the log and the metrics know it, e.g. `events`. */
  name: string;
  /** What the key must be made for, by the table of permissions. */
  action: Action;
  /** `never` for everything that tightens: a stop is not held back by how often somebody asked. */
  limit: LimitClass | "never";
  body?: z.ZodType<B>;
  /** Of the body, also unpacked. */
  maxBytes?: number;
  query?: z.ZodType<Q>;
  /** Browsers of other sites may call it (with a client key, from its origins). */
  cors?: boolean;
  /** Errors in another protocol's shape; default problem+json. */
  onError?: (error: unknown, requestId: string, key?: string) => Response;
};

type Segment = { params: Promise<Record<string, string>> };

/**
 * A route of the API: key gate, rate limit, parsing, answer, problem+json, request id and log line. A handler returns a Response, or an object to
 * send as JSON.
 */
export function apiRoute<B = undefined, Q = undefined>(
  route: ApiRoute<B, Q>,
  handler: (call: ApiCall<B, Q>) => Promise<Response | object>,
): (request: Request, segment?: Segment) => Promise<Response> {
  return async (request, segment) => {
    const started = performance.now();
    const requestId = requestIdOf(request.headers);
    let ctx: KeyContext | null = null;
    let response: Response;
    const params = readable((await segment?.params) ?? {});
    try {
      ctx = await authenticate(getDb(), request.headers, requestId, route.action);
      if (route.limit !== "never") await countRequest(route.limit, ctx.actor.id);
      const query = route.query?.parse(Object.fromEntries(new URL(request.url).searchParams)) as Q;
      const body = route.body?.parse(await readJson(request, route.maxBytes ?? DEFAULT_BODY_BYTES)) as B;
      const answer = await handler({ ctx, request, params, body, query });
      response =
        answer instanceof Response ? answer : Response.json(answer, { headers: { "cache-control": "no-store" } });
    } catch (error) {
      const known = expectedError(error);
      if (!known) log.error({ error, requestId, route: route.name }, "API route failed");
      else if (known.code === "unavailable")
        log.warn({ error, requestId, route: route.name }, "something it needs is away");
      response = route.onError ? route.onError(error, requestId, params.key) : problemResponse(error, requestId);
    }
    response.headers.set("x-request-id", requestId);
    response.headers.set("x-content-type-options", "nosniff");
    if (route.cors) withCors(response, request.headers, ctx?.actor ?? null);
    report(route, response.status, performance.now() - started, requestId, ctx);
    return response;
  };
}

/** Parts of the path as they were meant: Next passes them on percent-encoded. */
function readable(params: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      try {
        return [name, decodeURIComponent(value)];
      } catch {
        return [name, value];
      }
    }),
  );
}

/** Frequent calls that went well are only worth a line when somebody looks for it. */
function report(
  route: ApiRoute<never, never> | ApiRoute<unknown, unknown>,
  status: number,
  ms: number,
  requestId: string,
  ctx: KeyContext | null,
) {
  metrics().requests.observe({ route: route.name, status: String(status) }, ms / 1000);
  const level = status >= 500 ? "error" : status >= 400 ? "warn" : route.limit === "never" ? "info" : "debug";
  log[level](
    {
      route: route.name,
      status,
      ms: Math.round(ms),
      requestId,
      environment: ctx?.environment.key,
      keyId: ctx?.actor.id,
    },
    "api",
  );
}
