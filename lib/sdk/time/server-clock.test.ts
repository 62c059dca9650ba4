import { describe, expect, it } from "vitest";
import { CONTACT_GRACE_MS, ServerClock } from "./server-clock.ts";

function clockAt(start: number) {
  const at = { now: start };
  return { at, clock: new ServerClock(() => at.now) };
}

const T = 1_800_000_000_000;

describe("server time as proved to this process", () => {
  it("advances by the monotonic clock while confirmed, and stands still when cut off", () => {
    const { at, clock } = clockAt(500);
    clock.confirm(T);
    at.now += 4000;
    expect(clock.now()).toBe(T + 4000);
    at.now += 3_600_000;
    expect(clock.now()).toBe(T + CONTACT_GRACE_MS);
    expect(clock.inTouch()).toBe(false);
    expect(clock.estimate()).toBe(T + 3_604_000);
  });

  it("catches up with the truth when the server confirms again without a time", () => {
    const { at, clock } = clockAt(0);
    clock.confirm(T);
    at.now += 3_600_000;
    clock.confirm();
    expect(clock.now()).toBe(T + 3_600_000);
  });

  it("knows no time before anyone told one, so nothing has expired", () => {
    const { at, clock } = clockAt(0);
    at.now += 1e9;
    expect(clock.now()).toBeNaN();
    expect(clock.estimate()).toBeNull();
  });

  it("stands where the cache file left it until the server speaks", () => {
    const { at, clock } = clockAt(0);
    clock.startFrom(T, T);
    at.now += 1e6;
    expect(clock.now()).toBe(T);
    clock.confirm(T + 5);
    clock.startFrom(T + 99, T);
    expect(clock.now()).toBe(T + 5);
  });

  it("is too old 15 minutes after a cold start, 24 hours after the last confirmation", () => {
    const staleAfter = { coldStartMs: 900_000, runningMs: 86_400_000 };
    const { at, clock } = clockAt(7);
    at.now += 900_000;
    expect(clock.tooOld(staleAfter)).toBe(false);
    at.now += 1;
    expect(clock.tooOld(staleAfter)).toBe(true);
    clock.confirm(T);
    at.now += 86_400_000;
    expect(clock.tooOld(staleAfter)).toBe(false);
    at.now += 1;
    expect(clock.tooOld(staleAfter)).toBe(true);
  });

  it("counts the age of a cache file in, and is not made younger by a wall clock that is behind", () => {
    const staleAfter = { coldStartMs: 900_000, runningMs: 86_400_000 };
    const started = (wallClock: number) => {
      const { at, clock } = clockAt(7);
      clock.startFrom(T, wallClock);
      return { at, clock };
    };
    expect(started(T + 3 * 86_400_000).clock.tooOld(staleAfter)).toBe(true);
    for (const [wallClock, left] of [
      [T + 600_000, 300_000],
      [T - 86_400_000, 900_000],
    ] as const) {
      const { at, clock } = started(wallClock);
      at.now += left;
      expect(clock.tooOld(staleAfter)).toBe(false);
      at.now += 1;
      expect(clock.tooOld(staleAfter)).toBe(true);
      clock.confirm(T);
      expect(clock.tooOld(staleAfter)).toBe(false);
    }
  });
});
