import { expect, test } from "vitest";
import { aDecision } from "./contract.ts";
import type { EventSink, SinkEvent, Stored } from "./event-sink.ts";
import { IngestQueue } from "./ingest-queue.ts";

/** A sink that stores a batch when told to. */
function slowSink() {
  const batches: { environmentId: string; events: readonly SinkEvent[]; finish(): void; fail(error: Error): void }[] =
    [];
  const sink: Pick<EventSink, "append"> = {
    append: (environmentId, events) =>
      new Promise<Stored[]>((done, fail) => {
        batches.push({ environmentId, events, finish: () => done(events.map(() => "stored")), fail });
      }),
  };
  return { batches, sink };
}
const some = (count: number) => Array.from({ length: count }, () => aDecision(Date.now()));
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("what arrives while a statement runs goes into the next one together, each environment by itself", async () => {
  const { batches, sink } = slowSink();
  const queue = new IngestQueue(sink, { writers: 1 });
  const answers = [queue.push("a", some(2))];
  await turn();
  answers.push(queue.push("a", some(3)), queue.push("b", some(1)), queue.push("a", some(4)));
  await turn();
  expect(batches.map(({ events }) => events.length)).toEqual([2]);
  batches[0]?.finish();
  await answers[0];
  await turn();
  expect(batches.slice(1).map(({ environmentId, events }) => [environmentId, events.length])).toEqual([["a", 7]]);
  batches[1]?.finish();
  await answers[3];
  await turn();
  batches[2]?.finish();
  expect((await Promise.all(answers)).map((stored) => stored.length)).toEqual([2, 3, 1, 4]);
  expect(queue.held).toBe(0);
});

test("of an environment a second statement begins only when much waits; another environment begins at once", async () => {
  const { batches, sink } = slowSink();
  const queue = new IngestQueue(sink, { batch: 6, second: 5 });
  const answers = [queue.push("a", some(1))];
  await turn();
  answers.push(queue.push("a", some(4)), queue.push("b", some(1)));
  await turn();
  expect(batches.map(({ environmentId, events }) => [environmentId, events.length])).toEqual([
    ["a", 1],
    ["b", 1],
  ]);
  answers.push(queue.push("a", some(2)), queue.push("a", some(6)));
  await turn();
  expect(batches.slice(2).map(({ environmentId, events }) => [environmentId, events.length])).toEqual([["a", 6]]);
  batches[1]?.finish();
  await answers[2];
  await turn();
  expect(batches).toHaveLength(3);
  batches[0]?.finish();
  await answers[0];
  await turn();
  expect(batches.slice(3).map(({ environmentId, events }) => [environmentId, events.length])).toEqual([["a", 6]]);
  for (const batch of batches.slice(2)) batch.finish();
  expect((await Promise.all(answers)).map((stored) => stored.length)).toEqual([1, 4, 1, 2, 6]);
  expect(queue.held).toBe(0);
});

test("when the store is slower than its senders they are told to wait, and later taken again", async () => {
  const { batches, sink } = slowSink();
  const queue = new IngestQueue(sink, { held: 5 });
  const first = queue.push("a", some(4));
  await expect(async () => queue.push("a", some(2))).rejects.toMatchObject({
    code: "unavailable",
    details: { retryAfter: 2 },
  });
  await turn();
  batches[0]?.finish();
  await first;
  const second = queue.push("a", some(5));
  await turn();
  batches[1]?.finish();
  expect(await second).toHaveLength(5);
});

test("a batch that could not be stored fails for everybody in it, and for nobody after it", async () => {
  const { batches, sink } = slowSink();
  const queue = new IngestQueue(sink, { writers: 1 });
  const both = Promise.allSettled([queue.push("a", some(1)), queue.push("a", some(1))]);
  await turn();
  batches[0]?.fail(new Error("away"));
  expect((await both).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  const after = queue.push("a", some(1));
  await turn();
  batches[1]?.finish();
  expect(await after).toEqual(["stored"]);
});

test("events with long texts or many names weigh what they hold, so that memory is bounded and not only a number of events", async () => {
  const { batches, sink } = slowSink();
  const queue = new IngestQueue(sink, { held: 1000 });
  const decision = aDecision(Date.now());
  const text = "x".repeat(20_000);
  const about = { type: "sample", id: decision.id, at: decision.at, decisionId: decision.id } as const;
  const samples = Array.from({ length: 20 }, () => ({ ...about, input: text, output: text }));
  const names = Array.from({ length: 160 }, (_, n) => `control-${n}`);
  const first = [queue.push("a", samples), queue.push("a", [aDecision(Date.now(), { controls: names })])];
  expect(queue.held).toBe(20 * 41 + 11);
  await expect(queue.push("a", samples)).rejects.toMatchObject({ code: "unavailable" });
  await turn();
  batches[0]?.finish();
  await Promise.all(first);
  expect(queue.held).toBe(0);
});

test("what would be too much for one transaction is stored in several, and answered as one", async () => {
  const { batches, sink } = slowSink();
  const queue = new IngestQueue(sink, { batch: 100, cuts: 100, writers: 1 });
  const cohorts = Array.from({ length: 38 }, (_, n) => `cohort-${n}`);
  const answer = queue.push("a", [...some(1), ...Array.from({ length: 5 }, () => aDecision(Date.now(), { cohorts }))]);
  for (let part = 0; part < 3; part++) {
    await turn();
    batches[part]?.finish();
    await turn();
  }
  expect(batches.map(({ events }) => events.length)).toEqual([3, 2, 1]);
  expect(await answer).toHaveLength(6);
});

test("events keep their room until all is done with them, also when that fails", async () => {
  const { batches, sink } = slowSink();
  const queue = new IngestQueue(sink, { held: 5 });
  const ends: { done: () => void; fail: (error: Error) => void }[] = [];
  const slow = () => new Promise<void>((done, fail) => void ends.push({ done, fail }));
  const first = queue.push("a", some(3), slow);
  const second = queue.push("a", some(2), slow);
  await turn();
  batches[0]?.finish();
  await turn();
  expect([ends.length, queue.held]).toEqual([2, 5]);
  await expect(queue.push("a", some(1))).rejects.toMatchObject({ code: "unavailable" });
  ends[0]?.done();
  expect(await first).toHaveLength(3);
  expect(queue.held).toBe(2);
  ends[1]?.fail(new Error("away"));
  await expect(second).rejects.toThrow("away");
  expect(queue.held).toBe(0);
});

test("of what takes several transactions, room is given back when the last has ended, whatever the first became", async () => {
  const { batches, sink } = slowSink();
  const queue = new IngestQueue(sink, { batch: 2 });
  const answer = queue.push("a", some(4));
  await turn();
  batches[0]?.fail(new Error("away"));
  await turn();
  expect(queue.held).toBe(4);
  batches[1]?.finish();
  await expect(answer).rejects.toThrow("away");
  expect(queue.held).toBe(0);
});
