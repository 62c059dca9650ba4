import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A Node process of ours that says its address on the first line that holds one. */
export type Running = {
  url: string;
  pid: number;
  signal(name: NodeJS.Signals): void;
  stop(): Promise<void>;
  output(): string;
};

const ADDRESS = /https?:\/\/\S+/;

/**
 * Starts `node <args>` in `cwd` and resolves once it has said where it listens. Fails with what it wrote when it ends before that.
 * `stop` asks it to end and waits until it has; a frozen process is thawed first, so that it can.
 */
export async function startProcess(
  args: string[],
  options: { cwd: string; env: Record<string, string> },
): Promise<Running> {
  const child = spawn(process.execPath, args, {
    cwd: options.cwd,
    env: { NODE_ENV: "production", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const address = ADDRESS.exec(output)?.[0];
      if (address && output.includes("\n")) resolve(address);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${args.join(" ")} ended with ${code}:\n${output}`)));
  });
  const pid = child.pid ?? 0;
  return {
    url,
    pid,
    output: () => output,
    signal: (name) => void process.kill(pid, name),
    stop: () => end(child, pid),
  };
}

async function end(child: ChildProcess, pid: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  process.kill(pid, "SIGCONT");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 6000);
  await ended;
  clearTimeout(timer);
}
