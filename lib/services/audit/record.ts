import type { Context } from "#lib/context.ts";
import { actorReference } from "#lib/core/access/actor.ts";
import { auditHash, GENESIS } from "#lib/core/audit/chain.ts";
import type { Tx } from "#lib/db/transaction.ts";
import type { AuditInput } from "./schema.ts";

/** Key of the advisory lock on the head of the chain ("evenkeel" in ASCII). Always taken last, after every row lock. */
const HEAD_LOCK = 0x6576656e6b65656cn;

/** Who did it, when and where: a Context, or what the sign-in knows before there is one. */
export type AuditSource = Pick<Context, "actor" | "now" | "requestId"> & { environment: { key: string } | null };

/**
 * Appends to the audit chain inside the command's own transaction: what is not audited did not happen. Locks the head until the commit, so call it last.
 * Returns the entry's sequence number and hash.
 */
export async function recordAudit(
  tx: Tx,
  source: AuditSource,
  input: AuditInput,
): Promise<{ seq: bigint; hash: string }> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${HEAD_LOCK})`;
  const last = await tx.auditEntry.findFirst({ orderBy: { seq: "desc" }, select: { seq: true, hash: true } });
  const previousHash = last?.hash ?? GENESIS;
  const facts = {
    seq: (last?.seq ?? 0n) + 1n,
    at: source.now,
    actor: actorReference(source.actor),
    actorName: source.actor.name,
    action: input.action,
    environment: input.everywhere ? null : (source.environment?.key ?? null),
    target: input.target,
    featureKey: input.featureKey ?? null,
    sentence: input.sentence,
    reason: input.reason ?? null,
    details: input.details ?? {},
    requestId: source.requestId,
  };
  const hash = auditHash(previousHash, facts);
  await tx.auditEntry.create({ data: { ...facts, previousHash, hash }, select: { seq: true } });
  return { seq: facts.seq, hash };
}
