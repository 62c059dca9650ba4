import { ensureClient } from "../db/generate-client.ts";
import { env, setEnv } from "../env.ts";
import { closeAll } from "../http/closers.ts";
import { buildConsole, isBuilt } from "./build-console.ts";
import { main } from "./give-up.ts";
import { openDatabase, requireMigrated } from "./open-database.ts";
import { requireFreePorts } from "./ports.ts";

/**
 * The production server: console, API and streams, with the worker inside unless EVENKEEL_WORKER=apart. `--as-built` serves what was built last,
 * for callers who have just seen to that.
 */
await main(async (lifetime) => {
  setEnv({ NODE_ENV: "production" });
  await requireFreePorts([env.PORT]);
  ensureClient();
  const database = await openDatabase();
  lifetime.add(database.close);
  await requireMigrated(database);
  if (!process.argv.includes("--as-built") && !isBuilt()) {
    console.log("The console is not built from the present sources: building ...");
    await buildConsole();
  }
  const { closeDb, getDb, getPool } = await import("../db/client.ts");
  const { serveConsole } = await import("./serve-console.ts");
  const { startWorker } = await import("../worker/main.ts");
  lifetime.add(closeDb);
  if (env.EVENKEEL_WORKER === "inside") {
    const worker = await startWorker({ db: getDb(), pool: getPool(), directUrl: database.ownerUrl });
    lifetime.add(worker.stop);
  }
  const server = await serveConsole(env.PORT, closeAll);
  lifetime.add(server.close);
  console.log(`Evenkeel on http://localhost:${server.port}`);
});
