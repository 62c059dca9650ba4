import { log } from "../log.ts";

/** After this long the process ends whatever is still open: whoever sent SIGTERM waits five seconds. */
const DEADLINE_MS = 4_500;

/**
 * Runs `stop` once at SIGTERM, SIGINT or SIGHUP, or when the process that started us is gone, and then ends the process: with code 0
 * when `stop` was done in time.
 */
export function onStop(stop: () => Promise<void>, deadlineMs = DEADLINE_MS): void {
  let stopping = false;
  const end = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), deadlineMs).unref();
    try {
      await stop();
      process.exit(0);
    } catch (error) {
      log.error({ error }, "stopping failed");
      process.exit(1);
    }
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => void end());
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void end();
  }, 1_000).unref();
}
