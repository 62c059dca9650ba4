import pg from "pg";
import type { TestProject } from "vitest/node";
import type { EmbeddedServer } from "../db/embedded-server.ts";
import { ensureClient } from "../db/generate-client.ts";
import { migrate } from "../db/migrate.ts";
import { startTestServer } from "./test-server.ts";

const TEMPLATE = "evenkeel_template";

declare module "vitest" {
  export interface ProvidedContext {
    testServer: { ownerUrl: string; appUrl: string; template: string };
  }
}

/** Once per run: a PostgreSQL server of our own with one migrated database, from which each test file's is cloned. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  ensureClient();
  const { server, remove } = await startTestServer();
  try {
    await makeTemplate(server);
  } catch (error) {
    await remove();
    throw error;
  }
  project.provide("testServer", {
    ownerUrl: server.url("postgres"),
    appUrl: server.url("postgres", "app"),
    template: TEMPLATE,
  });
  return remove;
}

async function makeTemplate(server: EmbeddedServer): Promise<void> {
  const client = new pg.Client({ connectionString: server.url("postgres") });
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  await migrate({ ownerUrl: server.url(TEMPLATE), appPassword: server.appPassword });
  // Nobody may connect to a template while it is being cloned.
  await client.query(`alter database ${TEMPLATE} is_template true allow_connections false`);
  await client.end();
}
