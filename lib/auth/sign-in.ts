import { setTimeout as pause } from "node:timers/promises";
import type { PrismaClient } from "#lib/db/generated/client.ts";
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
  await pause(await countAttempt(account, address));
  const person = await db.person.findFirst({
    where: { email: account, archivedAt: null },
    select: { id: true, name: true, email: true, passwordHash: true },
  });
  if (!(await passwordMatches(person?.passwordHash ?? null, password)) || !person) return null;
  await forgetAttempts(account, address);
  return { personId: person.id, sessionId: await startSession(db, person, userAgent, new Date()) };
}
