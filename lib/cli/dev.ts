import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureClient } from "../db/generate-client.ts";
import { projectRoot } from "../db/project-root.ts";
import { childEnv, env } from "../env.ts";
import { main } from "./give-up.ts";
import { openDatabase, requireMigrated } from "./open-database.ts";
import { requireFreePorts } from "./ports.ts";
import { stopProcess } from "./processes.ts";

/** The console for its developers: reloads what changes. */
await main(async (lifetime) => {
  await requireFreePorts([env.PORT]);
  ensureClient();
  const database = await openDatabase();
  lifetime.add(database.close);
  await requireMigrated(database);
  const { closeDb, getDb, getPool } = await import("../db/client.ts");
  const { startWorker } = await import("../worker/main.ts");
  lifetime.add(closeDb);
  const worker = await startWorker({ db: getDb(), pool: getPool(), directUrl: database.ownerUrl });
  lifetime.add(worker.stop);
  const next = join(projectRoot, "node_modules", "next", "dist", "bin", "next");
  const child = spawn(process.execPath, [next, "dev", "--port", String(env.PORT)], {
    cwd: projectRoot,
    env: childEnv({ NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" }),
    stdio: "inherit",
  });
  lifetime.add(() => stopProcess(child));
  child.once("exit", (code) => void lifetime.end(code ?? 1));
});
