import { expect, test } from "vitest";
import { testDatabase } from "#lib/testing/database.ts";
import { publishedScene } from "#lib/testing/published.ts";
import { createKey, revokeKey } from "./commands.ts";
import { authenticateKey, keyHolds, listKeys } from "./queries.ts";

const { db } = await testDatabase();

test("a key is shown once, names its environment, and only its hash is stored", async () => {
  const { environment, as } = await publishedScene(db);
  const { id, token } = await createKey(as("admin"), {
    environment: environment.key,
    name: "support desk",
    scope: "server",
  });
  expect(token).toMatch(new RegExp(`^ek_${environment.key}_[\\w-]{43}$`));
  const row = await db.apiKey.findUniqueOrThrow({ where: { id } });
  expect(JSON.stringify(row)).not.toContain(token);
  expect(await authenticateKey(db, token)).toMatchObject({ actor: { id, scope: "server" }, revoked: false });
  expect(await authenticateKey(db, `${token}x`)).toBeNull();
  const audited = await db.auditEntry.findFirstOrThrow({ where: { target: `key:${id}` } });
  expect(JSON.stringify(audited.details) + audited.sentence).not.toContain(token);
});

test("a revoked key is known as revoked, and revoking twice is one entry in the log", async () => {
  const { environment, as } = await publishedScene(db);
  const { id, token } = await createKey(as("admin"), { environment: environment.key, name: "old", scope: "read" });
  expect(await keyHolds(db, id)).toBe(true);
  await revokeKey(as("admin"), { environment: environment.key, id });
  await revokeKey(as("admin"), { environment: environment.key, id });
  expect(await keyHolds(db, id)).toBe(false);
  expect(await authenticateKey(db, token)).toMatchObject({ revoked: true });
  expect(await db.auditEntry.count({ where: { action: "key.revoke", target: `key:${id}` } })).toBe(1);
});

test("only admins see, make and revoke keys, and origins and features belong to their scopes", async () => {
  const { environment, as } = await publishedScene(db);
  const input = { environment: environment.key, name: "mine", scope: "server" } as const;
  await expect(createKey(as("product-manager"), input)).rejects.toMatchObject({ code: "forbidden" });
  await expect(listKeys(as("viewer"))).rejects.toMatchObject({ code: "forbidden" });
  await expect(createKey(as("admin"), { ...input, origins: ["https://shop.example"] })).rejects.toThrow(/client key/);
  await expect(createKey(as("admin"), { ...input, features: ["reply-assistant"] })).rejects.toThrow(/automation key/);
});
