import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "#lib/testing/database.ts";
import { createEnvironment, createPerson } from "#lib/testing/factories.ts";
import { operatorContext } from "./operator-context.ts";
import { hashPassword, passwordMatches } from "./password.ts";
import { actorOfSession, endSession } from "./sessions.ts";
import { signIn } from "./sign-in.ts";

const { db } = await testDatabase();
const PASSWORD = "correct horse battery staple";
let passwordHash = "";
beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD);
});

async function account(environmentId: string | null = null) {
  const person = await createPerson(db, { passwordHash, email: `${randomUUID()}@example.com` });
  await db.roleGrant.create({
    data: { personId: person.id, role: "operator", environmentId, grantedAt: new Date(), grantedBy: "test" },
  });
  return person;
}

const attempt = (email: string, password: string, address = randomUUID()) =>
  signIn(db, { email, password, address, userAgent: "test" });

test("a right password opens a session of that person with their roles", async () => {
  const person = await account();
  const session = await attempt(` ${person.email.toUpperCase()} `, PASSWORD);
  const actor = await actorOfSession(db, session?.sessionId ?? "", new Date());
  expect(actor).toMatchObject({ kind: "person", id: person.id, grants: [{ role: "operator", environment: null }] });
  const log = await db.auditEntry.findMany({ where: { target: `session:${session?.sessionId}` } });
  expect(log).toMatchObject([{ action: "session.start", actor: `person:${person.id}`, environment: null }]);
});

test("a wrong password, an unknown address and an archived person get the same answer", async () => {
  const person = await account();
  const archived = await account();
  await db.person.update({ where: { id: archived.id }, data: { archivedAt: new Date() } });
  expect(await attempt(person.email, "wrong")).toBeNull();
  expect(await attempt("nobody@example.com", PASSWORD)).toBeNull();
  expect(await attempt(archived.email, PASSWORD)).toBeNull();
});

test("an unknown address takes as long as a wrong password", async () => {
  const person = await account();
  const time = async (email: string) => {
    const started = performance.now();
    await attempt(email, "wrong");
    return performance.now() - started;
  };
  const median = (all: number[]) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
  const known: number[] = [];
  const unknown: number[] = [];
  await attempt("warm@example.com", "up");
  for (let n = 0; n < 7; n++) {
    known.push(await time(person.email));
    unknown.push(await time(`${randomUUID()}@example.com`));
  }
  expect(median(unknown)).toBeGreaterThan(median(known) * 0.5);
  expect(median(unknown)).toBeLessThan(median(known) * 2);
});

test("many wrong passwords slow sign-in from there, and the right one still gets in; elsewhere nothing is slow", async () => {
  const person = await account();
  const address = randomUUID();
  for (let n = 0; n < 4; n++) expect(await attempt(person.email, "wrong", address)).toBeNull();
  const started = performance.now();
  const elsewhere = await attempt(person.email, PASSWORD);
  const quick = performance.now() - started;
  expect(await attempt(person.email, PASSWORD, address)).not.toBeNull();
  const slow = performance.now() - started - quick;
  expect(elsewhere).not.toBeNull();
  expect(slow).toBeGreaterThan(500);
  expect(quick).toBeLessThan(slow);
});

test("a flood of attempts from everywhere does not take the threads that everything else needs", async () => {
  let done = 0;
  const flood = Array.from({ length: 60 }, () =>
    attempt(`${randomUUID()}@example.com`, "wrong").then(() => {
      done += 1;
    }),
  );
  let most = 0;
  while (done < flood.length) {
    const before = done;
    await stat(".");
    most = Math.max(most, done - before);
  }
  expect(most).toBeLessThan(12);
  await Promise.all(flood);
});

test("a session that was ended is ended everywhere, at once", async () => {
  const environment = await createEnvironment(db);
  const person = await account();
  const session = await attempt(person.email, PASSWORD);
  const request = { sessionId: session?.sessionId ?? "", environment: environment.key, requestId: "test" };
  expect((await operatorContext(db, request)).actor).toMatchObject({ id: person.id });
  await endSession(db, request.sessionId, new Date());
  await expect(operatorContext(db, request)).rejects.toMatchObject({ code: "unauthenticated" });
});

test("an expired session, none, and one that never was are the same", async () => {
  const environment = await createEnvironment(db);
  const person = await account();
  const past = new Date(Date.now() - 1000);
  const { id } = await db.session.create({ data: { personId: person.id, createdAt: past, expiresAt: past } });
  for (const sessionId of [id, null, randomUUID()]) {
    const request = { sessionId, environment: environment.key, requestId: "test" };
    await expect(operatorContext(db, request)).rejects.toMatchObject({ code: "unauthenticated" });
  }
});

test("an environment in which a person has no role does not exist for them", async () => {
  const [mine, theirs] = [await createEnvironment(db), await createEnvironment(db)];
  const person = await account(mine.id);
  const session = await attempt(person.email, PASSWORD);
  const ask = (environment: string) =>
    operatorContext(db, { sessionId: session?.sessionId ?? "", environment, requestId: "test" });
  expect((await ask(mine.key)).environment.id).toBe(mine.id);
  await expect(ask(theirs.key)).rejects.toMatchObject({ code: "not-found" });
});

test("a role that was taken away is gone at the next request", async () => {
  const environment = await createEnvironment(db);
  const person = await account(environment.id);
  const session = await attempt(person.email, PASSWORD);
  const request = { sessionId: session?.sessionId ?? "", environment: environment.key, requestId: "test" };
  await operatorContext(db, request);
  await db.roleGrant.updateMany({ where: { personId: person.id }, data: { revokedAt: new Date() } });
  await expect(operatorContext(db, request)).rejects.toMatchObject({ code: "not-found" });
});

test("hashes are argon2id, and a broken one fits no password", async () => {
  expect(passwordHash).toMatch(/^\$argon2id\$/);
  expect(await passwordMatches(passwordHash, PASSWORD)).toBe(true);
  expect(await passwordMatches("!", "!")).toBe(false);
});
