import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEvenkeel } from "./index.ts";
import { sampleRuleset } from "./testing/sample-ruleset.ts";
import { setUp } from "./testing/set-up.ts";
import { until, useRealTime } from "./testing/virtual-time.ts";
import type { Evenkeel, EvenkeelOptions, StreamPart } from "./types.ts";

/** Everything a host could hand over by mistake or malice. */
const throwing = () => {
  throw new Error("the host fails");
};
const trap = new Proxy(function trap() {}, {
  get: throwing,
  has: throwing,
  ownKeys: throwing,
  getOwnPropertyDescriptor: throwing,
  getPrototypeOf: throwing,
  apply: throwing,
});
const rejecting = () => Promise.reject(trap);
async function* failing() {
  yield "a";
  throw trap;
}
const HOSTILE: unknown[] = [
  trap,
  throwing,
  rejecting,
  failing,
  Symbol("x"),
  () => trap,
  () => ({ output: trap, confidence: trap, usage: trap }),
  () => ({ output: "fine", confidence: -1 }),
  () => ({ [Symbol.asyncIterator]: throwing }),
  () => ({ [Symbol.asyncIterator]: () => ({ next: throwing, return: throwing }) }),
  () => ({ [Symbol.asyncIterator]: () => ({ next: () => trap }) }),
  // biome-ignore lint/suspicious/noThenProperty: a host's object may have one.
  { then: throwing },
  {
    get userId() {
      throw new Error("x");
    },
  },
];

/** Made only when it is handed over: fast-check itself would stumble over some of these. */
type Recipe = () => unknown;

const hostile: fc.Arbitrary<Recipe> = fc.oneof(
  fc
    .anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withTypedArray: true })
    .map((value) => () => value),
  fc.nat(HOSTILE.length - 1).map((index) => () => HOSTILE[index]),
);
/** A shape that is nearly right, with hostile parts. */
const nearly = (fields: string[]): fc.Arbitrary<Recipe> =>
  shaped(Object.fromEntries(fields.map((field) => [field, hostile])));

function shaped(fields: Record<string, fc.Arbitrary<Recipe>>): fc.Arbitrary<Recipe> {
  const record = fc.record(fields, { requiredKeys: [] });
  const whole = record.map(
    (parts) => () => Object.fromEntries(Object.entries(parts).map(([name, make]) => [name, make?.()])),
  );
  return fc.oneof(hostile, whole, whole);
}

const contexts = nearly(["userId", "scenarios", "attributes", "sticky"]);
const handlers = shaped({
  generate: hostile,
  fallbacks: nearly(["manual", "template", "cached"]),
  about: nearly(["input", "task"]),
});
const features = fc.oneof(
  fc.constant<Recipe>(() => "reply-assistant"),
  hostile,
);

/** Calls a method with anything, as JavaScript hosts can. */
function call(client: Evenkeel, method: keyof Evenkeel, ...args: unknown[]): unknown {
  return Reflect.apply(Reflect.get(client, method), client, args);
}

async function expectNothingThrown(client: Evenkeel, feature: unknown, context: unknown, given: unknown) {
  const decision = call(client, "decide", feature, context);
  expect(decision).toMatchObject({ schemaVersion: 1, serve: expect.stringMatching(/^(ai|fallback)$/) });
  const result = await call(client, "run", feature, context, given);
  expect(result).toMatchObject({ served: expect.any(String), decisionId: expect.any(String) });
  const parts: StreamPart<unknown, unknown>[] = [];
  for await (const part of call(client, "stream", feature, context, given) as AsyncIterable<(typeof parts)[0]>) {
    parts.push(part);
  }
  expect(parts.at(-1)?.type).toBe("final");
}

describe("a hostile host", () => {
  it("never gets an exception from decide, run or stream, with and without rules", async () => {
    const { start } = await setUp();
    const connected = start();
    const alone = start({ url: "http://127.0.0.1:1" });
    await until(() => connected.status().state === "connected");
    useRealTime();
    await fc.assert(
      fc.asyncProperty(features, contexts, handlers, async (feature, context, given) => {
        await expectNothingThrown(connected, feature(), context(), given());
        await expectNothingThrown(alone, feature(), context(), given());
      }),
      { numRuns: 300 },
    );
  });

  it("never gets one from anything else either", async () => {
    const { start } = await setUp();
    const client = start();
    await fc.assert(
      fc.asyncProperty(hostile, hostile, nearly(["value", "label", "output", "usage"]), async (...recipes) => {
        const [a, b, c] = recipes.map((make) => make());
        call(client, "record", a, b, c);
        call(client, "record", { feature: a, userId: b, scenarios: c }, "shown", c);
        call(client, "report", a, c);
        call(client, "report", client.decide("reply-assistant"), c);
        call(client, "hashUser", a);
        expect(await call(client, "release", a)).toBeNull();
        client.status();
        await call(client, "ready", { timeoutMs: 0 });
      }),
      { numRuns: 300 },
    );
    expect(client.status().dropped.refused).toBeGreaterThan(0);
  });

  it("gets a client from any options, which answers with the fallback", async () => {
    const options = nearly([
      "url",
      "key",
      "app",
      "name",
      "bootstrap",
      "cacheFile",
      "redact",
      "fetch",
      "logger",
      "localStop",
    ]);
    await fc.assert(
      fc.asyncProperty(options, async (given) => {
        const client = createEvenkeel(given() as EvenkeelOptions);
        expect(client.decide("reply-assistant").serve).toBe("fallback");
        expect(client.status().sentence).not.toBe("");
        await client.close({ timeoutMs: 10 });
      }),
      { numRuns: 200 },
    );
  });

  it("may give a `fetch` and a logger that fail in every way", async () => {
    const { start } = await setUp();
    const fetches: Recipe[] = [throwing, rejecting, () => trap, async () => trap, async () => ({ status: 200 })];
    for (const fetch of fetches) {
      const client = start({ ...Object({ fetch }), logger: { warn: throwing }, bootstrap: sampleRuleset });
      await until(() => client.decide("reply-assistant", { scenarios: ["shipping"] }).serve === "ai");
      await until(() => client.status().state === "cut-off");
      await client.close({ timeoutMs: 10 });
    }
  });
});
