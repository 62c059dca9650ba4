import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { bitIndexes } from "../decision/membership.ts";

/**
 * 16 bits a member and 11 hashes admit (1 - e^(-11/16))^11 = 0.05 % by mistake, half of what is allowed (Bloom 1970; the optimum k = m/n ln 2 is 11.09).
 */
const BITS_PER_MEMBER = 16;
const HASHES = 11;
/** A tiny filter strays far from its expectation, so it gets room to spare: 4 KiB. */
const LEAST_BITS = 1 << 15;

/** A built filter: `blob` is the SHA-256 (hex) of `bytes`, by which a ruleset names it; `size` in bits, a multiple of 8. */
export type BuiltFilter = { bytes: Uint8Array<ArrayBuffer>; blob: string; hashes: number; size: number };

/**
 * The membership filter of these pseudonyms (32 lowercase hex digits; others are left out). `mightContain` of lib/core/decision/membership.ts reads it. The same
 * people give the same bytes whatever their order. `count`: how many there are (an upper bound will do), so that they can be streamed.
 */
export function buildMembershipFilter(userHashes: Iterable<string>, count: number): BuiltFilter {
  const size = Math.max(LEAST_BITS, Math.ceil((count * BITS_PER_MEMBER) / 8) * 8);
  const bytes = new Uint8Array(size / 8);
  for (const userHash of userHashes) {
    for (const index of bitIndexes(userHash, HASHES, size) ?? [])
      bytes[index >>> 3] = (bytes[index >>> 3] ?? 0) | (1 << (index & 7));
  }
  return { bytes, blob: bytesToHex(sha256(bytes)), hashes: HASHES, size };
}
