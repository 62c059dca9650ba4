import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOON } from "../testing/clock.ts";
import { testDatabase } from "../testing/database.ts";
import { createFeature, createRelease } from "../testing/factories.ts";

const { db, pool, ownerUrl } = await testDatabase();
const owner = new pg.Client({ connectionString: ownerUrl });

const entry = {
  seq: 1n,
  at: NOON,
  actor: "system",
  actorName: "Evenkeel",
  action: "test",
  target: "none",
  sentence: "Something happened.",
  details: {},
  requestId: "r1",
  previousHash: "",
  hash: "h1",
};

beforeAll(async () => {
  await owner.connect();
  await db.auditEntry.create({ data: entry });
});
afterAll(() => owner.end());

describe("the audit log", () => {
  const changes = [
    `update "AuditEntry" set sentence = 'Nothing happened.'`,
    `update "AuditEntry" set sentence = 'x' where seq = 99`,
    `delete from "AuditEntry"`,
    `truncate "AuditEntry"`,
  ];
  it.each(changes)("refuses the limited role: %s", async (sql) => {
    await expect(pool.query(sql)).rejects.toMatchObject({ code: "42501" });
  });
  it.each(changes)("refuses even the owner: %s", async (sql) => {
    await expect(owner.query(sql)).rejects.toMatchObject({ code: "23001" });
    await expect(
      owner
        .query(`set session_replication_role = replica; ${sql}`)
        .finally(() => owner.query("reset session_replication_role")),
    ).rejects.toMatchObject({ code: "23001" });
  });
  it("still reads and appends", async () => {
    await db.auditEntry.create({ data: { ...entry, seq: 2n, hash: "h2" } });
    expect(await db.auditEntry.count()).toBe(2);
  });
});

describe("releases", () => {
  it("change their standing and nothing else", async () => {
    const feature = await createFeature(db);
    const { id } = await createRelease(db, feature.id);
    await db.release.update({ where: { id }, data: { standing: "known-good", knownGoodSince: NOON } });
    await expect(pool.query(`update "Release" set name = 'x' where id = $1`, [id])).rejects.toMatchObject({
      code: "42501",
    });
    await expect(owner.query(`update "Release" set blob = 'x' where id = $1`, [id])).rejects.toMatchObject({
      code: "23001",
    });
    await expect(owner.query(`delete from "Release"`)).rejects.toMatchObject({ code: "23001" });
    expect(await db.release.findUniqueOrThrow({ where: { id } })).toMatchObject({ standing: "known-good" });
  });
});

describe("blobs and rulesets", () => {
  it.each(["Blob", "RulesetVersion"])("%s is append-only for the program, removable by the owner", async (table) => {
    const column = table === "Blob" ? `"mediaType"` : "cause";
    await expect(pool.query(`update "${table}" set ${column} = 'x'`)).rejects.toMatchObject({ code: "42501" });
    await expect(pool.query(`delete from "${table}"`)).rejects.toMatchObject({ code: "42501" });
    await expect(owner.query(`update "${table}" set ${column} = 'x'`)).rejects.toMatchObject({ code: "23001" });
    await expect(owner.query(`delete from "${table}"`)).resolves.toBeDefined();
  });
});

describe("the limited role", () => {
  it("deletes from no table of the product, owns nothing and creates nothing", async () => {
    const deletable = await owner.query(
      `select table_name from information_schema.role_table_grants
       where grantee = 'evenkeel_app' and table_schema = 'public' and privilege_type in ('DELETE', 'TRUNCATE')`,
    );
    expect(deletable.rows).toEqual([]);
    const owned = await owner.query(`select relname from pg_class where relowner = 'evenkeel_app'::regrole`);
    expect(owned.rows).toEqual([]);
    await expect(pool.query("create table public.mine (id int)")).rejects.toMatchObject({ code: "42501" });
  });
  it("may read and add to every table of the models", async () => {
    const missing = await owner.query(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and relname <> '_prisma_migrations' and not has_table_privilege('evenkeel_app', oid, 'SELECT, INSERT')`,
    );
    expect(missing.rows).toEqual([]);
  });
});
