import { delimiter, join } from "node:path";
import { childEnv } from "../env.ts";
import { projectRoot } from "./project-root.ts";

/** How to run Prisma's command line: with our schema engine, without a download, a telemetry call or an update check. */
export function prismaCommand(args: readonly string[], extraEnv: Readonly<Record<string, string>> = {}) {
  const bin = join(projectRoot, "node_modules", ".bin");
  return {
    command: process.execPath,
    args: [join(projectRoot, "node_modules", "prisma", "build", "index.js"), ...args],
    env: childEnv({
      PRISMA_SCHEMA_ENGINE_BINARY: join(projectRoot, "lib", "db", "schema-engine.mjs"),
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
      PATH: [bin, childEnv().PATH].join(delimiter),
      ...extraEnv,
    }),
  };
}
