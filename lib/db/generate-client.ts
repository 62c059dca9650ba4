import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { prismaCommand } from "./prisma-command.ts";
import { projectRoot } from "./project-root.ts";

const MODELS = join(projectRoot, "prisma", "models");
const CLIENT = join(projectRoot, "lib", "db", "generated", "client.ts");
const STAMP = join(projectRoot, "node_modules", ".cache", "evenkeel", "client.sha256");

function modelsHash(): string {
  const hash = createHash("sha256");
  for (const file of readdirSync(MODELS).sort()) hash.update(file).update(readFileSync(join(MODELS, file)));
  return hash.update(readFileSync(join(projectRoot, "node_modules", "prisma", "package.json"))).digest("hex");
}

/** Generates the Prisma client when it is missing or the models have changed. Returns whether it had to. */
export function ensureClient(): boolean {
  const wanted = modelsHash();
  if (existsSync(CLIENT) && existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return false;
  const { command, args, env } = prismaCommand(["generate"]);
  const result = spawnSync(command, args, { cwd: projectRoot, env, encoding: "utf8" });
  if (result.status !== 0) {
    rmSync(STAMP, { force: true });
    throw new Error(`The database client could not be generated:\n${result.stdout}${result.stderr}`);
  }
  mkdirSync(join(STAMP, ".."), { recursive: true });
  writeFileSync(STAMP, wanted);
  return true;
}
