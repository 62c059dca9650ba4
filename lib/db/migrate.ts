import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { PgBoss } from "pg-boss";
import { runSqlMigrations } from "./migrate-sql.ts";
import { prismaCommand } from "./prisma-command.ts";
import { projectRoot } from "./project-root.ts";

export type MigrateOptions = {
  /** Address of the database for its owner. */
  ownerUrl: string;
  /** Lets the limited role sign in with this password; absent: the administrator sees to it. */
  appPassword?: string;
};

const PRISMA_MIGRATIONS = join(projectRoot, "prisma", "migrations");
const TELEMETRY_MIGRATIONS = join(projectRoot, "lib", "telemetry", "migrations");

async function appliedByPrisma(client: pg.Client): Promise<Set<string>> {
  const table = await client.query("select to_regclass('public._prisma_migrations') as name");
  if (table.rows[0]?.name === null) return new Set();
  const rows = await client.query<{ migration_name: string }>(
    "select migration_name from public._prisma_migrations where finished_at is not null and rolled_back_at is null",
  );
  return new Set(rows.rows.map((row) => row.migration_name));
}

async function pendingOf(client: pg.Client): Promise<string[]> {
  const applied = await appliedByPrisma(client);
  const folders = readdirSync(PRISMA_MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map((folder) => folder.name).filter((name) => !applied.has(name));
}

/** Names of the Prisma migrations that a database does not have yet. */
export async function pendingMigrations(ownerUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await pendingOf(client);
  } finally {
    await client.end();
  }
}

async function runPrisma(ownerUrl: string): Promise<void> {
  const { command, args, env } = prismaCommand(["migrate", "deploy"], { DATABASE_DIRECT_URL: ownerUrl });
  const child = spawn(command, args, { cwd: projectRoot, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (part) => {
    output += part;
  });
  child.stderr.on("data", (part) => {
    output += part;
  });
  const code = await new Promise<number | null>((done, fail) => {
    child.once("error", fail);
    child.once("close", done);
  });
  if (code !== 0) throw new Error(`The database could not be migrated:\n${output.trim()}`);
}

/** The job queue's tables, made by its own library; the limited role works with them but owns none. */
async function migrateQueue(client: pg.Client, ownerUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, supervise: false, schedule: false, max: 1 });
  boss.on("error", () => {});
  await boss.start();
  await boss.stop({ graceful: false });
  await client.query(`
    grant usage on schema pgboss to evenkeel_app;
    grant select, insert, update, delete on all tables in schema pgboss to evenkeel_app;
    grant usage, select on all sequences in schema pgboss to evenkeel_app;
    grant execute on all functions in schema pgboss to evenkeel_app;
  `);
}

/**
 * Brings a database to the newest state: Prisma's migrations, then those of `lib/telemetry`, then the job queue. Does nothing that
 * was done before; safe to run from several processes at once.
 * @throws Error with the output of what failed.
 */
export async function migrate({ ownerUrl, appPassword }: MigrateOptions): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(hashtext('evenkeel migrations'))");
    if ((await pendingOf(client)).length > 0) await runPrisma(ownerUrl);
    await runSqlMigrations(client, "telemetry", TELEMETRY_MIGRATIONS);
    await migrateQueue(client, ownerUrl);
    if (appPassword !== undefined) {
      await client.query(`alter role evenkeel_app login password ${client.escapeLiteral(appPassword)}`);
    }
  } finally {
    await client.end();
  }
}
