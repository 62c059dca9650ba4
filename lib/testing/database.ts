import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, inject } from "vitest";
import { createDb } from "../db/client.ts";
import type { PrismaClient } from "../db/generated/client.ts";
import { createPool } from "../db/pool.ts";

/** A migrated, empty database of one test file. */
export type TestDatabase = {
  /** Prisma, as the limited role, as in production. */
  db: PrismaClient;
  /** Plain connections as the limited role. */
  pool: pg.Pool;
  /** Addresses for the owner and for the limited role. */
  ownerUrl: string;
  appUrl: string;
};

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function asOwner(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/**
 * Clones the template database for the calling test file (about 50 ms) and drops the clone after its last test.
 * Use it at the top of a `*.db.test.ts`: `const { db } = await testDatabase();`
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject("testServer");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asOwner(server.ownerUrl, `create database ${name} template ${server.template}`);
  const ownerUrl = withDatabase(server.ownerUrl, name);
  const appUrl = withDatabase(server.appUrl, name);
  const db = createDb(appUrl, { max: 10, name: "test" });
  const pool = createPool(appUrl, { max: 5, name: "test" });
  afterAll(async () => {
    await Promise.allSettled([db.$disconnect(), pool.end()]);
    await asOwner(server.ownerUrl, `drop database ${name} with (force)`);
  });
  return { db, pool, ownerUrl, appUrl };
}
