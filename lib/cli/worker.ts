import { ensureClient } from "../db/generate-client.ts";
import { main } from "./give-up.ts";
import { openDatabase, requireMigrated } from "./open-database.ts";

/** The worker in a process of its own, for servers that run with EVENKEEL_WORKER=apart. */
await main(async (lifetime) => {
  ensureClient();
  const database = await openDatabase();
  lifetime.add(database.close);
  await requireMigrated(database);
  const { closeDb, getDb, getPool } = await import("../db/client.ts");
  const { startWorker } = await import("../worker/main.ts");
  lifetime.add(closeDb);
  const worker = await startWorker({ db: getDb(), pool: getPool(), directUrl: database.ownerUrl });
  lifetime.add(worker.stop);
  console.log("The worker runs.");
});
