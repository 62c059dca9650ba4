import { v7 as uuidv7 } from "uuid";
import type { Actor, Grant, Role } from "#lib/core/access/actor.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { transaction } from "#lib/db/transaction.ts";
import { type AuditSource, recordAudit } from "#lib/services/audit/record.ts";

/** A working day and a bit: whoever is on call signs in once per shift. */
export const SESSION_SECONDS = 14 * 60 * 60;

/** Opens a session row for a person; its id is all that the cookie carries. */
export async function startSession(
  db: PrismaClient,
  person: { id: string; name: string; email: string },
  userAgent: string,
  now: Date,
): Promise<string> {
  return transaction(db, async (tx) => {
    const { id } = await tx.session.create({
      data: {
        personId: person.id,
        createdAt: now,
        expiresAt: new Date(now.getTime() + SESSION_SECONDS * 1000),
        userAgent: userAgent.replaceAll("\0", "").slice(0, 300),
      },
      select: { id: true },
    });
    await recordAudit(tx, sourceOf(person, id, now), {
      action: "session.start",
      target: `session:${id}`,
      sentence: `${person.name} signed in.`,
    });
    return id;
  });
}

/** Ends a session everywhere at once: every Context and every live stream checks this row. */
export async function endSession(db: PrismaClient, sessionId: string, now: Date): Promise<void> {
  await transaction(db, async (tx) => {
    const where = { id: sessionId, endedAt: null };
    const session = await tx.session.findFirst({ where, include: { person: true } });
    const { count } = await tx.session.updateMany({ where, data: { endedAt: now } });
    if (!session || count === 0) return;
    await recordAudit(tx, sourceOf(session.person, sessionId, now), {
      action: "session.end",
      target: `session:${sessionId}`,
      sentence: `${session.person.name} signed out.`,
    });
  });
}

function sourceOf(person: { id: string; name: string; email: string }, sessionId: string, now: Date): AuditSource {
  const { id, name, email } = person;
  return {
    actor: { kind: "person", id, name, email, sessionId, grants: [] },
    now,
    requestId: uuidv7(),
    environment: null,
  };
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
