import { createHmac } from "node:crypto";
import type { KeyContext } from "./authenticate.ts";
import { getHub } from "./hub/get-hub.ts";

/** The pseudonym of a user id: the first 128 bits, in hex, of HMAC-SHA-256 with the environment's key (base64). */
export function pseudonym(environmentKey: string, userId: string): string {
  return createHmac("sha256", Buffer.from(environmentKey, "base64")).update(userId, "utf8").digest("hex").slice(0, 32);
}

/** Makes the pseudonyms of the Context's environment, before anything is logged or stored. */
export async function pseudonymsOf(ctx: KeyContext): Promise<(userId: string) => string> {
  const { current } = await getHub().held(ctx.environment.id);
  const key = current?.ruleset.userHashKey ?? "";
  return (userId) => pseudonym(key, userId);
}
