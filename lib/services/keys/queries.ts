import { createHash } from "node:crypto";
import { authorize, type Context } from "#lib/context.ts";
import type { Actor, KeyScope } from "#lib/core/access/actor.ts";
import { DAY_MS } from "#lib/core/time.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import type { KeyView } from "./schema.ts";

/** The key behind a bearer token, for the gate that mints its Context. `revoked` keys are returned so that the gate can say so. */
export type AuthenticatedKey = {
  actor: Extract<Actor, { kind: "key" }>;
  environment: Context["environment"];
  revoked: boolean;
};

/** SHA-256 (hex) of a key's text: all that is stored of it. Keys are 256 random bits, so a plain hash is enough. */
export function hashOfKey(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Looks a bearer token up by its hash; null when there is no such key. */
export async function authenticateKey(db: PrismaClient, token: string): Promise<AuthenticatedKey | null> {
  const row = await db.apiKey.findUnique({
    where: { secretHash: hashOfKey(token) },
    include: { environment: { select: { id: true, key: true, name: true, guarded: true } } },
  });
  if (!row) return null;
  const { environment } = row;
  return {
    actor: {
      kind: "key",
      id: row.id,
      name: row.name,
      scope: row.scope as KeyScope,
      environment: environment.key,
      features: row.features,
      origins: row.origins,
    },
    environment,
    revoked: row.revokedAt !== null,
  };
}

/** Whether a key still holds; asked again and again while one of its streams is open. */
export async function keyHolds(db: PrismaClient, keyId: string): Promise<boolean> {
  return (await db.apiKey.count({ where: { id: keyId, revokedAt: null } })) > 0;
}

/** Keys of the environment, newest first, with the instances that still use each. */
export async function listKeys(ctx: Context): Promise<KeyView[]> {
  authorize(ctx, "key.view", {});
  const [keys, instances] = await Promise.all([
    ctx.db.apiKey.findMany({ where: { environmentId: ctx.environment.id }, orderBy: { createdAt: "desc" } }),
    ctx.db.instance.findMany({
      where: {
        environmentId: ctx.environment.id,
        lastHeardAt: { gt: new Date(ctx.now.getTime() - DAY_MS) },
        closedAt: null,
      },
      select: { apiKeyId: true, name: true },
      orderBy: { name: "asc" },
    }),
  ]);
  return keys.map((key) => ({
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    scope: key.scope as KeyScope,
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    usedBy: instances.filter((instance) => instance.apiKeyId === key.id).map((instance) => instance.name),
  }));
}
