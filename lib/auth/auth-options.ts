import type { AuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { getDb } from "#lib/db/client.ts";
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

/**
 * next-auth for one request. Its token carries nothing but a session id; the row behind it decides.
 * Names and flags of the cookies follow the scheme of the request, so https gets `Secure` and a demo on the LAN still works.
 */
export function authOptionsFor(headers: Headers): AuthOptions {
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
          const session = await signIn(getDb(), {
            email: given.email,
            password: given.password,
            address: addressOf(headers),
            userAgent: headers.get("user-agent") ?? "",
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
        if (token?.sessionId) await endSession(getDb(), token.sessionId, new Date());
      },
    },
  };
}

function sameOrigin(url: string, origin: string): string {
  return URL.canParse(url) && new URL(url).origin === origin ? url : origin;
}
