import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedServer, startEmbedded } from "../db/embedded-server.ts";
import { isAlive, readState } from "../db/embedded-state.ts";

const PREFIX = "evenkeel-test-";
/** Tests lose their data anyway, so they need not wait for the disk. */
const FAST = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "shared_buffers=128MB",
  "max_wal_size=2GB",
];

export type TestServer = { server: EmbeddedServer; dataDir: string; remove: () => Promise<void> };

async function removeServer(server: EmbeddedServer, dataDir: string): Promise<void> {
  await server.stop();
  const cluster = readState(dataDir)?.cluster;
  if (cluster !== undefined) rmSync(cluster, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

/** Stops and removes what runs that were killed left behind. */
async function removeOrphans(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const dataDir = join(tmpdir(), name);
    const owner = Number(name.slice(PREFIX.length).split("-")[0]);
    if (isAlive(owner)) continue;
    if (existsSync(join(dataDir, "postgres", "postmaster.pid"))) {
      await removeServer(await startEmbedded({ dataDir }), dataDir);
    } else {
      rmSync(dataDir, { recursive: true, force: true });
    }
  }
}

/** A fresh PostgreSQL server for this process; `remove` stops it and deletes its files. `label` tells several of one process apart. */
export async function startTestServer(label = "run"): Promise<TestServer> {
  await removeOrphans();
  const dataDir = join(tmpdir(), `${PREFIX}${process.pid}-${label}`);
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  const server = await startEmbedded({ dataDir, settings: FAST });
  return { server, dataDir, remove: () => removeServer(server, dataDir) };
}
