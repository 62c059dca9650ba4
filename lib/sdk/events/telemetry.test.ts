import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { decide } from "../../core/decision/decide.ts";
import { sampleRuleset } from "../testing/sample-ruleset.ts";
import type { EvenkeelOptions } from "../types.ts";
import { EventBuffer } from "./buffer.ts";
import { Telemetry } from "./telemetry.ts";

const requestId = "0199a000-0000-7000-8000-000000000001";
const decided = decide(sampleRuleset, "reply-assistant", { userId: "user-1" }, { now: 0, requestId });

const waiting = (redact?: EvenkeelOptions["redact"]) => {
  const buffer = new EventBuffer();
  const telemetry = new Telemetry({ buffer, instance: "i", now: () => 0, rules: () => sampleRuleset, redact });
  const finish = (output: unknown, about: object = {}, more: { sample?: boolean; attributes?: object } = {}) =>
    telemetry.finished({
      decision: { ...decided, sample: more.sample ?? false },
      context: { userId: "user-1", attributes: { ...more.attributes } },
      rules: sampleRuleset,
      about,
      served: "primary",
      ...{ provider: "x", model: "m", modelReported: null, confidence: null, usage: null },
      ...{ latencyMs: 1, error: null, safetyFiltered: false },
      output,
    });
  return { buffer, finish, telemetry };
};

async function collected(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const gc: () => void = runInNewContext("gc");
  // What a reference was read in this turn is kept until the turn ends.
  await new Promise((resolve) => setImmediate(resolve));
  gc();
}

it("what waits to be sent holds neither what was asked nor what was answered", async () => {
  const { buffer, finish } = waiting();
  const give = () => {
    const [output, about] = [{ text: "a long answer" }, { input: "a long question", task: "t" }];
    finish(output, about);
    return [new WeakRef(output), new WeakRef<object>(about)];
  };
  const given = give();
  await collected();
  expect(given.map((each) => each.deref())).toEqual([undefined, undefined]);
  expect(JSON.parse(String(await buffer.take(1, 1e6)[0]?.make()))).toMatchObject({ task: "t", served: "primary" });
});

it("makes a text of an output only for a sample that somebody goes over", () => {
  let texts = 0;
  const output = {
    toJSON: () => {
      texts++;
      return "x";
    },
  };
  const redact: EvenkeelOptions["redact"] = (sample) => sample;
  waiting(redact).finish(output);
  waiting().finish(output, {}, { sample: true });
  expect(texts).toBe(0);
  waiting(redact).finish(output, {}, { sample: true });
  expect(texts).toBe(1);
});

it("weighs what a host tells of a request, so that long attributes cannot fill the memory", () => {
  const { buffer, finish } = waiting();
  const attributes = { essay: "x".repeat(1024 * 1024) };
  for (let i = 0; i < 20; i++) finish(null, {}, { attributes });
  expect(buffer.size).toBeLessThan(5);
  expect(buffer.dropped.decisions).toBe(20 - buffer.size);
});

it("leaves out what cannot be read of what the host tells, and sends the rest", async () => {
  const { buffer, finish } = waiting();
  const about = {
    get task() {
      throw new Error("the host fails");
    },
    get dimensions() {
      throw new Error("the host fails");
    },
    initiatedBy: "system",
  };
  finish(null, about);
  const event = JSON.parse(String(await buffer.take(1, 1e6)[0]?.make()));
  expect(event).toMatchObject({ initiatedBy: "system", dimensions: {} });
  expect(event).not.toHaveProperty("task");
});

it("cuts long texts where a character ends: half of one, and the server refuses the whole event", async () => {
  const { buffer, finish, telemetry } = waiting((sample) => sample);
  const long = (most: number) => `${"a".repeat(most - 1)}😀 and more`;
  const about = { input: long(20_000), task: long(200), dimensions: { plan: long(200) } };
  finish(long(20_000), about, { sample: true });
  expect(telemetry.signal(decided.id, "thumbs-down", { label: long(200), actor: long(200) })).toBeNull();
  expect(telemetry.signal({ feature: long(200), scenarios: [long(200)] }, "manual-path", {})).toBeNull();
  const made = await Promise.all(buffer.take(10, 1e9).map(async (event) => String(await event.make())));
  const texts = made.flatMap((json) => [...json.matchAll(/a{50,}[^"]*/g)].flat());
  expect(texts.map((text) => text.length).sort((a, b) => a - b)).toEqual([...Array(6).fill(199), 19_999, 19_999]);
  expect(texts.join("")).toMatch(/^a+$/);
});
