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
  if (error instanceof Trouble) return error.message;
  if (error instanceof Error && "code" in error && typeof error.code === "string") {
    const path = "path" in error ? String(error.path) : "the data folder";
    const sentence = CODES[error.code];
    if (sentence)
      return `${sentence} ${path}. Set EVENKEEL_DATA_DIR to a folder you may write to, or change its owner.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Runs a command's main function; what it throws is explained and ends the process with code 1. */
export async function main(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    console.error(`\n${explain(error)}\n`);
    process.exit(1);
  }
}
