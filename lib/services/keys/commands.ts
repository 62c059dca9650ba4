import { randomBytes } from "node:crypto";
import { authorize, type Context } from "#lib/context.ts";
import { actorReference } from "#lib/core/access/actor.ts";
import { transaction } from "#lib/db/transaction.ts";
import { AppError } from "#lib/errors.ts";
import { recordAudit } from "../audit/record.ts";
import { hashOfKey } from "./queries.ts";
import { type CreateKeyInput, createKeyInput, type RevokeKeyInput, revokeKeyInput } from "./schema.ts";

/** How much of a key people see afterwards, to tell it from others. */
const SHOWN = 6;

/** Makes an API key. `token` is shown this once; only its hash is stored. */
export async function createKey(ctx: Context, raw: CreateKeyInput): Promise<{ id: string; token: string }> {
  authorize(ctx, "key.create", {});
  const input = createKeyInput.parse(raw);
  const token = `ek_${ctx.environment.key}_${randomBytes(32).toString("base64url")}`;
  const prefix = token.slice(0, `ek_${ctx.environment.key}_`.length + SHOWN);
  return transaction(ctx.db, async (tx) => {
    const { id } = await tx.apiKey.create({
      data: {
        environmentId: ctx.environment.id,
        name: input.name,
        scope: input.scope,
        origins: input.origins,
        features: input.features,
        prefix,
        secretHash: hashOfKey(token),
        createdAt: ctx.now,
        createdBy: actorReference(ctx.actor),
      },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "key.create",
      target: `key:${id}`,
      sentence: `The ${input.scope} key "${input.name}" (${prefix}...) was made for ${ctx.environment.name}.`,
    });
    return { id, token };
  });
}

/** Revokes a key. Its open streams end within a second, and products that used it treat their rules as stale. Revoking twice is revoking once. */
export async function revokeKey(ctx: Context, raw: RevokeKeyInput): Promise<void> {
  authorize(ctx, "key.revoke", {});
  const input = revokeKeyInput.parse(raw);
  await transaction(ctx.db, async (tx) => {
    const key = await tx.apiKey.findFirst({ where: { id: input.id, environmentId: ctx.environment.id } });
    if (!key) throw new AppError("not-found", "There is no such key in this environment.");
    const revoked = await tx.apiKey.updateMany({
      where: { id: key.id, revokedAt: null },
      data: { revokedAt: ctx.now, revokedBy: actorReference(ctx.actor) },
    });
    if (revoked.count === 0) return;
    await recordAudit(tx, ctx, {
      action: "key.revoke",
      target: `key:${key.id}`,
      sentence: `The ${key.scope} key "${key.name}" (${key.prefix}...) was revoked.`,
    });
    await tx.$executeRaw`select pg_notify('evenkeel_key', ${key.id})`;
  });
}
