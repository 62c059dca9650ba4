import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { isAlive } from "../db/embedded-state.ts";
import { startProcess } from "./processes.ts";

const folder = mkdtempSync(join(tmpdir(), "evenkeel-processes-"));
afterAll(() => rmSync(folder, { recursive: true }));

function program(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const start = (file: string) => startProcess([file], { cwd: folder, env: {}, ready: /ready/ });

it("stopping a program stops its children, too, even those that do not listen", async () => {
  const deaf = program(
    "deaf.mjs",
    "process.on('SIGTERM', () => {}); console.log('deaf'); setInterval(() => {}, 1000);",
  );
  const parent = program(
    "parent.mjs",
    `import { spawn } from "node:child_process";
     const child = spawn(process.execPath, [${JSON.stringify(deaf)}], { stdio: ["ignore", "pipe", "inherit"] });
     child.stdout.once("data", () => console.log("child " + child.pid + " ready"));
     setInterval(() => {}, 1000);`,
  );
  const started = await start(parent);
  const child = Number(/child (\d+)/.exec(started.output())?.[1]);
  expect(isAlive(child)).toBe(true);
  await started.stop();
  expect(started.child.signalCode).toBe("SIGTERM");
  await expect.poll(() => isAlive(child), { timeout: 10_000 }).toBe(false);
});

it("a program that ends before it is ready fails with what it said", async () => {
  await expect(start(program("broken.mjs", "console.log('no such file'); process.exit(3);"))).rejects.toThrow(
    /ended with 3:\nno such file/,
  );
});
