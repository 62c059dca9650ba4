/** A moment in the past that every test agrees on: a Wednesday noon, UTC. */
export const NOON = new Date("2026-03-04T12:00:00.000Z");

/** A clock that only moves when told to. */
export type TestClock = {
  /** The present, as a new Date each time. */
  now(): Date;
  /** The present in epoch milliseconds. */
  ms(): number;
  /** Moves on by that many milliseconds (back, when negative). */
  advance(ms: number): void;
};

/** A clock that stands at `start` until it is advanced. */
export function testClock(start: Date = NOON): TestClock {
  let present = start.getTime();
  return {
    now: () => new Date(present),
    ms: () => present,
    advance: (ms) => {
      present += ms;
    },
  };
}
