import { describe, expect, it } from "vitest";
import type { Control, Ruleset } from "../../core/decision/ruleset.ts";
import { sampleRuleset, stopBilling, withFeature, withOnly } from "../testing/sample-ruleset.ts";
import { setUp } from "../testing/set-up.ts";
import { pass, soon, until } from "../testing/virtual-time.ts";
import type { ChainStep, FallbackInfo, GenerateInfo, RunResult } from "../types.ts";

const billing = { userId: "user-1", scenarios: ["billing"] };
const stop = (ruleset: Ruleset) => withOnly(ruleset, { c1: stopBilling });
const placed =
  (effects: Control["effects"], scope: Control["scope"] = {}) =>
  (ruleset: Ruleset) =>
    withOnly(ruleset, { c1: { sentence: "A restriction", scope, effects, expiresAt: null, code: "control" } });
const fallbacks = {
  template: ({ text, rung }: FallbackInfo) => `${rung}: ${text}`,
  manual: ({ text, rung }: FallbackInfo) => `${rung}: ${text}`,
};

async function connected(ruleset?: Ruleset) {
  const { room, start } = await setUp(ruleset);
  const client = start();
  await until(() => client.status().state === "connected");
  return { room, client };
}

/** A model that answers when told, and says what became of each call. */
function model() {
  const calls: { step: ChainStep; info: GenerateInfo; answer: (output: string, confidence?: number) => void }[] = [];
  const generate = (step: ChainStep, info: GenerateInfo) =>
    new Promise<{ output: string; confidence?: number }>((resolve) => {
      calls.push({ step, info, answer: (output, confidence) => resolve({ output, confidence }) });
    });
  const call = (index: number) => {
    const found = calls[index];
    if (!found) throw new Error(`the model was not called ${index + 1} times`);
    return found;
  };
  return { generate, calls, call };
}

function settled<T>(promise: Promise<RunResult<T>>): { result: RunResult<T> | null } {
  const box: { result: RunResult<T> | null } = { result: null };
  void promise.then((result) => {
    box.result = result;
  });
  return box;
}

