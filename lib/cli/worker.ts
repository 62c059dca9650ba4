import { ensureClient } from "../db/generate-client.ts";
import { main } from "./give-up.ts";
import { onStop } from "./on-stop.ts";
import { openDatabase, requireMigrated } from "./open-database.ts";

/** The worker in a process of its own, for servers that run with EVENKEEL_WORKER=apart. */
await main(async () => {
  ensureClient();
  const database = await openDatabase();
  await requireMigrated(database);
  const { closeDb, getDb, getPool } = await import("../db/client.ts");
  const { startWorker } = await import("../worker/main.ts");
  const worker = await startWorker({ db: getDb(), pool: getPool(), directUrl: database.ownerUrl });
  onStop(async () => {
    await worker.stop();
    await closeDb();
    await database.close();
  });
  console.log("The worker runs.");
});
