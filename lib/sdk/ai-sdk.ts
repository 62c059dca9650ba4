import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4Middleware,
  LanguageModelV4StreamPart,
  LanguageModelV4StreamResult,
  LanguageModelV4Usage,
} from "@ai-sdk/provider";
import { asResult, metadataOf, type Spoken, spokenBy } from "./ai-sdk/results.ts";
import { streamOf } from "./ai-sdk/stream.ts";
import type { About, ChainStep, DecisionContext, Evenkeel, Fallbacks, Generated, RunResult } from "./types.ts";

export type EvenkeelMiddlewareOptions = {
  evenkeel: Evenkeel;
  feature: string;
  /** Who asks for what; may look at the call. */
  context: DecisionContext | ((params: LanguageModelV4CallOptions) => DecisionContext | Promise<DecisionContext>);
  /**
   * The model of a step. It must be the one the step names, or a stop or a reroute of a provider would have no effect; `wrapped` is the model
   * that the middleware wraps.
   */
  model: (step: ChainStep, wrapped: LanguageModelV4) => LanguageModelV4;
  /** Texts for when AI is not used. */
  fallbacks: Fallbacks<string>;
  /** How sure the model was, 0 to 1. Without it every output counts as unsure. */
  confidence?: (result: {
    text: string;
    providerMetadata: LanguageModelV4GenerateResult["providerMetadata"];
  }) => number | undefined;
  about?: About;
  /**
   * Called when text that was already streamed must be taken back from the screen. Only with it is text streamed as it comes: the AI SDK's own
   * protocol cannot take anything back, so without it the whole answer comes at once, at the end.
   */
  onRetract?: (because: string) => void;
  /** The whole result, with the decision and what to show beside the text. It is in `providerMetadata.evenkeel` as well. */
  onResult?: (result: RunResult<unknown>) => void;
};

/** Middleware for `wrapLanguageModel` of the Vercel AI SDK 7: each call is decided, carried out down the chain, and recorded. */
export function evenkeelMiddleware(options: EvenkeelMiddlewareOptions): LanguageModelV4Middleware {
  return {
    specificationVersion: "v4",

    async wrapGenerate({ params, model }): Promise<LanguageModelV4GenerateResult> {
      const result = await options.evenkeel.run<LanguageModelV4GenerateResult, string>(
        options.feature,
        await contextFor(options, params),
        {
          generate: async (step, { signal }) => {
            const given = await options.model(step, model).doGenerate(withSignal(params, signal));
            return generated(options, given, textOf(given), given);
          },
          fallbacks: options.fallbacks,
          about: options.about,
        },
      );
      params.abortSignal?.throwIfAborted();
      tell(options, result);
      return typeof result.output === "object" && result.output !== null
        ? { ...result.output, providerMetadata: { ...result.output.providerMetadata, evenkeel: metadataOf(result) } }
        : asResult(result.output, result);
    },

    async wrapStream({ params, model }): Promise<LanguageModelV4StreamResult> {
      const parts = options.evenkeel.stream<LanguageModelV4StreamPart, Spoken, string>(
        options.feature,
        await contextFor(options, params),
        {
          generate: async function* (step, { signal }) {
            const { stream } = await options.model(step, model).doStream(withSignal(params, signal));
            const spoken = yield* spokenBy(stream);
            return generated(options, spoken, spoken.text, spoken);
          },
          fallbacks: options.fallbacks,
          about: options.about,
        },
      );
      return { stream: streamOf(parts, options.onRetract, (result) => tell(options, result), params.abortSignal) };
    },
  };
}

/** What a step gave, in the client's words. */
function generated<T>(
  options: EvenkeelMiddlewareOptions,
  output: T,
  text: string,
  given: {
    usage: LanguageModelV4Usage;
    finishReason: LanguageModelV4GenerateResult["finishReason"];
    providerMetadata?: LanguageModelV4GenerateResult["providerMetadata"];
    response?: { modelId?: string };
  },
): Generated<T> {
  if (given.finishReason.unified === "error") throw new Error("the model ended with an error");
  return {
    output,
    confidence: options.confidence?.({ text, providerMetadata: given.providerMetadata }),
    usage: { tokensIn: given.usage.inputTokens.total, tokensOut: given.usage.outputTokens.total },
    model: given.response?.modelId,
    safetyFiltered: given.finishReason.unified === "content-filter",
  };
}

function textOf({ content }: LanguageModelV4GenerateResult): string {
  return content.map((part) => (part.type === "text" ? part.text : "")).join("");
}

async function contextFor(
  { context }: EvenkeelMiddlewareOptions,
  params: LanguageModelV4CallOptions,
): Promise<DecisionContext> {
  try {
    return typeof context === "function" ? await context(params) : context;
  } catch {
    // Nothing is known about the request then, and what is unknown is read safely.
    return {};
  }
}

function withSignal(params: LanguageModelV4CallOptions, signal: AbortSignal): LanguageModelV4CallOptions {
  return { ...params, abortSignal: params.abortSignal ? AbortSignal.any([params.abortSignal, signal]) : signal };
}

function tell(options: EvenkeelMiddlewareOptions, result: RunResult<unknown>): void {
  try {
    options.onResult?.(result);
  } catch {
    // The answer is not lost because its listener fails.
  }
}
