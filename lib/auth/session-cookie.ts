import { decode } from "next-auth/jwt";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";

const PLAIN = "evenkeel.session";
const SECURE = `__Secure-${PLAIN}`;

/** What a cookie store of Next offers; all that is needed here. */
export type CookieJar = { get(name: string): { value: string } | undefined };

/** The session cookie's name: `__Secure-` wherever the page came over https; plain http (a phone on the LAN) cannot use that. */
export function sessionCookieName(origin: string): string {
  return origin.startsWith("https:") ? SECURE : PLAIN;
}

/** The session id that the cookie of this request carries; null when there is none, or it is not ours. It says nothing about the row. */
export async function sessionIdOf(jar: CookieJar, origin: string): Promise<string | null> {
  const token = jar.get(sessionCookieName(origin))?.value;
  if (!token) return null;
  const claims = await decode({ token, secret: sessionSecret() }).catch(() => null);
  return typeof claims?.sessionId === "string" ? claims.sessionId : null;
}

/** The secret that seals session cookies. The command line makes one in the data folder; a server started without it must not invent its own. */
export function sessionSecret(): string {
  if (env.EVENKEEL_SECRET) return env.EVENKEEL_SECRET;
  throw new AppError("unavailable", "Sign-in is not set up: EVENKEEL_SECRET is missing.");
}
