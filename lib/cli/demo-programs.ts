import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectRoot } from "../db/project-root.ts";
import { env } from "../env.ts";
import { type Started, startProcess } from "./processes.ts";

const READY = /https?:\/\/localhost:\d+/;
const END_WITH_PARENT = ["--import", pathToFileURL(join(projectRoot, "lib", "cli", "end-with-parent.mjs")).href];
/** Messages a second of each desk: enough to see a change within seconds, few enough that an hour does not drown the example's history. */
const TRAFFIC = "0.2";

/** The console, as it was built last, in a process of its own. `extra`: further environment, such as another database. */
export function startConsole(port: number, extra: Readonly<Record<string, string>> = {}): Promise<Started> {
  const level = env.LOG_LEVEL === "info" ? "warn" : env.LOG_LEVEL;
  return startProcess([join(projectRoot, "lib", "cli", "start.ts"), "--as-built"], {
    cwd: projectRoot,
    env: { PORT: String(port), NODE_ENV: "production", LOG_LEVEL: level, ...extra },
    ready: /Evenkeel on/,
  });
}

/** The stand-in for vendors of language models. `folder`: the installed support desk. */
export function startModelServer(folder: string, port: number): Promise<Started> {
  return startProcess([...END_WITH_PARENT, join(folder, "model-server.mjs")], {
    cwd: folder,
    env: { MODEL_PORT: String(port), PORT: String(port) },
    ready: READY,
  });
}

export type DeskSettings = { name: string; port: number; consoleUrl: string; key: string; modelUrl: string };

/** One support desk with live traffic, from its installed folder. It gets no address of ours but the console's. */
export function startDesk(folder: string, desk: DeskSettings): Promise<Started> {
  return startProcess([...END_WITH_PARENT, join(folder, "start.mjs")], {
    cwd: folder,
    env: {
      EVENKEEL_URL: desk.consoleUrl,
      EVENKEEL_KEY: desk.key,
      EVENKEEL_CACHE_FILE: join(folder, `${desk.name}.rules.json`),
      MODEL_URL: desk.modelUrl,
      DESK_PORT: String(desk.port),
      DESK_INSTANCE: desk.name,
      DESK_TRAFFIC: TRAFFIC,
      CUSTOMER_MESSAGES: env.CUSTOMER_MESSAGES,
      DATABASE_URL: undefined,
      DATABASE_DIRECT_URL: undefined,
      EVENKEEL_SECRET: undefined,
      EVENKEEL_AUDIT_KEY: undefined,
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: undefined,
    },
    ready: READY,
  });
}
