import { expect, test, vi } from "vitest";
import { pulledStream } from "./pulled-stream.ts";

/** Parts that say how many were made and whether their maker was told to stop. */
function parts(texts: readonly string[], failAfter = Number.POSITIVE_INFINITY) {
  const seen = { made: 0, stopped: false };
  async function* make(): AsyncGenerator<string, void> {
    try {
      for (const text of texts) {
        if (seen.made === failAfter) throw new Error("the store went away");
        seen.made += 1;
        yield text;
      }
    } finally {
      seen.stopped = true;
    }
  }
  return { seen, parts: make() };
}

function streamed(made: AsyncGenerator<string, void>, idleMs = 60_000) {
  const gone = new AbortController();
  const ended = vi.fn();
  return { gone, ended, stream: pulledStream(made, { gone, idleMs, ended }) };
}

test("parts come in order, empty ones are passed over, and the end is told once", async () => {
  const { parts: made } = parts(["", "a", "", "", "é", ""]);
  const { stream, ended } = streamed(made);
  expect(await new Response(stream).text()).toBe("aé");
  expect(ended.mock.calls).toEqual([[undefined]]);
});

test("nothing is made before it is asked for", async () => {
  const { seen, parts: made } = parts(["a", "b", "c"]);
  const reader = streamed(made).stream.getReader();
  await Promise.resolve();
  expect(seen.made).toBe(0);
  await reader.read();
  await Promise.resolve();
  expect(seen.made).toBe(1);
  await reader.cancel();
});

test("a reader that leaves stops the maker", async () => {
  const { seen, parts: made } = parts(["a", "b", "c"]);
  const { stream, gone, ended } = streamed(made);
  const reader = stream.getReader();
  await reader.read();
  await reader.cancel("enough");
  expect([seen.made, seen.stopped, gone.signal.aborted]).toEqual([1, true, true]);
  expect(ended).toHaveBeenCalledTimes(1);
});

test("a caller who is gone ends it also while nobody reads, and before it began", async () => {
  const { stream, gone, ended } = streamed(parts(["a"]).parts);
  gone.abort(new Error("hung up"));
  expect(ended).toHaveBeenCalledTimes(1);
  await expect(new Response(stream).text()).rejects.toThrow();
  const late = new AbortController();
  late.abort(new Error("never there"));
  const never = vi.fn();
  pulledStream(parts(["a"]).parts, { gone: late, idleMs: 1000, ended: never });
  expect(never).toHaveBeenCalledTimes(1);
});

test("what fails breaks the stream off, so that half a file never looks whole", async () => {
  const { stream, ended } = streamed(parts(["a", "b"], 1).parts);
  await expect(new Response(stream).text()).rejects.toThrow("the store went away");
  expect(ended.mock.calls).toEqual([[expect.objectContaining({ message: "the store went away" })]]);
});

test("a reader that asks for nothing any more is taken for gone", async () => {
  vi.useFakeTimers();
  try {
    const { stream, ended } = streamed(parts(["a", "b"]).parts, 1000);
    const reader = stream.getReader();
    await reader.read();
    vi.advanceTimersByTime(999);
    expect(ended).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(ended).toHaveBeenCalledTimes(1);
    await expect(reader.read()).rejects.toThrow("Nobody reads");
  } finally {
    vi.useRealTimers();
  }
});