describe("run", () => {
  it("hands over the first step's output with its decision", async () => {
    const { client } = await connected();
    const result = await client.run("reply-assistant", billing, {
      generate: (step, { release }) => ({ output: `${step.model} with ${release}`, confidence: 0.9 }),
      fallbacks,
    });
    expect(result).toMatchObject({
      output: "x-large with r1",
      served: "primary",
      needsReview: false,
      notices: [],
      error: null,
    });
    expect(result.decision).toMatchObject({ serve: "ai", id: result.decisionId });
  });

  it("goes down the chain: past a step that throws or hangs, to the fallback when none is left", async () => {
    const { client } = await connected();
    const throwing = await client.run("reply-assistant", billing, {
      generate: (step) => {
        if (step.model === "x-large") throw new Error("no");
        return { output: "second" };
      },
      fallbacks,
    });
    expect(throwing).toMatchObject({ output: "second", served: "secondary" });

    const { generate, calls, call } = model();
    const hanging = settled(client.run("reply-assistant", billing, { generate, fallbacks }));
    await soon(() => calls.length === 1);
    await pass(2900);
    expect(call(0).info.signal.aborted).toBe(false);
    await until(() => calls.length === 2, 200);
    expect(call(0).info.signal.aborted).toBe(true);
    call(0).answer("too late");
    await until(() => hanging.result !== null, 1100);
    expect(call(1).info.signal.aborted).toBe(true);
    // The chain is not stopped but spent: its fallback begins at the first rung, and the host has none such.
    expect(hanging.result).toMatchObject({ served: "manual", output: "manual: Please use the form." });
  });

  it("gives up after the longest wait, whatever the steps still have", async () => {
    const { client } = await connected(withFeature(sampleRuleset, { maxLatencyMs: 3500 }));
    const { generate } = model();
    const box = settled(client.run("reply-assistant", billing, { generate, fallbacks }));
    expect(await until(() => box.result !== null)).toBeLessThan(3700);
  });

  it("does not show what is not sure enough, and has a person look where it says so", async () => {
    const { client } = await connected(withFeature(sampleRuleset, { minConfidence: 0.6, reviewBelow: 0.8 }));
    const sure = (first: number | undefined, second: number | undefined) =>
      client.run("reply-assistant", billing, {
        generate: (step) => ({ output: step.model, confidence: step.model === "x-large" ? first : second }),
        fallbacks,
      });
    expect(await sure(0.9, 0.1)).toMatchObject({ output: "x-large", needsReview: false });
    expect(await sure(0.7, 0.1)).toMatchObject({ output: "x-large", needsReview: true });
    expect(await sure(0.5, 0.9)).toMatchObject({ output: "y-small", served: "secondary", needsReview: false });
    expect(await sure(undefined, Number.NaN)).toMatchObject({ served: "manual", needsReview: false });
  });

  it("reviews every output when told so, and every suggestion", async () => {
    const { client, room } = await connected(withFeature(sampleRuleset, { reviewBelow: 1 }));
    const run = () =>
      client.run("reply-assistant", billing, { generate: () => ({ output: "x", confidence: 1 }), fallbacks });
    expect((await run()).needsReview).toBe(true);
    room.publish((ruleset) => withFeature(ruleset, { reviewBelow: 0, mode: "suggestion" }));
    await soon(() => client.decide("reply-assistant", billing).mode === "suggestion");
    expect((await run()).needsReview).toBe(true);
  });

  it("serves the rung that is asked for, and manual for a missing, throwing or hanging one", async () => {
    const { client } = await connected(placed([{ kind: "serve", cause: "quality" }])(sampleRuleset));
    const generate = () => ({ output: "must not be" });
    const run = (rungs: Parameters<typeof client.run<string>>[2]["fallbacks"]) =>
      client.run("reply-assistant", billing, { generate, fallbacks: rungs });
    expect(await run(fallbacks)).toMatchObject({
      served: "template",
      output: "template: A colleague answers you today.",
    });
    const manual = fallbacks.manual;
    expect(await run({ manual })).toMatchObject({ served: "manual", output: "manual: Please use the form." });
    const throwing = () => {
      throw new Error("no");
    };
    expect(await run({ manual, template: throwing })).toMatchObject({ served: "manual" });
    const hanging = settled(run({ manual, template: () => new Promise<string>(() => undefined) }));
    await until(() => hanging.result !== null, 6000);
    expect(hanging.result).toMatchObject({ served: "manual" });
    expect(await run({ manual: throwing })).toMatchObject({
      served: "manual",
      output: undefined,
      error: new Error("no"),
    });
  });

  it("aborts a run under way when AI is stopped, and hands over the template", async () => {
    const { client, room } = await connected();
    const { generate, calls, call } = model();
    const box = settled(client.run("reply-assistant", billing, { generate, fallbacks }));
    await soon(() => calls.length === 1);
    room.publish(stop);
    await soon(() => call(0).info.signal.aborted);
    await soon(() => box.result !== null);
    expect(box.result).toMatchObject({ served: "template", output: "template: A colleague answers you today." });
    expect(box.result?.decision.because.map(({ sentence }) => sentence)).toContain(stopBilling.sentence);
    expect(calls).toHaveLength(1);
  });

  it("leaves other runs alone", async () => {
    const { client, room } = await connected();
    const { generate, calls, call } = model();
    const shipping = { ...billing, scenarios: ["shipping"] };
    const box = settled(client.run("reply-assistant", shipping, { generate, fallbacks }));
    await soon(() => calls.length === 1);
    room.publish(stop);
    await soon(() => client.decide("reply-assistant", billing).serve === "fallback");
    call(0).answer("still wanted");
    await soon(() => box.result !== null);
    expect(box.result).toMatchObject({ served: "primary", output: "still wanted" });
  });

  it("moves on to what is still allowed when its model is stopped or its release is taken back", async () => {
    const { client, room } = await connected();
    const { generate, calls, call } = model();
    const first = settled(client.run("reply-assistant", billing, { generate, fallbacks }));
    await soon(() => calls.length === 1);
    room.publish(placed([{ kind: "stopModel" }], { provider: "provider-x" }));
    await soon(() => calls.length === 2);
    expect(call(0).info.signal.aborted).toBe(true);
    expect(call(1).step.provider).toBe("provider-y");
    room.publish((ruleset) => withFeature(withOnly(ruleset, {}), { release: "r2" }));
    await soon(() => calls.length === 3);
    expect(call(1).info.signal.aborted).toBe(true);
    expect(call(2).info.release).toBe("r2");
    call(2).answer("by the other release");
    await soon(() => first.result !== null);
    expect(first.result).toMatchObject({ output: "by the other release", decision: { release: "r2" } });
  });

  it("applies what became stricter meanwhile to the output", async () => {
    const { client, room } = await connected();
    const { generate, calls, call } = model();
    const box = settled(client.run("reply-assistant", billing, { generate, fallbacks }));
    await soon(() => calls.length === 1);
    const notice = { kind: "notice", id: "n1", text: "Answers are checked today.", at: 1 } as const;
    room.publish(placed([{ kind: "suggest" }, { kind: "reviewBelow", value: 1 }, notice]));
    await soon(() => client.decide("reply-assistant", billing).mode === "suggestion");
    room.publish((ruleset) => withOnly(ruleset, {}));
    await soon(() => client.decide("reply-assistant", billing).mode === "autonomous");
    room.publish(placed([{ kind: "reviewBelow", value: 0.5 }, notice]));
    await soon(() => client.decide("reply-assistant", billing).reviewBelow === 0.5);
    call(0).answer("an output", 0.4);
    await soon(() => box.result !== null);
    expect(box.result).toMatchObject({
      output: "an output",
      needsReview: true,
      notices: [{ id: "n1", text: "Answers are checked today." }],
      decision: { mode: "autonomous", reviewBelow: 0.5, ruleset: { version: 10 } },
    });
  });

  it("keeps to what was strict at the start when it is lifted meanwhile", async () => {
    const { client, room } = await connected(placed([{ kind: "reviewBelow", value: 0.9 }])(sampleRuleset));
    const { generate, calls, call } = model();
    const box = settled(client.run("reply-assistant", billing, { generate, fallbacks }));
    await soon(() => calls.length === 1);
    room.publish((ruleset) => withOnly(ruleset, {}));
    await soon(() => client.decide("reply-assistant", billing).reviewBelow === 0);
    call(0).answer("an output", 0.5);
    await soon(() => box.result !== null);
    expect(box.result).toMatchObject({ needsReview: true, decision: { reviewBelow: 0.9 } });
  });

  it("shortens the wait of a run under way", async () => {
    const { client, room } = await connected();
    const { generate, calls } = model();
    const box = settled(client.run("reply-assistant", billing, { generate, fallbacks }));
    await soon(() => calls.length === 1);
    room.publish(placed([{ kind: "maxLatency", ms: 1000 }]));
    expect(await until(() => box.result !== null)).toBeLessThan(1200);
  });

  it("counts each user's requests in the last hour against the limit", async () => {
    const { client } = await connected(placed([{ kind: "rateLimit", perHour: 3 }])(sampleRuleset));
    const models = () => client.decide("reply-assistant", billing).chain.map(({ model }) => model);
    for (let i = 0; i < 3; i++) expect(models()).toEqual(["x-large", "y-small"]);
    expect(models()).toEqual(["y-small"]);
    expect(client.decide("reply-assistant", { ...billing, userId: "user-2" }).chain).toHaveLength(2);
  });
});
