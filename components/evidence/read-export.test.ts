import { expect, test, vi } from "vitest";
import { ExportTrouble, progressInWords, quarterInWords, readExport, type Sink } from "./read-export.ts";

function sinkOf() {
  const written: string[] = [];
  const sink = {
    write: (bytes: Uint8Array) => void written.push(new TextDecoder().decode(bytes)),
    close: vi.fn(),
    abort: vi.fn(),
  };
  return { sink: sink satisfies Sink, written };
}

/** An answer in pieces; `fails` instead of ending. */
function answerOf(pieces: string[], total: number, about: { type?: string; fails?: boolean } = {}): Promise<Response> {
  const left = [...pieces];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = left.shift();
      if (piece !== undefined) controller.enqueue(new TextEncoder().encode(piece));
      else if (about.fails) controller.error(new TypeError("network error"));
      else controller.close();
    },
  });
  const headers = { "content-type": about.type ?? "text/csv; charset=utf-8", "evenkeel-decisions": String(total) };
  return Promise.resolve(new Response(body, { headers }));
}

test("lines are counted as they come, the line of names is not a decision, and all of it is written", async () => {
  const { sink, written } = sinkOf();
  const told: number[] = [];
  const end = await readExport(answerOf(["name\na", "\nb\nc", "\n"], 3), sink, ({ done }) => told.push(done));
  expect([end, told, written.join("")]).toEqual([{ done: 3, total: 3 }, [0, 0, 2, 3], "name\na\nb\nc\n"]);
  expect([sink.close.mock.calls.length, sink.abort.mock.calls.length]).toEqual([1, 0]);
});

test("JSON lines have no line of names, and more than was counted is no fault", async () => {
  const { sink } = sinkOf();
  const answer = answerOf(["{}\n{}\n{}\n"], 2, { type: "application/jsonl" });
  expect(await readExport(answer, sink, () => {})).toEqual({ done: 3, total: 2 });
});

test.each([
  ["breaks off", { fails: true }],
  ["ends too early", {}],
])("what %s is not kept, and the sentence says how far it was", async (_, about) => {
  const { sink } = sinkOf();
  await expect(readExport(answerOf(["name\na\n"], 5, about), sink, () => {})).rejects.toThrow(
    "The connection ended after 1 of 5 answers. Nothing was saved; try again.",
  );
  expect([sink.close.mock.calls.length, sink.abort.mock.calls.length]).toEqual([0, 1]);
});

test("a refusal is said in the server's words; without a session, what to do", async () => {
  const refused = (status: number, body: string) =>
    readExport(Promise.resolve(new Response(body, { status })), sinkOf().sink, () => {});
  await expect(refused(412, '{"detail":"They begin on 1 May."}')).rejects.toThrow("They begin on 1 May.");
  await expect(refused(502, "<html>")).rejects.toThrow("Evenkeel could not do it just now.");
  await expect(refused(401, "{}")).rejects.toThrow(/Sign in/);
  await expect(readExport(Promise.reject(new TypeError("x")), sinkOf().sink, () => {})).rejects.toBeInstanceOf(
    ExportTrouble,
  );
});

test("what the reader gave up is no trouble", async () => {
  const gone = new DOMException("The user aborted a request.", "AbortError");
  await expect(readExport(Promise.reject(gone), sinkOf().sink, () => {})).rejects.toBe(gone);
});

test("progress in words; those who hear it hear each quarter once", () => {
  expect(progressInWords({ done: 4000, total: 12_400 })).toBe("4,000 of 12,400 answers");
  expect(progressInWords({ done: 12_401, total: 12_400 })).toBe("12,400 of 12,400 answers");
  const heard = Array.from({ length: 101 }, (_, done) => quarterInWords({ done, total: 100 }));
  expect([...new Set(heard)]).toHaveLength(5);
  expect(quarterInWords({ done: 0, total: 0 })).toBe("100% of 0 answers.");
});
