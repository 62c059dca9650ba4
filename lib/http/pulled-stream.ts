type Ending = {
  /** Aborted, by whoever knows first, when nobody reads any more. */
  gone: AbortController;
  /** A reader that asks for nothing for so long, milliseconds, has gone away without saying so. */
  idleMs: number;
  /** Called once, however it ends; with why, when it was broken off. */
  ended: (because?: unknown) => void;
};

/**
 * Text parts as a byte stream that makes the next part only when it is asked for, so that a slow reader fills no memory. A part that cannot be made breaks
 * the stream off: half a file never looks whole.
 */
export function pulledStream(parts: AsyncGenerator<string, void>, ending: Ending): ReadableStream<Uint8Array> {
  const { gone, idleMs, ended } = ending;
  const text = new TextEncoder();
  let idle: NodeJS.Timeout | undefined;
  let over = false;
  const end = (because?: unknown) => {
    clearTimeout(idle);
    if (!over) ended(because);
    over = true;
  };
  const waitForReader = () => {
    idle = setTimeout(() => gone.abort(new Error("Nobody reads this any more.")), idleMs);
    idle.unref();
  };
  /** The next part that holds anything: a pull that brings nothing would never be repeated. */
  const next = async () => {
    while (true) {
      const part = await parts.next();
      if (part.done || part.value !== "") return part;
    }
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const breakOff = () => {
          end(gone.signal.reason);
          controller.error(gone.signal.reason);
        };
        if (gone.signal.aborted) breakOff();
        gone.signal.addEventListener("abort", breakOff, { once: true });
        waitForReader();
      },
      async pull(controller) {
        clearTimeout(idle);
        try {
          const part = await next();
          if (over) return;
          if (part.done) {
            end();
            controller.close();
          } else {
            controller.enqueue(text.encode(part.value));
            waitForReader();
          }
        } catch (error) {
          end(error);
          throw error;
        }
      },
      async cancel(reason) {
        gone.abort(reason);
        await parts.return();
      },
    },
    { highWaterMark: 0 },
  );
}
