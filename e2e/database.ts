import pg from "pg";
import { env } from "#lib/env.ts";

const COPY = "evenkeel_yesterday";

/** Dumps the run's database as it is now. Whoever is connected is cut off for a moment, as with any file-level backup. */
export async function dumpDatabase(): Promise<void> {
  await asOwner(async (client, name) => {
    await client.query(`drop database if exists ${COPY}`);
    await cutOff(client, name, () => client.query(`create database ${COPY} template ${name}`));
  });
}

/** Puts yesterday's dump in the place of the run's database, under a console that keeps running. */
export async function restoreDatabase(): Promise<void> {
  await asOwner(async (client, name) => {
    await cutOff(client, name, () => client.query(`alter database ${name} rename to ${name}_broken`));
    await client.query(`alter database ${COPY} rename to ${name}`);
    await client.query(`drop database ${name}_broken`);
  });
}

/** Work on a database that nobody is connected to and nobody can connect to meanwhile. */
async function cutOff(client: pg.Client, name: string, work: () => Promise<unknown>): Promise<void> {
  const { rows } = await client.query("select oid from pg_database where datname = $1", [name]);
  const allow = (yes: boolean) =>
    client.query("update pg_database set datallowconn = $2 where oid = $1", [rows[0]?.oid, yes]);
  await allow(false);
  try {
    await client.query(
      "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()",
      [name],
    );
    await work();
  } finally {
    await allow(true);
  }
}

async function asOwner(work: (client: pg.Client, name: string) => Promise<void>): Promise<void> {
  if (!env.DATABASE_DIRECT_URL)
    throw new Error("DATABASE_DIRECT_URL is not set: the run that starts the server sets it.");
  const url = new URL(env.DATABASE_DIRECT_URL);
  const name = url.pathname.slice(1);
  url.pathname = "/postgres";
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await work(client, name);
  } finally {
    await client.end();
  }
}
