import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * The pseudonym of a user: the first 128 bits of HMAC-SHA-256(key, UTF-8 of `userId`) as 32 lowercase hex digits.
 * `userHashKey` is base64 as in the ruleset; null when it cannot be read or is empty.
 */
export function hashUser(userHashKey: string, userId: string): string | null {
  const key = decodeBase64(userHashKey);
  if (key === null || key.length === 0) return null;
  return bytesToHex(hmac(sha256, key, utf8ToBytes(userId)).subarray(0, 16));
}

/** The bytes of standard base64, null when it is not. */
export function decodeBase64(text: string): Uint8Array | null {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return null;
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
