import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { testDatabase } from "#lib/testing/database.ts";
import { createSession } from "#lib/testing/factories.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { addPerson, endSessions, grantRole, revokeRole } from "./commands.ts";
import { listPeople } from "./queries.ts";

const { db } = await testDatabase();
const hash = async (password: string) => `hashed ${password.length}`;

async function scene() {
  const { environment, as } = await publishedScene(db);
  const email = `${randomUUID()}@Example.com`;
  const person = { environment: environment.key, email, name: "Noa Kim", password: "correct horse battery" };
  return { environment, as, person, email: email.toLowerCase() };
}

test("an admin adds a person and gives a role, once, with everything in the log", async () => {
  const { environment, as, person, email } = await scene();
  const { id } = await addPerson(as("admin"), person, hash);
  const role = { environment: environment.key, email: person.email, role: "operator", only: environment.key } as const;
  const first = await grantRole(as("admin"), role);
  expect(await grantRole(as("admin"), role)).toEqual(first);
  const [view] = (await listPeople(as("admin"))).filter((one) => one.id === id);
  expect(view).toMatchObject({ email, roles: [{ role: "operator", environment: environment.key, feature: null }] });
  const log = await db.auditEntry.findMany({ where: { target: `person:${id}` }, orderBy: { seq: "asc" } });
  expect(log.map((entry) => [entry.action, entry.environment])).toEqual([
    ["person.add", null],
    ["role.grant", null],
  ]);
});

test("nobody but an admin adds people, gives roles or ends sessions", async () => {
  const { environment, as, person } = await scene();
  const { email } = person;
  for (const role of ["viewer", "author", "operator", "product-manager", "reviewer"] as const) {
    await expect(addPerson(as(role), person, hash)).rejects.toMatchObject({ code: "forbidden" });
    const grant = { environment: environment.key, email, role: "admin" } as const;
    await expect(grantRole(as(role), grant)).rejects.toMatchObject({ code: "forbidden" });
    await expect(endSessions(as(role), { environment: environment.key, email })).rejects.toMatchObject({
      code: "forbidden",
    });
  }
});

test("an address is used once, and a short password is refused", async () => {
  const { as, person } = await scene();
  await addPerson(as("admin"), person, hash);
  await expect(addPerson(as("admin"), person, hash)).rejects.toMatchObject({ code: "conflict" });
  await expect(addPerson(as("admin"), { ...person, password: "short" }, hash)).rejects.toThrow(/12 characters/);
});

test("a role that was taken back is gone, and ending sessions ends all of them", async () => {
  const { environment, as, person } = await scene();
  const { id } = await addPerson(as("admin"), person, hash);
  const here = { environment: environment.key };
  const { id: grant } = await grantRole(as("admin"), { ...here, email: person.email, role: "reviewer" });
  await createSession(db, id);
  await createSession(db, id);
  await revokeRole(as("admin"), { ...here, grant });
  expect(await endSessions(as("admin"), { ...here, email: person.email })).toEqual({ ended: 2 });
  const [view] = (await listPeople(as("admin"))).filter((one) => one.id === id);
  expect(view).toMatchObject({ roles: [], sessions: 0 });
});
