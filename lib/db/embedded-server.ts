import { spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { canReach, type ServerAccount, serverAccount } from "./embedded-account.ts";
import { nameFor, REACHABLE_FOLDER, type ServerBinaries, serverBinaries } from "./embedded-binaries.ts";
import { type EmbeddedState, isAlive, newPassword, readPidFile, readState, writeState } from "./embedded-state.ts";

/** A running embedded PostgreSQL. */
export type EmbeddedServer = {
  port: number;
  /** Address of a database for the owner role or for the limited role `evenkeel_app`. */
  url(database: string, role?: "owner" | "app"): string;
  appPassword: string;
  /** True when another living process started it: stopping is then left to that one. */
  shared: boolean;
  /** Stops the server (clients are disconnected, nothing is lost); does nothing when `shared`. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  dataDir: string;
  /** Further server settings, `name=value`. */
  settings?: readonly string[];
};

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 20_000;
const POLL_MS = 50;

/** A TCP port of the loopback interface that is free at this moment. */
export async function freePort(): Promise<number> {
  return await new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

async function portIsFree(port: number): Promise<boolean> {
  return await new Promise((done) => {
    const probe = createServer();
    probe.once("error", () => done(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => done(true)));
  });
}

function urlOf(state: EmbeddedState, database: string, role: "owner" | "app" = "owner"): string {
  const [user, password] = role === "owner" ? ["postgres", state.ownerPassword] : ["evenkeel_app", state.appPassword];
  return `postgresql://${user}:${password}@127.0.0.1:${state.port}/${database}`;
}

async function answers(state: EmbeddedState): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(state, "postgres"), connectionTimeoutMillis: 2_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function waitUntil(holds: () => boolean | Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const until = performance.now() + timeoutMs;
  while (performance.now() < until) {
    if (await holds()) return true;
    await wait(POLL_MS);
  }
  return false;
}

/** Whether the process of a pid file is that cluster's server, and not another program that got its number since. */
function holdsCluster(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  const listed = spawnSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  if (listed.error === undefined) return listed.stdout.includes(cluster);
  const commandLine = `/proc/${pid}/cmdline`;
  return existsSync(commandLine) && readFileSync(commandLine, "utf8").includes(cluster);
}

async function stopPid(pid: number, signal: "SIGINT" | "SIGQUIT" = "SIGINT"): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, signal);
  if (await waitUntil(() => !isAlive(pid), STOP_TIMEOUT_MS)) return;
  if (signal === "SIGINT") return stopPid(pid, "SIGQUIT");
  throw new Error(`The database server (process ${pid}) does not stop. End that process and start again.`);
}

function initCluster(cluster: string, account: ServerAccount, binaries: ServerBinaries, password: string): void {
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  if (account.uid !== undefined && account.gid !== undefined) chownSync(cluster, account.uid, account.gid);
  const passwordFile = join(REACHABLE_FOLDER, `evenkeel-${nameFor(`${cluster}${process.pid}`)}`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) chownSync(passwordFile, account.uid, account.gid);
  const flags = ["--encoding=UTF8", "--locale=C", "--auth=scram-sha-256", "--username=postgres"];
  const result = spawnSync(binaries.initdb, [...flags, `--pwfile=${passwordFile}`, "-D", cluster], {
    ...account,
    cwd: cluster,
    encoding: "utf8",
  });
  rmSync(passwordFile, { force: true });
  if (result.status !== 0) {
    rmSync(cluster, { recursive: true, force: true });
    throw new Error(
      `The database could not be set up in ${cluster}: ${(result.stderr || String(result.error)).trim()}`,
    );
  }
}

async function freshState(dataDir: string, account: ServerAccount): Promise<EmbeddedState> {
  mkdirSync(dataDir, { recursive: true });
  const cluster = canReach(account, dataDir)
    ? join(dataDir, "postgres")
    : join(REACHABLE_FOLDER, `evenkeel-data-${nameFor(dataDir)}`);
  return { cluster, port: 0, ownerPassword: newPassword(), appPassword: newPassword(), startedBy: process.pid };
}

function launch(state: EmbeddedState, account: ServerAccount, binaries: ServerBinaries, settings: readonly string[]) {
  const fixed = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "timezone=UTC", "max_connections=200"];
  const log = openSync(`${state.cluster}.log`, "a");
  const flags = [...fixed, ...settings].flatMap((setting) => ["-c", setting]);
  const child = spawn(binaries.postgres, ["-D", state.cluster, "-p", String(state.port), ...flags], {
    ...account,
    cwd: state.cluster,
    detached: true,
    stdio: ["ignore", log, log],
  });
  child.unref();
  return child;
}

/**
 * Starts the embedded server of a data folder, or joins the one that runs there: a healthy server left over by a killed process is
 * taken over, an unhealthy one is stopped first.
 * @throws Error in plain words when the folder cannot be written or the server does not come up.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const dataDir = resolve(options.dataDir);
  const account = serverAccount();
  const known = readState(dataDir);
  const state = known ?? (await freshState(dataDir, account));
  const running = readPidFile(state.cluster);
  if (running !== undefined && holdsCluster(running.pid, state.cluster)) {
    if (running.port === state.port && (await waitUntil(() => answers(state), 5_000))) {
      const shared = state.startedBy !== process.pid && isAlive(state.startedBy);
      if (!shared) writeState(dataDir, { ...state, startedBy: process.pid });
      return handle(state, running.pid, shared);
    }
    await stopPid(running.pid);
  } else if (running !== undefined) {
    rmSync(join(state.cluster, "postmaster.pid"), { force: true });
  }
  const binaries = await serverBinaries(account);
  if (!existsSync(join(state.cluster, "PG_VERSION")))
    initCluster(state.cluster, account, binaries, state.ownerPassword);
  if (state.port === 0 || !(await portIsFree(state.port))) state.port = await freePort();
  state.startedBy = process.pid;
  writeState(dataDir, state);
  const child = launch(state, account, binaries, options.settings ?? []);
  const up = await waitUntil(async () => child.exitCode !== null || (await answers(state)), START_TIMEOUT_MS);
  const pid = child.pid;
  if (!up || child.exitCode !== null || pid === undefined) {
    throw new Error(`The embedded database did not start. Its log is ${state.cluster}.log`);
  }
  return handle(state, pid, false);
}

function handle(state: EmbeddedState, pid: number, shared: boolean): EmbeddedServer {
  return {
    port: state.port,
    url: (database, role) => urlOf(state, database, role),
    appPassword: state.appPassword,
    shared,
    stop: async () => {
      if (!shared) await stopPid(pid);
    },
  };
}
