const WIDTH = 34;

/** Seconds since `started` (of `performance.now()`), as people read them: `0.4 s`, `12 s`. */
export function secondsSince(started: number): string {
  const seconds = (performance.now() - started) / 1000;
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}

/** Runs one step of a command and prints a line with how long it took; `run` may return a remark to print behind it. */
export async function step<T>(name: string, run: () => Promise<T> | T, remark?: (value: T) => string): Promise<T> {
  const started = performance.now();
  process.stdout.write(`  ${name.padEnd(WIDTH)}`);
  try {
    const value = await run();
    const said = remark?.(value);
    console.log(`${secondsSince(started)}${said ? `  (${said})` : ""}`);
    return value;
  } catch (error) {
    console.log("failed");
    throw error;
  }
}
