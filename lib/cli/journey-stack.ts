import { randomBytes } from "node:crypto";
import { join } from "node:path";
import pg from "pg";
import { freePort } from "../db/embedded-server.ts";
import { ensureClient } from "../db/generate-client.ts";
import { migrate } from "../db/migrate.ts";
import { startTestServer } from "../testing/test-server.ts";
import { buildConsole, isBuilt } from "./build-console.ts";
import { startConsole } from "./demo-programs.ts";
import { prepareDesk } from "./prepare-desk.ts";
import { seedDatabase } from "./seed-database.ts";

/** A console with everything behind it, for tests that drive it from outside. */
export type JourneyStack = {
  url: string;
  /** Password of every seeded person. */
  password: string;
  /** API key of scope `server` for Production. */
  deskKey: string;
  /** Where the support desk is installed with the packed SDK. */
  deskFolder: string;
  databaseUrl: string;
  ownerUrl: string;
  stop(): Promise<void>;
};

const DATABASE = "evenkeel_journeys";

/** Starts a PostgreSQL server, seeds it with every story, builds what is not built, and serves the console on a free port. */
export async function startJourneyStack(): Promise<JourneyStack> {
  ensureClient();
  const { server, dataDir, remove } = await startTestServer("journeys");
  try {
    const client = new pg.Client({ connectionString: server.url("postgres") });
    await client.connect();
    await client.query(`create database ${DATABASE}`);
    await client.end();
    const ownerUrl = server.url(DATABASE);
    const databaseUrl = server.url(DATABASE, "app");
    await migrate({ ownerUrl, appPassword: server.appPassword });
    const password = randomBytes(9).toString("base64url");
    const deskSecret = randomBytes(32).toString("base64url");
    await seedDatabase({ scenario: "every-story", url: databaseUrl, password, deskSecret });
    if (!isBuilt()) await buildConsole();
    const deskFolder = join(dataDir, "support-desk");
    await prepareDesk(deskFolder);
    const port = await freePort();
    const program = await startConsole(port, {
      DATABASE_URL: databaseUrl,
      DATABASE_DIRECT_URL: ownerUrl,
      EVENKEEL_DATA_DIR: dataDir,
    });
    return {
      url: `http://localhost:${port}`,
      password,
      deskKey: `ek_production_${deskSecret}`,
      deskFolder,
      databaseUrl,
      ownerUrl,
      stop: async () => {
        await program.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
