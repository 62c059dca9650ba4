import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { generateText, streamText, wrapLanguageModel } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { describe, expect, it } from "vitest";
import { type EvenkeelMiddlewareOptions, evenkeelMiddleware } from "./ai-sdk.ts";
import { sampleRuleset, stopBilling, withFeature, withOnly } from "./testing/sample-ruleset.ts";
import { setUp } from "./testing/set-up.ts";
import { soon, until } from "./testing/virtual-time.ts";

const usage = {
  inputTokens: { total: 7, noCache: 7, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 3, text: 3, reasoning: undefined },
};
const stop = { unified: "stop", raw: "stop" } as const;

/** A model that answers with its own name, or fails. */
function model(
  modelId: string,
  fails = false,
  controllers: ReadableStreamDefaultController<LanguageModelV4StreamPart>[] = [],
) {
  return new MockLanguageModelV4({
    modelId,
    doGenerate: async () => {
      if (fails) throw new Error("no");
      return { content: [{ type: "text", text: modelId }], finishReason: stop, usage, warnings: [] };
    },
    doStream: async () => {
      if (fails) throw new Error("no");
      const stream = new ReadableStream<LanguageModelV4StreamPart>({
        start: (controller) => void controllers.push(controller),
      });
      return { stream };
    },
  });
}

async function wrapped(
  models: Record<string, MockLanguageModelV4>,
  options: Partial<EvenkeelMiddlewareOptions> = {},
  ruleset = sampleRuleset,
) {
  const { room, start } = await setUp(ruleset);
  const evenkeel = start();
  await until(() => evenkeel.status().state === "connected");
  const middleware = evenkeelMiddleware({
    evenkeel,
    feature: "reply-assistant",
    context: { userId: "user-1", scenarios: ["billing"] },
    model: (step) => models[step.model] ?? model("none", true),
    fallbacks: { template: ({ text }) => text ?? "", manual: () => "the form" },
    ...options,
  });
  return { room, model: wrapLanguageModel({ model: models["x-large"] ?? model("x-large"), middleware }) };
}

describe("the AI SDK middleware", () => {
  it("answers by the step's model, the next one when it fails, with what to show beside", async () => {
    const { room, model: guarded } = await wrapped({ "x-large": model("x-large", true), "y-small": model("y-small") });
    const { text, providerMetadata } = await generateText({ model: guarded, prompt: "Hello", maxRetries: 0 });
    expect(text).toBe("y-small");
    expect(providerMetadata?.evenkeel).toMatchObject({ served: "secondary", needsReview: false, mode: "autonomous" });
    await until(() => room.events.length === 1);
    expect(room.events[0]).toMatchObject({ served: "secondary", model: "y-small", tokensIn: 7, tokensOut: 3 });
  });

  it("answers with the fallback's text when AI is stopped, and calls no model", async () => {
    const large = model("x-large");
    const { model: guarded } = await wrapped({ "x-large": large }, {}, withOnly(sampleRuleset, { c1: stopBilling }));
    const { text, finishReason } = await generateText({ model: guarded, prompt: "Hello" });
    expect([text, finishReason]).toEqual(["A colleague answers you today.", "stop"]);
    expect(large.doGenerateCalls).toHaveLength(0);
  });

  it("asks the host how sure the model was", async () => {
    const unsure = withFeature(sampleRuleset, { minConfidence: 0.5 });
    const models = { "x-large": model("x-large"), "y-small": model("y-small") };
    const confidence = ({ text }: { text: string }) => (text === "y-small" ? 0.9 : 0.1);
    const { model: guarded } = await wrapped(models, { confidence }, unsure);
    expect((await generateText({ model: guarded, prompt: "Hello" })).text).toBe("y-small");
  });

  it("streams the whole at the end, or as it comes where text can be taken back", async () => {
    for (const onRetract of [undefined, () => undefined]) {
      const controllers: ReadableStreamDefaultController<LanguageModelV4StreamPart>[] = [];
      const { model: guarded } = await wrapped({ "x-large": model("x-large", false, controllers) }, { onRetract });
      const { textStream } = streamText({ model: guarded, prompt: "Hello" });
      const seen: string[] = [];
      const reading = (async () => {
        for await (const piece of textStream) seen.push(piece);
      })();
      await soon(() => controllers.length === 1);
      const [controller] = controllers;
      controller?.enqueue({ type: "text-start", id: "1" });
      controller?.enqueue({ type: "text-delta", id: "1", delta: "Hel" });
      if (onRetract) await soon(() => seen.length === 1);
      expect(seen).toEqual(onRetract ? ["Hel"] : []);
      controller?.enqueue({ type: "text-delta", id: "1", delta: "lo" });
      controller?.enqueue({ type: "text-end", id: "1" });
      controller?.enqueue({ type: "finish", usage, finishReason: stop });
      controller?.close();
      await reading;
      expect(seen.join("")).toBe("Hello");
    }
  });

  it("takes back streamed text on a stop, aborts the model, and streams the template", async () => {
    const controllers: ReadableStreamDefaultController<LanguageModelV4StreamPart>[] = [];
    const retracted: string[] = [];
    const large = model("x-large", false, controllers);
    const { room, model: guarded } = await wrapped(
      { "x-large": large },
      { onRetract: (because) => retracted.push(because) },
    );
    const answer = streamText({ model: guarded, prompt: "Hello" });
    const seen: string[] = [];
    const reading = (async () => {
      for await (const piece of answer.textStream) seen.push(piece);
    })();
    await soon(() => controllers.length === 1);
    controllers[0]?.enqueue({ type: "text-start", id: "1" });
    controllers[0]?.enqueue({ type: "text-delta", id: "1", delta: "You will get" });
    await soon(() => seen.length === 1);
    room.publish((ruleset) => withOnly(ruleset, { c1: stopBilling }));
    await reading;
    expect(retracted).toEqual([stopBilling.sentence]);
    expect(seen).toEqual(["You will get", "A colleague answers you today."]);
    expect(large.doStreamCalls[0]?.abortSignal?.aborted).toBe(true);
  });
});
