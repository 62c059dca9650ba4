import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureClient } from "../db/generate-client.ts";
import { projectRoot } from "../db/project-root.ts";
import { childEnv, env } from "../env.ts";
import { main } from "./give-up.ts";
import { onStop } from "./on-stop.ts";
import { openDatabase, requireMigrated } from "./open-database.ts";
import { requireFreePorts } from "./ports.ts";
import { stopProcess } from "./processes.ts";

/** The console for its developers: reloads what changes. */
await main(async () => {
  await requireFreePorts([env.PORT]);
  ensureClient();
  const database = await openDatabase();
  await requireMigrated(database);
  const { closeDb, getDb, getPool } = await import("../db/client.ts");
  const { startWorker } = await import("../worker/main.ts");
  const worker = await startWorker({ db: getDb(), pool: getPool(), directUrl: database.ownerUrl });
  const next = join(projectRoot, "node_modules", "next", "dist", "bin", "next");
  const child = spawn(process.execPath, [next, "dev", "--port", String(env.PORT)], {
    cwd: projectRoot,
    env: childEnv({ NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" }),
    stdio: "inherit",
  });
  child.once("exit", () => process.kill(process.pid, "SIGTERM"));
  onStop(async () => {
    await Promise.all([stopProcess(child), worker.stop()]);
    await closeDb();
    await database.close();
  });
});
