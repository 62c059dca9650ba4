import { canonicalJson } from "../delivery/canonical-json.ts";
import { sha256Hex } from "../delivery/hash.ts";

/** Stands for the hash before the first entry. */
export const GENESIS = "0".repeat(64);

/** What an audit entry says, as the table holds it (prisma/models/people.prisma). `at` to the millisecond, as the database keeps it. */
export type AuditFacts = {
  /** 1 for the first entry, then one more each time. */
  seq: bigint | number;
  at: { toISOString(): string };
  actor: string;
  actorName: string;
  action: string;
  environment: string | null;
  target: string;
  featureKey: string | null;
  sentence: string;
  reason: string | null;
  /** JSON */
  details: unknown;
  requestId: string;
};

/** An entry in the chain: `hash` is `auditHash` of its facts after `previousHash`. */
export type AuditLink = AuditFacts & { previousHash: string; hash: string };

/** Whether a chain holds: with the hash of its last entry, or with the first entry that does not fit and why. `seq` as text. */
export type ChainResult =
  | { whole: true; entries: number; head: string | null }
  | { whole: false; entries: number; brokenAt: string; because: string };

/** The hash of an entry, 64 lowercase hex digits: SHA-256 over the previous hash, a line break, and the canonical JSON of what the entry says. */
export function auditHash(previousHash: string, facts: AuditFacts): string {
  const { seq, at, actor, actorName, action, environment, target, featureKey, sentence, reason, details, requestId } =
    facts;
  const said = {
    seq: seq.toString(),
    at: at.toISOString(),
    actor,
    actorName,
    action,
    environment,
    target,
    featureKey,
    sentence,
    reason,
    details,
    requestId,
  };
  return sha256Hex(`${previousHash}\n${canonicalJson(said)}`);
}

/**
 * Checks entries in rising order of `seq`: each must follow the one before without a gap and carry its hash. `after`: the last entry of the page before, when
 * a long log is checked in pages; without it the first entry must be number 1.
 */
export function verifyChain(entries: Iterable<AuditLink>, after?: { seq: bigint | number; hash: string }): ChainResult {
  let seq = BigInt(after?.seq ?? 0);
  let hash = after?.hash ?? GENESIS;
  let count = 0;
  for (const entry of entries) {
    const problem = problemOf(entry, seq + 1n, hash);
    if (problem) return { whole: false, entries: count, brokenAt: entry.seq.toString(), because: problem };
    seq += 1n;
    hash = entry.hash;
    count++;
  }
  return { whole: true, entries: count, head: count === 0 && !after ? null : hash };
}

function problemOf(entry: AuditLink, expected: bigint, previousHash: string): string | null {
  if (BigInt(entry.seq) !== expected) return `Entry ${expected} is missing or out of order.`;
  if (entry.previousHash !== previousHash) return `Entry ${expected} does not follow the entry before it.`;
  if (entry.hash !== auditHash(previousHash, entry))
    return `What entry ${expected} says was changed after it was written.`;
  return null;
}
