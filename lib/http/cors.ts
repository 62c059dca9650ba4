import type { KeyActor } from "./authenticate.ts";

const PREFLIGHT_SECONDS = "600";

/** Lets the page that asked read the answer: the origins of its client key, never any. */
export function withCors(response: Response, headers: Headers, actor: KeyActor | null): void {
  response.headers.append("vary", "Origin");
  const origin = headers.get("origin");
  if (origin && actor?.scope === "client" && actor.origins.includes(origin)) {
    response.headers.set("access-control-allow-origin", origin);
    response.headers.set("access-control-expose-headers", "ETag, Retry-After, X-Request-Id");
  }
}

/**
 * The answer to a preflight. It carries no key, so any page may learn what it would have to send; whether that page may read the real answer
 * is decided there, by the key's origins.
 */
export function preflight(request: Request): Response {
  const headers = new Headers({ vary: "Origin" });
  const origin = request.headers.get("origin");
  if (origin) {
    headers.set("access-control-allow-origin", origin);
    headers.set("access-control-allow-methods", "POST");
    headers.set("access-control-allow-headers", "authorization, x-api-key, content-type, if-none-match, x-request-id");
    headers.set("access-control-max-age", PREFLIGHT_SECONDS);
  }
  return new Response(null, { status: 204, headers });
}
