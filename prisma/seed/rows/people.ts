import { randomBytes } from "node:crypto";
import { hashPassword } from "#lib/auth/password.ts";
import type { Tx } from "#lib/db/transaction.ts";
import { hashOfKey } from "#lib/services/keys/queries.ts";
import { PEOPLE } from "../data/people.ts";
import { daysBefore, idOf, type SeedContext } from "../seed-context.ts";

const SET_UP = "automation:set-up";
/** Old enough to approve: a role under 24 hours old cannot. */
const GRANTED_DAYS_AGO = 30;
/** How much of a key people see, to tell it from others. */
const SHOWN = 6;

/** People who are not there yet, each with one role everywhere. Whoever is there keeps the password they have. */
export async function seedPeople({ db, now, password }: SeedContext): Promise<void> {
  const there = await db.person.findMany({ select: { email: true } });
  const missing = PEOPLE.filter(({ email }) => !there.some((person) => person.email === email));
  for (const { email, name, role } of missing) {
    const id = idOf("person", email);
    await db.person.create({
      data: {
        id,
        email,
        name,
        zone: "Europe/Berlin",
        passwordHash: await hashPassword(password),
        createdAt: daysBefore(now, GRANTED_DAYS_AGO),
        roles: {
          create: { id: idOf("role", email), role, grantedAt: daysBefore(now, GRANTED_DAYS_AGO), grantedBy: SET_UP },
        },
      },
    });
  }
}

/** The key of the example support desks in Production, unless it is there. Returns its text only when it was made just now. */
export async function seedDeskKey(tx: Tx, now: Date, deskSecret: string | undefined): Promise<string | null> {
  const id = idOf("key", "production/support-desk");
  if (await tx.apiKey.findUnique({ where: { id }, select: { id: true } })) return null;
  const start = "ek_production_";
  const token = start + (deskSecret ?? randomBytes(32).toString("base64url"));
  await tx.apiKey.create({
    data: {
      id,
      environmentId: idOf("environment", "production"),
      name: "Support desk",
      prefix: token.slice(0, start.length + SHOWN),
      secretHash: hashOfKey(token),
      scope: "server",
      createdAt: now,
      createdBy: SET_UP,
    },
  });
  return token;
}
