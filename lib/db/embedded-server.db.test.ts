import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEmbedded } from "./embedded-server.ts";
import { isAlive, readPidFile, readState } from "./embedded-state.ts";
import { projectRoot } from "./project-root.ts";

const dataDir = join(tmpdir(), `evenkeel-embedded-${process.pid}`);
const settings = ["fsync=off"];

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return Object.values((await client.query(sql)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

function cluster(): string {
  return readState(dataDir)?.cluster ?? "";
}

/** Another process that starts the server, says so, and lives until it is killed. */
async function otherProcess() {
  const module = JSON.stringify(join(projectRoot, "lib", "db", "embedded-server.ts"));
  const program = `const { startEmbedded } = await import(${module});
    await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, settings: ["fsync=off"] });
    console.log("up");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

beforeAll(() => void mkdirSync(dataDir, { recursive: true, mode: 0o755 }));
afterAll(async () => {
  await (await startEmbedded({ dataDir })).stop();
  rmSync(cluster(), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
});

describe("the embedded server", () => {
  it("starts in a fresh folder, speaks UTF-8 and sorts by bytes, and keeps its passwords to itself", async () => {
    const server = await startEmbedded({ dataDir, settings });
    expect(server.shared).toBe(false);
    expect(await ask(server.url("postgres"), "show server_encoding")).toBe("UTF8");
    expect(await ask(server.url("postgres"), "select datcollate from pg_database where datname = 'template1'")).toBe(
      "C",
    );
    expect(statSync(join(dataDir, "postgres.json")).mode & 0o077).toBe(0);
    await expect(ask(server.url("postgres").replace(/:[^:@]+@/, ":wrong@"), "select 1")).rejects.toMatchObject({
      code: "28P01",
    });
    await server.stop();
    expect(readPidFile(cluster())).toBeUndefined();
  });

  it("is shared with a process that started it, and left alone by others", async () => {
    const owner = await otherProcess();
    const server = await startEmbedded({ dataDir, settings });
    expect(server.shared).toBe(true);
    const pid = readPidFile(cluster())?.pid ?? 0;
    await server.stop();
    expect(isAlive(pid)).toBe(true);
    owner.kill("SIGKILL");
    await once(owner, "exit");
  });

  it("is taken over when whoever started it was killed, with its data", async () => {
    const left = readPidFile(cluster())?.pid ?? 0;
    expect(isAlive(left)).toBe(true);
    const server = await startEmbedded({ dataDir, settings });
    expect(server.shared).toBe(false);
    expect(readPidFile(cluster())?.pid).toBe(left);
    await server.stop();
    expect(isAlive(left)).toBe(false);
  });

  it("starts in spite of a pid file whose number belongs to another program by now", async () => {
    writeFileSync(
      join(cluster(), "postmaster.pid"),
      `${process.pid}\n${cluster()}\n0\n${readState(dataDir)?.port}\n\n127.0.0.1\n`,
    );
    const server = await startEmbedded({ dataDir, settings });
    expect(readPidFile(cluster())?.pid).not.toBe(process.pid);
    expect(await ask(server.url("postgres"), "select 1")).toBe(1);
    await server.stop();
  });

  it("says where its log is when it cannot start", async () => {
    const conf = join(cluster(), "postgresql.conf");
    const text = readFileSync(conf, "utf8");
    writeFileSync(conf, `${text}\nno_such_setting = 1\n`);
    await expect(startEmbedded({ dataDir, settings })).rejects.toThrow(/did not start. Its log is .*\.log/);
    writeFileSync(conf, text);
  });
});
