import { closeDb, getDb, getPool } from "../db/client.ts";
import { ensureClient } from "../db/generate-client.ts";
import { env, setEnv } from "../env.ts";
import { closeAll } from "../http/closers.ts";
import { buildConsole, isBuilt } from "./build-console.ts";
import { main } from "./give-up.ts";
import { onStop } from "./on-stop.ts";
import { openDatabase, requireMigrated } from "./open-database.ts";
import { requireFreePorts } from "./ports.ts";

/** The production server: console, API and streams, with the worker inside unless EVENKEEL_WORKER=apart. */
await main(async () => {
  setEnv({ NODE_ENV: "production" });
  await requireFreePorts([env.PORT]);
  ensureClient();
  const database = await openDatabase();
  await requireMigrated(database);
  if (!isBuilt()) {
    console.log("The console is not built from the present sources: building ...");
    await buildConsole();
  }
  const { serveConsole } = await import("./serve-console.ts");
  const { startWorker } = await import("../worker/main.ts");
  const server = await serveConsole(env.PORT, closeAll);
  const worker =
    env.EVENKEEL_WORKER === "inside"
      ? await startWorker({ db: getDb(), pool: getPool(), directUrl: database.ownerUrl })
      : undefined;
  onStop(async () => {
    await Promise.all([server.close(), worker?.stop()]);
    await closeDb();
    await database.close();
  });
  console.log(`Evenkeel on http://localhost:${server.port}`);
});
