import { spawn } from "node:child_process";
import { projectRoot } from "../db/project-root.ts";
import { childEnv } from "../env.ts";

/** How a tool ended, and what it said. */
export type Outcome = { ok: boolean; output: string };

export type ToolOptions = {
  env?: Readonly<Record<string, string>>;
  /** After this long it is ended and counts as failed. */
  timeoutMs?: number;
  /** Gets what it says, as it says it. */
  onOutput?: (text: string) => void;
};

const TIMEOUT_MS = 20 * 60_000;

/** Runs `node <args>` in the project's folder and collects what it says; it ends with us. */
export async function runNode(args: readonly string[], options: ToolOptions = {}): Promise<Outcome> {
  const { env = {}, timeoutMs = TIMEOUT_MS, onOutput = () => {} } = options;
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    env: childEnv({ NO_COLOR: "1", FORCE_COLOR: undefined, ...env }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = () => void child.kill("SIGTERM");
  process.once("exit", end);
  let output = "";
  const collect = (part: Buffer) => {
    output += part.toString();
    onOutput(part.toString());
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const timer = setTimeout(() => {
    output += `\nIt was ended because it took longer than ${Math.round(timeoutMs / 1000)} s.`;
    child.kill("SIGKILL");
  }, timeoutMs);
  const code = await new Promise<number | null>((done, fail) => {
    child.once("error", fail);
    child.once("close", done);
  });
  clearTimeout(timer);
  process.off("exit", end);
  return { ok: code === 0, output: output.trim() };
}
