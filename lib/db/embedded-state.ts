import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const stateSchema = z.object({
  /** Cluster folder: inside the data folder, or elsewhere when the server's account cannot reach that. */
  cluster: z.string(),
  port: z.number().int(),
  /** Password of the owner role `postgres`, and of the limited role. */
  ownerPassword: z.string(),
  appPassword: z.string(),
  /** Process that started the server and stops it. */
  startedBy: z.number().int(),
});

/** What the data folder remembers of its embedded server. */
export type EmbeddedState = z.infer<typeof stateSchema>;

function stateFile(dataDir: string): string {
  return join(dataDir, "postgres.json");
}

/** The remembered server, or undefined in a fresh data folder. */
export function readState(dataDir: string): EmbeddedState | undefined {
  const file = stateFile(dataDir);
  return existsSync(file) ? stateSchema.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}

/** Remembers the server; the file holds passwords, so only our own account may read it. */
export function writeState(dataDir: string, state: EmbeddedState): void {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(stateFile(dataDir), `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  chmodSync(stateFile(dataDir), 0o600);
}

/** A password for a role of the embedded server. */
export function newPassword(): string {
  return randomBytes(18).toString("base64url");
}

/** Whether a process with that id runs. One that has ended and that nobody has collected yet (a zombie, in containers without an init) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function isZombie(pid: number): boolean {
  try {
    // "pid (name) state ...": the name may hold anything, so the state is found behind its last parenthesis.
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").pop()?.startsWith("Z") ?? false;
  } catch {
    return false;
  }
}

/** Process id and port of a cluster's pid file; undefined when no server holds the folder. */
export function readPidFile(cluster: string): { pid: number; port: number } | undefined {
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  const pid = Number.parseInt(lines[0] ?? "", 10);
  return Number.isInteger(pid) && pid > 0 ? { pid, port: Number.parseInt(lines[3] ?? "0", 10) } : undefined;
}
