import { randomBytes } from "node:crypto";
import pg from "pg";
import { freePort } from "../../db/embedded-server.ts";
import { ensureClient } from "../../db/generate-client.ts";
import type { PrismaClient } from "../../db/generated/client.ts";
import { migrate } from "../../db/migrate.ts";
import { startTestServer } from "../../testing/test-server.ts";
import { buildConsole, isBuilt } from "../build-console.ts";
import { startConsole } from "../demo-programs.ts";
import type { Lifetime } from "../lifetime.ts";
import { seedDatabase } from "../seed-database.ts";

const DATABASE = "evenkeel_crash";

/** A production console of its own, with the seeded calm day, that can be killed and comes back at the same address. */
export type Stage = {
  url: string;
  /** Of every seeded person. */
  password: string;
  db: PrismaClient;
  databaseUrl: string;
  ownerUrl: string;
  /** As the machine does it when power fails: no signal handler runs, nothing is flushed. */
  kill(): Promise<void>;
  /** Starts it again. @throws Error when it does not come up. */
  start(): Promise<void>;
};

/** Sets the stage; `lifetime` takes it down. Builds the console unless it is built from the present sources. */
export async function setStage(lifetime: Lifetime): Promise<Stage> {
  ensureClient();
  const { server, dataDir, remove } = await startTestServer("crash");
  lifetime.add(remove);
  const owner = new pg.Client({ connectionString: server.url("postgres") });
  await owner.connect();
  await owner.query(`create database ${DATABASE}`);
  await owner.end();
  const ownerUrl = server.url(DATABASE);
  const databaseUrl = server.url(DATABASE, "app");
  await migrate({ ownerUrl, appPassword: server.appPassword });
  const password = randomBytes(9).toString("base64url");
  await seedDatabase({ scenario: "calm-day", url: databaseUrl, password });
  if (!isBuilt()) await buildConsole();
  const { createDb } = await import("../../db/client.ts");
  const db = createDb(databaseUrl, { max: 4, name: "evenkeel crash test" });
  lifetime.add(() => db.$disconnect());

  const port = await freePort();
  const environment = { DATABASE_URL: databaseUrl, DATABASE_DIRECT_URL: ownerUrl, EVENKEEL_DATA_DIR: dataDir };
  let running = await startConsole(port, environment);
  lifetime.add(() => running.stop());
  return {
    url: `http://localhost:${port}`,
    password,
    db,
    databaseUrl,
    ownerUrl,
    async kill() {
      const { child } = running;
      const ended = new Promise((done) => child.once("exit", done));
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      await ended;
    },
    async start() {
      running = await startConsole(port, environment);
    },
  };
}
