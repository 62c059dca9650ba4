import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../db/project-root.ts";
import { childEnv } from "../env.ts";
import { hashFiles } from "./hash-files.ts";

const SDK = join(projectRoot, "lib", "sdk");
const SOURCES = ["lib/sdk/**/*", "lib/core/**/*.ts", "package-lock.json"];
const NOT_SOURCES = /\.test\.ts$|^lib\/sdk\/dist\/|node_modules|\.tgz$/;

const run = promisify(execFile);

/** Builds the SDK as it is published, into `lib/sdk/dist`. */
export async function buildSdk(): Promise<void> {
  const tsdown = join(projectRoot, "node_modules", "tsdown", "dist", "run.mjs");
  await run(process.execPath, [tsdown], { cwd: SDK, env: childEnv({ NODE_ENV: "production" }) });
}

/**
 * Installs the example support desk into `folder`, as a customer would, with the SDK packed from the present sources. Returns false when
 * it stands there already.
 */
export async function prepareDesk(folder: string): Promise<boolean> {
  const stamp = join(folder, "sources.sha256");
  const hash = hashFiles(SOURCES, NOT_SOURCES);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return false;
  await buildSdk();
  const { installDesk } = await import("../sdk/examples/support-desk/install.mjs");
  await installDesk(folder, SDK);
  writeFileSync(stamp, hash);
  return true;
}
