import { authorize, type Context } from "#lib/context.ts";
import { verifyChain } from "#lib/core/audit/chain.ts";
import type { Prisma, PrismaClient } from "#lib/db/generated/client.ts";
import type { ActivityEntry } from "../features/schema.ts";
import { activityEntry } from "./present.ts";
import { type AuditSearch, auditSearch, type ChainCheck } from "./schema.ts";

const PAGE = 2_000;

/** Entries of the environment (and those that belong to none), newest first, narrowed by what is asked. */
export async function searchAudit(ctx: Context, raw: Omit<AuditSearch, "environment">): Promise<ActivityEntry[]> {
  authorize(ctx, "audit.view", {});
  const asked = auditSearch.parse({ ...raw, environment: ctx.environment.key });
  const contains = (text: string) => ({ contains: text, mode: "insensitive" as const });
  const where: Prisma.AuditEntryWhereInput = {
    AND: [
      { OR: [{ environment: ctx.environment.key }, { environment: null }] },
      asked.feature ? { featureKey: asked.feature } : {},
      asked.action ? { action: asked.action } : {},
      asked.target ? { target: asked.target } : {},
      asked.actor ? { OR: [{ actor: asked.actor }, { actorName: contains(asked.actor) }] } : {},
      asked.text
        ? {
            OR: [
              { sentence: contains(asked.text) },
              { reason: contains(asked.text) },
              { actorName: contains(asked.text) },
            ],
          }
        : {},
      asked.from ? { at: { gte: asked.from } } : {},
      asked.until ? { at: { lt: asked.until } } : {},
      asked.before ? { seq: { lt: BigInt(asked.before) } } : {},
    ],
  };
  const rows = await ctx.db.auditEntry.findMany({ where, orderBy: { seq: "desc" }, take: asked.limit });
  return rows.map(activityEntry);
}

/** What happened to one feature in this environment, newest first. */
export async function featureActivity(ctx: Context, feature: string, limit = 50): Promise<ActivityEntry[]> {
  return searchAudit(ctx, { feature, limit });
}

/** Head of the chain: the newest entry; null while there is none. */
export async function auditHead(db: PrismaClient): Promise<{ seq: bigint; hash: string } | null> {
  return db.auditEntry.findFirst({ orderBy: { seq: "desc" }, select: { seq: true, hash: true } });
}

/** Recomputes the whole chain, a page at a time. Reads only; the log may grow meanwhile. */
export async function checkChain(db: PrismaClient): Promise<ChainCheck> {
  let after: { seq: bigint; hash: string } | undefined;
  let entries = 0;
  while (true) {
    const page = await db.auditEntry.findMany({
      where: after ? { seq: { gt: after.seq } } : {},
      orderBy: { seq: "asc" },
      take: PAGE,
    });
    const result = verifyChain(page, after);
    entries += result.entries;
    if (!result.whole) return { ...result, entries };
    const last = page.at(-1);
    if (!last || page.length < PAGE) return { whole: true, entries, head: last?.hash ?? after?.hash ?? null };
    after = { seq: last.seq, hash: last.hash };
  }
}

/** Whether the entry of that number still has that hash: compares the table with a head that was exported earlier. */
export async function holdsHead(db: PrismaClient, head: { seq: bigint; hash: string }): Promise<boolean> {
  return (await db.auditEntry.count({ where: { seq: head.seq, hash: head.hash } })) === 1;
}
