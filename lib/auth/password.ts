import { hash, verify } from "@node-rs/argon2";

/** argon2id with OWASP's first recommended parameters (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The argon2id hash (PHC string) to store for a password. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, PARAMETERS);
}

/**
 * Whether the password is the one that was hashed. With `null` (no such account) it works exactly as long and says no,
 * so that the time of an answer does not tell which addresses have accounts.
 */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  const matches = await verify(stored ?? (await nobody()), password).catch(() => false);
  return stored !== null && matches;
}

let nobodysHash: Promise<string> | null = null;

function nobody(): Promise<string> {
  nobodysHash ??= hashPassword(crypto.randomUUID());
  return nobodysHash;
}
