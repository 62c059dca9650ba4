import { NextRequest } from "next/server";
import NextAuth, { type AuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { getDb } from "#lib/db/client.ts";
import { expectedError, problemResponse } from "#lib/http/problem.ts";
import { readBody } from "#lib/http/read-body.ts";
import { requestIdOf } from "#lib/http/request-id.ts";
import { log } from "#lib/log.ts";
import { addressOf, originOf } from "./origin.ts";
import { sessionCookieName, sessionSecret } from "./session-cookie.ts";
import { endSession, SESSION_SECONDS } from "./sessions.ts";
import { signIn } from "./sign-in.ts";

declare module "next-auth" {
  interface User {
    sessionId: string;
  }
}
declare module "next-auth/jwt" {
  interface JWT {
    sessionId?: string;
  }
}

/** Longest request that sign-in and sign-out have: a form of a few fields. */
const MOST_BYTES = 16 * 1024;

/**
 * Answers next-auth's routes. What fails in ours (the database is away) is answered as everywhere else: next-auth would call it a wrong password
 * and put the error's text into an address.
 */
export async function handleAuth(
  request: NextRequest,
  segments: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  let failure: unknown = null;
  const fail = (error: unknown) => {
    failure = error;
  };
  try {
    const answer: Response = await NextAuth(await bounded(request), segments, authOptionsFor(request.headers, fail));
    if (failure === null) return answer;
  } catch (error) {
    failure = error;
  }
  if (!expectedError(failure)) log.error({ error: failure, requestId }, "sign-in failed");
  return problemResponse(failure, requestId);
}

/** The request with its body read up to the limit, whatever its headers say of its length: next-auth would read all of it. */
async function bounded(request: NextRequest): Promise<NextRequest> {
  if (!request.body) return request;
  const { url, method, headers } = request;
  return new NextRequest(url, { method, headers, body: new Uint8Array(await readBody(request, MOST_BYTES)) });
}

/**
 * next-auth for one request. Its token carries nothing but a session id; the row behind it decides.
 * Names and flags of the cookies follow the scheme of the request, so https gets `Secure` and a demo on the LAN still works.
 */
function authOptionsFor(headers: Headers, onFailure: (error: unknown) => void): AuthOptions {
  const origin = originOf(headers);
  const secure = origin.startsWith("https:");
  return {
    secret: sessionSecret(),
    useSecureCookies: secure,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    cookies: {
      sessionToken: {
        name: sessionCookieName(origin),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure },
      },
    },
    providers: [
      Credentials({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(given) {
          if (!given?.email || !given.password) return null;
          const attempt = {
            email: given.email,
            password: given.password,
            address: addressOf(headers),
            userAgent: headers.get("user-agent") ?? "",
          };
          const session = await signIn(getDb(), attempt).catch((error: unknown) => {
            onFailure(error);
            return null;
          });
          return session && { id: session.personId, sessionId: session.sessionId };
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => ({ sessionId: user?.sessionId ?? token.sessionId }),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url }) => (url.startsWith("/") && !url.startsWith("//") ? origin + url : sameOrigin(url, origin)),
    },
    events: {
      signOut: async ({ token }) => {
        if (token?.sessionId) await endSession(getDb(), token.sessionId, new Date()).catch(onFailure);
      },
    },
  };
}

function sameOrigin(url: string, origin: string): string {
  return URL.canParse(url) && new URL(url).origin === origin ? url : origin;
}
