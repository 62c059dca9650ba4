import { type Context, mintContext } from "#lib/context.ts";
import type { Actor, KeyScope } from "#lib/core/access/actor.ts";
import { type Action, PERMISSIONS } from "#lib/core/access/permissions.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { AppError } from "#lib/errors.ts";
import { lookUpKey } from "./known-keys.ts";
import { countWrongKey } from "./rate-limits.ts";

export type KeyActor = Extract<Actor, { kind: "key" }>;
/** A Context whose actor is an API key: what this gate mints. */
export type KeyContext = Context & { readonly actor: KeyActor };

const SCOPE_WORDS: Record<KeyScope, string> = {
  server: "the SDK in your servers",
  client: "OpenFeature clients in browsers and apps",
  automation: "automation that places controls",
  read: "reading only",
};

/** The key a request carries: `Authorization: Bearer`, or OFREP's `X-API-Key`. */
export function keyTextOf(headers: Headers): string | null {
  const bearer = /^Bearer\s+(\S+)$/i.exec(headers.get("authorization") ?? "");
  return bearer?.[1] ?? headers.get("x-api-key");
}

/** The caller's address as the nearest proxy, or Next itself, wrote it. */
function addressOf(headers: Headers): string {
  return headers.get("x-forwarded-for")?.split(",")[0]?.trim() || "unknown";
}

/** A browser may use a client key only from the pages it was made for. */
function requireOrigin(actor: KeyActor, headers: Headers): void {
  const origin = headers.get("origin");
  if (actor.scope !== "client" || (origin !== null && actor.origins.includes(origin))) return;
  throw new AppError("forbidden", "This key may not be used from here. Its list of origins is in the settings.");
}

/**
 * The gate of the API: turns a request's key into a Context.
 * @throws AppError `unauthenticated` without a key that holds, `forbidden` when its scope or origin does not fit, `limit-exceeded` for an address that guesses.
 */
export async function authenticate(
  db: PrismaClient,
  headers: Headers,
  requestId: string,
  action: Action,
): Promise<KeyContext> {
  const text = keyTextOf(headers);
  if (!text) throw new AppError("unauthenticated", "Send an API key: Authorization: Bearer ek_...");
  const key = await lookUpKey(db, text);
  if (!key || key.revoked) {
    // A revoked key is no guess: whoever holds it must hear so at once, because that is what makes its rules count as stale.
    if (!key) await countWrongKey(addressOf(headers));
    throw new AppError("unauthenticated", key ? "This key was revoked." : "This key is not known here.", {
      revoked: key !== null,
    });
  }
  const scopes: readonly KeyScope[] = PERMISSIONS[action].keys;
  if (!scopes.includes(key.actor.scope)) {
    const made = SCOPE_WORDS[key.actor.scope];
    throw new AppError(
      "forbidden",
      `This key is for ${made}. Here a key for ${scopes.map((scope) => SCOPE_WORDS[scope]).join(" or ")} is needed.`,
    );
  }
  requireOrigin(key.actor, headers);
  const { actor, environment } = key;
  return { ...mintContext({ actor, environment, db, now: new Date(), requestId }), actor };
}
