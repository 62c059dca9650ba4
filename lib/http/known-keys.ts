import type { PrismaClient } from "#lib/db/generated/client.ts";
import { type AuthenticatedKey, authenticateKey, hashOfKey } from "#lib/services/keys/queries.ts";

/** How long a key that held is taken to hold, milliseconds: no longer than the read behind the notifications. */
const TRUST_MS = 1000;
const MOST_KEYS = 10_000;

type Known = { at: number; key: Promise<AuthenticatedKey | null> };
const anchor = globalThis as typeof globalThis & { evenkeelKnownKeys?: Map<string, Known> };

function known(): Map<string, Known> {
  anchor.evenkeelKnownKeys ??= new Map();
  return anchor.evenkeelKnownKeys;
}

/**
 * Looks a key up, once a second at most: a thousand instances that come back at the same moment carry the same key, and a thousand queries would keep all of
 * them waiting. A key that does not hold is looked up every time. `forgetKeys` ends the trust at once when a key is revoked.
 */
export async function lookUpKey(db: PrismaClient, text: string): Promise<AuthenticatedKey | null> {
  const keys = known();
  const hash = hashOfKey(text);
  const found = keys.get(hash);
  if (found && performance.now() - found.at < TRUST_MS) return found.key;
  if (keys.size >= MOST_KEYS) keys.clear();
  const asked: Known = { at: performance.now(), key: authenticateKey(db, text) };
  keys.set(hash, asked);
  const forget = () => {
    if (keys.get(hash) === asked) keys.delete(hash);
  };
  const key = await asked.key.catch((error: unknown) => {
    forget();
    throw error;
  });
  if (!key || key.revoked) forget();
  return key;
}

/** Some key was revoked: nothing is taken on trust any more. */
export function forgetKeys(): void {
  known().clear();
}
