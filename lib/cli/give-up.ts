import { EnvironmentTrouble } from "../environment-trouble.ts";
import { createLifetime, type Lifetime } from "./lifetime.ts";

/** A trouble that the person at the terminal can do something about: `message` is one sentence that says what. */
export class Trouble extends Error {
  override name = "Trouble";
}

const CODES: Record<string, string> = {
  EACCES: "There is no permission to write to",
  EPERM: "There is no permission to write to",
  EROFS: "Nothing can be written (read-only file system) to",
  ENOSPC: "The disk is full at",
};

/** What to print of an error: one sentence for what a person can mend, the whole story for anything else. */
export function explain(error: unknown): string {
  if (error instanceof Trouble || error instanceof EnvironmentTrouble) return error.message;
  if (error instanceof Error && "code" in error && typeof error.code === "string") {
    const path = "path" in error ? String(error.path) : "the data folder";
    const sentence = CODES[error.code];
    if (sentence)
      return `${sentence} ${path}. Set EVENKEEL_DATA_DIR to a folder you may write to, or change its owner.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * Runs a command. What it starts it gives to `lifetime`, which stops it again, last first: at SIGTERM, SIGINT or SIGHUP, when the process
 * that started us is gone, and when the command fails. An error is explained and ends the process with code 1.
 */
export async function main(run: (lifetime: Lifetime) => Promise<void>): Promise<void> {
  const lifetime = createLifetime();
  try {
    await run(lifetime);
  } catch (error) {
    if (lifetime.isStopping()) return;
    console.error(`\n${explain(error)}\n`);
    await lifetime.end(1);
  }
}
