/**
 * Runs `run` again and again, `everyMs` after it last ended, while `allowed` says so. Errors go to `onError` and do not end it.
 * Returns what stops it; that waits for a run under way.
 */
export function repeat(
  everyMs: number,
  allowed: () => boolean,
  run: () => Promise<void>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const round = () => {
    running = (allowed() ? run() : Promise.resolve()).catch(onError).finally(() => {
      if (!stopped) timer = setTimeout(round, everyMs);
    });
  };
  round();

  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
