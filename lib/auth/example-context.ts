import { randomUUID } from "node:crypto";
import { type Context, mintContext } from "#lib/context.ts";
import type { Role } from "#lib/core/access/actor.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { AppError } from "#lib/errors.ts";

/** Nobody's session: what an example person did in an example history, they did without signing in. */
const NO_SESSION = "00000000-0000-0000-0000-000000000000";

/**
 * The gate of example histories: an example person at a moment of their past. For the seed alone, which is run by whoever holds the database's address.
 * @throws AppError `not-found` for an unknown environment or person
 */
export async function exampleContext(
  db: PrismaClient,
  { environment: key, email, now }: { environment: string; email: string; now: Date },
): Promise<Context> {
  const [environment, person] = await Promise.all([
    db.environment.findUnique({ where: { key }, select: { id: true, key: true, name: true, guarded: true } }),
    db.person.findUnique({
      where: { email },
      select: { id: true, name: true, roles: { where: { revokedAt: null }, select: { role: true, grantedAt: true } } },
    }),
  ]);
  if (!environment || !person) throw new AppError("not-found", `There is no ${email} in an environment "${key}".`);
  const grants = person.roles.map(({ role, grantedAt }) => ({
    role: role as Role,
    environment: null,
    feature: null,
    grantedAt: grantedAt.getTime(),
  }));
  const actor = { kind: "person", id: person.id, name: person.name, email, sessionId: NO_SESSION, grants } as const;
  return mintContext({ actor, environment, db, now, requestId: randomUUID() });
}
