/** Our own longest stretch without giving the host's event loop back, in ms; the promise is 5. */
const SLICE_MS = 2;

/** Resolves after what is already waiting in the event loop. */
export const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Runs a generator that pauses often, giving the event loop back every 2 ms. Rejects with what it throws. */
export async function inSlices<T>(work: Generator<void, T>): Promise<T> {
  let began = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - began < SLICE_MS) continue;
    await nextTurn();
    began = performance.now();
  }
}
