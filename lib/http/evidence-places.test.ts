import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { inPlace, takePlace } from "./evidence-places.ts";

const nobodyLeaves = new AbortController().signal;
let held: (() => void)[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  held = [takePlace(), takePlace(), takePlace()];
});

afterEach(async () => {
  for (const leave of held) leave();
  await vi.runAllTimersAsync();
  vi.useRealTimers();
});

/** What has become of it so far. */
function followed<T>(work: Promise<T>) {
  const state: { done?: T; failed?: unknown } = {};
  work.then(
    (done) => Object.assign(state, { done }),
    (failed) => Object.assign(state, { failed }),
  );
  return state;
}

describe("when every place is taken", () => {
  it("an export is refused at once, with when to try again", () => {
    expect(takePlace).toThrow(expect.objectContaining({ code: "limit-exceeded", details: { retryAfter: 15 } }));
  });

  it("a count begins when somebody leaves, in order, and a place that is left twice is free once", async () => {
    const work = vi.fn(async (name: string) => name);
    const [first, second] = ["first", "second"].map((name) => followed(inPlace(nobodyLeaves, () => work(name))));
    held[0]?.();
    held[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    // The first has ended and the second took its place over.
    expect([first, second]).toEqual([{ done: "first" }, { done: "second" }]);
    expect(work.mock.calls).toEqual([["first"], ["second"]]);
    held[0] = takePlace();
    expect(takePlace).toThrow();
  });

  it("nobody waits for ever", async () => {
    const work = vi.fn(async () => {});
    const waiting = followed(inPlace(nobodyLeaves, work));
    await vi.advanceTimersByTimeAsync(9999);
    expect(waiting).toEqual({});
    await vi.advanceTimersByTimeAsync(1);
    expect(waiting.failed).toMatchObject({ code: "limit-exceeded", details: { retryAfter: 15 } });
    expect(work).not.toHaveBeenCalled();
  });

  it("who goes away is not counted for, before or while waiting", async () => {
    const work = vi.fn(async () => {});
    const caller = new AbortController();
    const waiting = followed(inPlace(caller.signal, work));
    caller.abort();
    const late = followed(inPlace(caller.signal, work));
    await vi.advanceTimersByTimeAsync(0);
    for (const each of [waiting, late]) expect(each.failed).toMatchObject({ code: "unavailable" });
    held[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(work).not.toHaveBeenCalled();
  });
});

it("who goes away during the work, or is slow, keeps the place until the work has ended", async () => {
  held[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  let end = () => {};
  const caller = new AbortController();
  const working = followed(
    inPlace(
      caller.signal,
      () =>
        new Promise<string>((resolve) => {
          end = () => resolve("counted");
        }),
    ),
  );
  caller.abort();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(working).toEqual({});
  expect(takePlace).toThrow();
  end();
  await vi.advanceTimersByTimeAsync(0);
  expect(working).toEqual({ done: "counted" });
});
