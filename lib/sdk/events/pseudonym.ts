import { createHmac } from "node:crypto";
import type { Ruleset } from "../../core/decision/ruleset.ts";
import { decodeBase64 } from "../../core/decision/user-hash.ts";

/**
 * The pseudonym of an id: the first 128 bits of HMAC-SHA-256(environment key, id) in hex; null without a usable key. The same
 * as `hashUser` of `lib/core/decision`, by the host's own crypto, which is several times faster.
 */
export function pseudonym(rules: Ruleset | null, id: string): string | null {
  const key: unknown = rules?.userHashKey;
  const bytes = typeof key === "string" ? decodeBase64(key) : null;
  if (!bytes || bytes.length === 0) return null;
  return createHmac("sha256", bytes).update(id, "utf8").digest("hex").slice(0, 32);
}
