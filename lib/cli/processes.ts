import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { childEnv } from "../env.ts";

const KILL_AFTER_MS = 6_000;

/**
 * Asks a child process to end and waits until it has; after six seconds it is killed. When it leads a group of its own, that group goes
 * with it: children of children never stay behind.
 */
export async function stopProcess(child: ChildProcess, group = false): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const send = (signal: NodeJS.Signals) => {
    try {
      process.kill(group ? -pid : pid, signal);
    } catch {
      // It has ended already.
    }
  };
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, "exit");
    send("SIGTERM");
    const timer = setTimeout(() => send("SIGKILL"), KILL_AFTER_MS);
    await ended;
    clearTimeout(timer);
  }
  if (group) send("SIGKILL");
}

/** A child process and the words it has said so far. */
export type Started = { child: ChildProcess; output: () => string; stop: () => Promise<void> };

/**
 * Starts `node <args>` in a process group of its own (Ctrl-C then reaches it only through us) and resolves once it has said something
 * that `ready` matches.
 * @throws Error with what it said when it ends, or stays silent for a minute, before that.
 */
export async function startProcess(
  args: readonly string[],
  options: { cwd: string; env: Readonly<Record<string, string | undefined>>; ready: RegExp },
): Promise<Started> {
  const child = spawn(process.execPath, args, {
    cwd: options.cwd,
    env: childEnv(options.env),
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const stop = () => stopProcess(child, true);
  await new Promise<void>((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`${args[0]} was not ready after a minute:\n${output}`)), 60_000);
    const collect = (part: Buffer) => {
      output = `${output}${part.toString()}`.slice(-20_000);
      if (options.ready.test(output)) {
        clearTimeout(timer);
        done();
      }
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", fail);
    child.once("exit", (code) => fail(new Error(`${args[0]} ended with ${code}:\n${output}`)));
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { child, output: () => output, stop };
}
