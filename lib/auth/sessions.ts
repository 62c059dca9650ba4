import type { Actor, Grant, Role } from "#lib/core/access/actor.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";

/** A working day and a bit: whoever is on call signs in once per shift. */
export const SESSION_SECONDS = 14 * 60 * 60;

/** Opens a session row for a person; its id is all that the cookie carries. */
export async function startSession(db: PrismaClient, personId: string, userAgent: string, now: Date): Promise<string> {
  const session = await db.session.create({
    data: {
      personId,
      createdAt: now,
      expiresAt: new Date(now.getTime() + SESSION_SECONDS * 1000),
      userAgent: userAgent.slice(0, 300),
    },
    select: { id: true },
  });
  return session.id;
}

/** Ends a session everywhere at once: every Context and every live stream checks this row. */
export async function endSession(db: PrismaClient, sessionId: string, now: Date): Promise<void> {
  await db.session.updateMany({ where: { id: sessionId, endedAt: null }, data: { endedAt: now } });
}

/** The person behind a live session, with the roles they hold at this moment; null when it ended, expired or never was. */
export async function actorOfSession(db: PrismaClient, sessionId: string, now: Date): Promise<Actor | null> {
  const session = await db.session.findFirst({
    where: { id: sessionId, endedAt: null, expiresAt: { gt: now }, person: { archivedAt: null } },
    select: {
      person: {
        select: {
          id: true,
          name: true,
          email: true,
          roles: {
            where: { revokedAt: null },
            select: { role: true, featureKey: true, grantedAt: true, environment: { select: { key: true } } },
          },
        },
      },
    },
  });
  if (!session) return null;
  const { person } = session;
  const grants = person.roles.map(
    (grant): Grant => ({
      role: grant.role as Role,
      environment: grant.environment?.key ?? null,
      feature: grant.featureKey,
      grantedAt: grant.grantedAt.getTime(),
    }),
  );
  return { kind: "person", id: person.id, name: person.name, email: person.email, sessionId, grants };
}
