import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";

/**
 * Applies the `*.sql` files of a folder that a schema does not have yet, in the order of their names, each in its own transaction.
 * What was applied stands in `<schema>.migrations`.
 * @throws Error when a file that was applied has been edited since, or a statement fails (that file then left no trace).
 */
export async function runSqlMigrations(client: pg.Client, schema: string, folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const table = `${client.escapeIdentifier(schema)}.migrations`;
  await client.query(`create schema if not exists ${client.escapeIdentifier(schema)}`);
  await client.query(
    `create table if not exists ${table} (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`,
  );
  const rows = await client.query<{ name: string; sha256: string }>(`select name, sha256 from ${table}`);
  const applied = new Map(rows.rows.map((row) => [row.name, row.sha256]));
  const done: string[] = [];
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .sort()) {
    const sql = readFileSync(join(folder, name), "utf8");
    const sha256 = createHash("sha256").update(sql).digest("hex");
    const before = applied.get(name);
    if (before === sha256) continue;
    if (before !== undefined)
      throw new Error(`${name} was edited after it had been applied; write a new file instead.`);
    await client.query("begin");
    try {
      await client.query(sql);
      await client.query(`insert into ${table} (name, sha256) values ($1, $2)`, [name, sha256]);
      await client.query("commit");
      done.push(name);
    } catch (cause) {
      await client.query("rollback");
      throw new Error(`${name} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  }
  return done;
}
