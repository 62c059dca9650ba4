import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../db/project-root.ts";
import { childEnv } from "../env.ts";
import { Trouble } from "./give-up.ts";
import { hashFiles } from "./hash-files.ts";

/** What the built console is made of; tests, tools and the SDK's examples are not in it. */
const SOURCES = [
  "app/**/*",
  "components/**/*",
  "public/**/*",
  "lib/**/*.{ts,tsx,json}",
  "prisma/models/*.prisma",
  "{proxy,instrumentation,instrumentation-client}.ts",
  "{next.config.js,postcss.config.mjs,tsconfig.json,package-lock.json}",
];
const NOT_SOURCES = /\.test\.tsx?$|^lib\/(cli|testing|sdk\/examples|db\/generated)\/|node_modules|\/dist\//;
const STAMP = join(projectRoot, ".next", "sources.sha256");

function sourcesHash(): string {
  return hashFiles(SOURCES, NOT_SOURCES);
}

/** Whether the console that stands in `.next` was built from the sources as they are now. */
export function isBuilt(): boolean {
  return existsSync(STAMP) && readFileSync(STAMP, "utf8") === sourcesHash();
}

/**
 * Builds the console for production. `onOutput` gets what the build says.
 * @throws Trouble with the build's output when it fails.
 */
export async function buildConsole(onOutput: (text: string) => void = () => {}): Promise<void> {
  const hash = sourcesHash();
  const next = join(projectRoot, "node_modules", "next", "dist", "bin", "next");
  const env = childEnv({ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
  const child = spawn(process.execPath, [next, "build"], { cwd: projectRoot, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const collect = (part: Buffer) => {
    output += part.toString();
    onOutput(part.toString());
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const code = await new Promise<number | null>((done, fail) => {
    child.once("error", fail);
    child.once("close", done);
  });
  if (code !== 0) throw new Trouble(`The console could not be built:\n${output.trim()}`);
  writeFileSync(STAMP, hash);
}
