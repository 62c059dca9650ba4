import { vi } from "vitest";

const realTimeout = globalThis.setTimeout;

let underWay = 0;

/** `fetch` that is waited for: virtual time does not run on while a call (but for the endless stream) is under way, however slow this machine is. */
export const watchedFetch: typeof globalThis.fetch = async (...call) => {
  if (String(call[0]).endsWith("/stream")) return globalThis.fetch(...call);
  underWay++;
  try {
    return await globalThis.fetch(...call);
  } finally {
    underWay--;
  }
};

/** Lets sockets of this process move for a moment of real time. */
async function breathe(): Promise<void> {
  let patience = 200;
  do await new Promise((resolve) => realTimeout(resolve, 1));
  while (underWay > 0 && --patience > 0);
}

/** From here on timers, the monotonic and the wall clock move only when told; sockets stay real. */
export function useVirtualTime(): void {
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
    now: Date.UTC(2026, 10, 20, 12),
  });
}

export function useRealTime(): void {
  vi.useRealTimers();
}

/** Moves time until the condition holds; fails after `withinMs` of virtual time. Returns the virtual milliseconds it took. */
export async function until(condition: () => boolean, withinMs = 15_000, stepMs = 20): Promise<number> {
  const began = performance.now();
  for (;;) {
    await breathe();
    if (condition()) return performance.now() - began;
    if (performance.now() - began > withinMs) throw new Error(`not within ${withinMs} ms: ${condition}`);
    await vi.advanceTimersByTimeAsync(stepMs);
  }
}

/** Moves time on, letting sockets move in between. */
export async function pass(ms: number, stepMs = Math.max(20, ms / 200)): Promise<void> {
  for (let left = ms; left > 0; left -= stepMs) {
    await vi.advanceTimersByTimeAsync(Math.min(stepMs, left));
    await breathe();
  }
}

/** Lets sockets move without any time passing, until the condition holds. */
export async function soon(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 2000; i++) {
    if (condition()) return;
    await breathe();
  }
  throw new Error(`not soon: ${condition}`);
}
