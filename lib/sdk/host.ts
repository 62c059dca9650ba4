/** What the SDK takes from the process around it. Replaced in tests to move time without waiting. */
export type Host = {
  /** Milliseconds of a clock that never jumps. */
  monotonic(): number;
  /** Epoch ms of the host's clock; never trusted for a decision, but to find a cache file too old. */
  wallClock(): number;
  /** 0 to 1; spreads reconnects. */
  random(): number;
  env(name: string): string | undefined;
};

export const realHost: Host = {
  monotonic: () => performance.now(),
  wallClock: () => Date.now(),
  random: () => Math.random(),
  env: (name) => process.env[name],
};
