/** After this long the process ends whatever is still open: whoever sent SIGTERM waits five seconds. */
const DEADLINE_MS = 4_500;

type Stop = () => Promise<void> | void;

/** What a command has started and has to stop again. */
export type Lifetime = {
  /** Stops this, too, at the end; what was added last is stopped first. */
  add(stop: Stop): void;
  /** For commands whose children need longer to stop than five seconds. */
  allow(milliseconds: number): void;
  isStopping(): boolean;
  /** Stops everything and ends the process with that code. */
  end(code: number): Promise<void>;
};

/** A lifetime that ends at SIGTERM, SIGINT or SIGHUP, or when the process that started us is gone. */
export function createLifetime(): Lifetime {
  const stops: Stop[] = [];
  let stopping = false;
  let deadlineMs = DEADLINE_MS;

  async function end(code: number): Promise<void> {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(code || 1), deadlineMs).unref();
    for (const stop of stops.reverse()) {
      try {
        await stop();
      } catch (error) {
        console.error(error);
      }
    }
    process.exit(code);
  }

  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => void end(0));
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void end(0);
  }, 1_000).unref();

  return {
    add: (stop) => void stops.push(stop),
    allow: (milliseconds) => {
      deadlineMs = milliseconds;
    },
    isStopping: () => stopping,
    end,
  };
}
