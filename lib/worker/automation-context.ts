import { randomUUID } from "node:crypto";
import { type Context, mintContext } from "#lib/context.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";

/** The Contexts of an automation (named for the audit log, e.g. `expire-controls`), one for each environment. */
export async function automationContexts(db: PrismaClient, name: string, now: Date): Promise<Context[]> {
  const environments = await db.environment.findMany({ select: { id: true, key: true, name: true, guarded: true } });
  return environments.map((environment) =>
    mintContext({ actor: { kind: "automation", name }, environment, db, now, requestId: randomUUID() }),
  );
}
