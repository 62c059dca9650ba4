import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { env } from "#lib/env.ts";
import { requestIdOf } from "#lib/http/request-id.ts";
import { contentSecurityPolicy, securityHeaders } from "#lib/http/security-headers.ts";

/** Gives every page its own nonce, security headers and request id. The API sets its own headers, and a stream must not pass through here. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const forwarded = request.headers.get("x-forwarded-proto")?.split(",")[0]?.trim();
  const https = (forwarded ?? request.nextUrl.protocol.replace(":", "")) === "https";
  const policy = contentSecurityPolicy(nonce, { development: env.NODE_ENV === "development", https });
  const requestId = requestIdOf(request.headers);

  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-request-id", requestId);
  // Next reads the nonce for its own scripts from the policy of the request.
  headers.set("content-security-policy", policy);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-request-id", requestId);
  for (const [name, value] of Object.entries(securityHeaders({ https }))) response.headers.set(name, value);
  return response;
}

export const config = { matcher: ["/((?!api/|_next/static|_next/image).*)"] };
