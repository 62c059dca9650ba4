import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testDatabase } from "../testing/database.ts";
import { runSqlMigrations } from "./migrate-sql.ts";

const { ownerUrl } = await testDatabase();
const client = new pg.Client({ connectionString: ownerUrl });
const folder = mkdtempSync(join(tmpdir(), "evenkeel-sql-"));
const write = (name: string, sql: string) => writeFileSync(join(folder, name), sql);
const run = () => runSqlMigrations(client, "example", folder);

beforeAll(() => client.connect());
afterAll(async () => {
  await client.end();
  rmSync(folder, { recursive: true });
});

it("applies files in the order of their names, once", async () => {
  write("0002_b.sql", "insert into example.thing values (2);");
  write("0001_a.sql", "create table example.thing (id int); insert into example.thing values (1);");
  expect(await run()).toEqual(["0001_a.sql", "0002_b.sql"]);
  expect(await run()).toEqual([]);
  expect((await client.query("select count(*)::int as n from example.thing")).rows).toEqual([{ n: 2 }]);
});

it("leaves no trace of a file that fails, and applies it once it is mended", async () => {
  write("0003_c.sql", "insert into example.thing values (3); select no_such_function();");
  await expect(run()).rejects.toThrow(/0003_c.sql failed: .*no_such_function/);
  expect((await client.query("select count(*)::int as n from example.thing")).rows).toEqual([{ n: 2 }]);
  write("0003_c.sql", "insert into example.thing values (3);");
  expect(await run()).toEqual(["0003_c.sql"]);
});

it("refuses a file that was edited after it had been applied", async () => {
  write("0001_a.sql", "create table example.other (id int);");
  await expect(run()).rejects.toThrow(/0001_a.sql was edited/);
});

it("does nothing without a folder", async () => {
  expect(await runSqlMigrations(client, "example", join(folder, "none"))).toEqual([]);
});
