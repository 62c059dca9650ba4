import { hashUser } from "#lib/core/decision/user-hash.ts";
import type { KeyContext } from "./authenticate.ts";
import { getHub } from "./hub/get-hub.ts";

/** Makes pseudonyms with the key of the Context's environment, before anything is logged or stored; null when there is no key to make them with. */
export async function pseudonymsOf(ctx: KeyContext): Promise<(userId: string) => string | null> {
  const { current } = await getHub().held(ctx.environment.id);
  const key = current?.ruleset.userHashKey ?? "";
  return (userId) => hashUser(key, userId);
}
