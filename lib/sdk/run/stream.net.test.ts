import { describe, expect, it } from "vitest";
import { sampleRuleset, stopBilling, withFeature, withOnly } from "../testing/sample-ruleset.ts";
import { setUp } from "../testing/set-up.ts";
import { soon, until } from "../testing/virtual-time.ts";
import type { ChainStep, GenerateInfo, StreamPart } from "../types.ts";

const billing = { userId: "user-1", scenarios: ["billing"] };
const fallbacks = { template: () => "the template", manual: () => "the form" };
const placed = (effect: (typeof stopBilling)["effects"][number]) => ({ c1: { ...stopBilling, effects: [effect] } });

async function connected(ruleset = sampleRuleset) {
  const { room, start } = await setUp(ruleset);
  const client = start();
  await until(() => client.status().state === "connected");
  return { room, client };
}

/** A model that streams what it is told, piece by piece, and knows whether it was aborted. */
function tokens() {
  const waiting: (string | null)[] = [];
  const signals: AbortSignal[] = [];
  let wake = () => {};
  const say = (piece: string | null) => {
    waiting.push(piece);
    wake();
  };
  async function* generate(_step: ChainStep, { signal }: GenerateInfo) {
    signals.push(signal);
    for (;;) {
      const piece = waiting.shift();
      if (piece === null) return { confidence: 0.9, usage: { tokensOut: 3 } };
      if (piece !== undefined) yield piece;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  }
  return { generate, say, signals };
}

/** Reads a stream as a host does, into a list. */
function read<D, T>(stream: AsyncIterable<StreamPart<D, T>>): StreamPart<D, T>[] {
  const parts: StreamPart<D, T>[] = [];
  void (async () => {
    for await (const part of stream) parts.push(part);
  })();
  return parts;
}

describe("stream", () => {
  it("hands over deltas as they come and the whole at the end", async () => {
    const { client } = await connected();
    const { generate, say } = tokens();
    const parts = read(client.stream("reply-assistant", billing, { generate, fallbacks }));
    say("Hello");
    await soon(() => parts.length === 1);
    say(", world");
    say(null);
    await soon(() => parts.length === 3);
    expect(parts.slice(0, 2)).toEqual([
      { type: "delta", delta: "Hello" },
      { type: "delta", delta: ", world" },
    ]);
    expect(parts[2]).toMatchObject({ type: "final", result: { output: "Hello, world", served: "primary" } });
  });

  it("is still taken back when the model has finished and the host has not read it all", async () => {
    const { room, client } = await connected();
    const { generate, say } = tokens();
    const stream = client.stream("reply-assistant", billing, { generate, fallbacks });
    const first = stream.next();
    for (const piece of ["You will get ", "all your ", "money back", null]) say(piece);
    expect((await first).value).toEqual({ type: "delta", delta: "You will get " });
    room.publish((ruleset) => withOnly(ruleset, { c1: stopBilling }));
    await soon(() => client.decide("reply-assistant", billing).serve === "fallback");
    const rest: StreamPart<string, string>[] = [];
    for await (const part of stream) rest.push(part);
    expect(rest[0]).toEqual({ type: "retract", because: stopBilling.sentence });
    expect(rest[1]).toMatchObject({ type: "final", result: { output: "the template", served: "template" } });
    expect(rest).toHaveLength(2);
  });

  it("is aborted by a stop: the model's signal fires, what was shown is retracted, the template follows", async () => {
    const { room, client } = await connected();
    const { generate, say, signals } = tokens();
    const parts = read(client.stream("reply-assistant", billing, { generate, fallbacks }));
    say("You will get all your mo");
    await soon(() => parts.length === 1);
    room.publish((ruleset) => withOnly(ruleset, { c1: stopBilling }));
    await soon(() => parts.length === 3);
    expect(signals[0]?.aborted).toBe(true);
    expect(parts[1]).toEqual({ type: "retract", because: stopBilling.sentence });
    expect(parts[2]).toMatchObject({ type: "final", result: { output: "the template", served: "template" } });
    say("ney back");
    say(null);
    await soon(() => true);
    expect(parts).toHaveLength(3);
  });

  it("never hands over a piece that was taken back before the host read it", async () => {
    const { room, client } = await connected();
    const { generate, say, signals } = tokens();
    const stream = client.stream("reply-assistant", billing, { generate, fallbacks });
    const first = stream.next();
    say("shown");
    say("not yet read");
    expect((await first).value).toEqual({ type: "delta", delta: "shown" });
    room.publish((ruleset) => withOnly(ruleset, { c1: stopBilling }));
    await soon(() => signals[0]?.aborted === true);
    expect((await stream.next()).value).toMatchObject({ type: "retract" });
    expect((await stream.next()).value).toMatchObject({ type: "final", result: { served: "template" } });
    expect((await stream.next()).done).toBe(true);
  });

  it("retracts a step that fails midway and goes on with the next", async () => {
    const { client } = await connected();
    async function* generate(step: ChainStep) {
      yield `${step.model} says`;
      if (step.model === "x-large") throw new Error("broken");
    }
    const parts: StreamPart<string, string>[] = [];
    for await (const part of client.stream("reply-assistant", billing, { generate, fallbacks })) parts.push(part);
    expect(parts.map(({ type }) => type)).toEqual(["delta", "retract", "delta", "final"]);
    expect(parts[3]).toMatchObject({ result: { output: "y-small says", served: "secondary" } });
  });

  it("holds everything back while it has to be checked first", async () => {
    const { client } = await connected(withFeature(sampleRuleset, { reviewBelow: 0.95 }));
    const { generate, say } = tokens();
    const parts = read(client.stream("reply-assistant", billing, { generate, fallbacks }));
    for (const piece of ["a", "b", null]) say(piece);
    await soon(() => parts.length === 1);
    expect(parts[0]).toMatchObject({ type: "final", result: { output: "ab", needsReview: true } });
  });

  it("takes back what was shown when review is asked for midway, and goes on unseen", async () => {
    const { room, client } = await connected();
    const { generate, say, signals } = tokens();
    const parts = read(client.stream("reply-assistant", billing, { generate, fallbacks }));
    say("a");
    await soon(() => parts.length === 1);
    room.publish((ruleset) => withOnly(ruleset, placed({ kind: "reviewBelow", value: 1 })));
    await soon(() => parts.length === 2);
    expect(parts[1]).toMatchObject({ type: "retract" });
    say("b");
    say(null);
    await soon(() => parts.length === 3);
    expect(signals[0]?.aborted).toBe(false);
    expect(parts[2]).toMatchObject({ type: "final", result: { output: "ab", needsReview: true } });
  });

  it("ends the model's work when the host stops reading", async () => {
    const { client, room } = await connected();
    const { generate, say, signals } = tokens();
    say("a");
    for await (const part of client.stream("reply-assistant", billing, { generate, fallbacks })) {
      expect(part.type).toBe("delta");
      break;
    }
    expect(signals[0]?.aborted).toBe(true);
    await until(() => room.events.length === 1);
    expect(room.events[0]).toMatchObject({ type: "decision", served: "primary", error: "closed" });
  });

  it("ends in the fallback when the client is closed", async () => {
    const { client } = await connected();
    const { generate, say } = tokens();
    const parts = read(client.stream("reply-assistant", billing, { generate, fallbacks }));
    say("a");
    await soon(() => parts.length === 1);
    await client.close();
    await soon(() => parts.length === 3);
    expect(parts[2]).toMatchObject({ type: "final", result: { served: "manual" } });
    expect(client.status().state).toBe("closed");
  });
});
