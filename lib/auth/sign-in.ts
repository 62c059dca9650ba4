import { setTimeout as pause } from "node:timers/promises";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { inTurn } from "./in-turn.ts";
import { passwordMatches } from "./password.ts";
import { startSession } from "./sessions.ts";
import { countAttempt, forgetAttempts } from "./slow-down.ts";

export type SignInAttempt = { email: string; password: string; address: string; userAgent: string };

/**
 * Checks an e-mail address and a password and opens a session row. Null for a wrong password, an unknown address and an archived person
 * alike: same answer, same time. Repeated attempts wait longer and longer, but are always looked at.
 */
export async function signIn(
  db: PrismaClient,
  { email, password, address, userAgent }: SignInAttempt,
): Promise<{ personId: string; sessionId: string } | null> {
  const account = email.trim().toLowerCase();
  const slowedMs = await countAttempt(account, address);
  await pause(slowedMs);
  const person = await inTurn(slowedMs, () => personOf(db, account, password));
  if (!person) return null;
  await forgetAttempts(account, address);
  return { personId: person.id, sessionId: await startSession(db, person, userAgent, new Date()) };
}

async function personOf(db: PrismaClient, account: string, password: string) {
  const person = await db.person.findFirst({
    where: { email: account, archivedAt: null },
    select: { id: true, name: true, email: true, passwordHash: true },
  });
  return (await passwordMatches(person?.passwordHash ?? null, password)) ? person : null;
}
