import type {
  JSONObject,
  LanguageModelV4FinishReason,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
  SharedV4ProviderMetadata,
} from "@ai-sdk/provider";
import type { RunResult } from "../types.ts";

const NO_USAGE: LanguageModelV4Usage = {
  inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
};

/** A whole streamed answer: its parts but for the first and last, and what those said. */
export type Spoken = {
  parts: LanguageModelV4StreamPart[];
  text: string;
  usage: LanguageModelV4Usage;
  finishReason: LanguageModelV4FinishReason;
  providerMetadata?: SharedV4ProviderMetadata;
  response?: { modelId?: string };
};

/** What the application may need beside the text. */
export function metadataOf(result: RunResult<unknown>): JSONObject {
  const { decision, decisionId, served, needsReview, notices } = result;
  return {
    decisionId,
    served,
    needsReview,
    mode: decision.mode,
    sticky: decision.sticky,
    notices: notices.map(({ id, text }) => ({ id, text })),
  };
}

/** A fallback's text as a model's answer; nothing at all when even the manual fallback failed. */
export function asResult(text: string | undefined | null, result: RunResult<unknown>): LanguageModelV4GenerateResult {
  return {
    content: text ? [{ type: "text", text }] : [],
    finishReason: { unified: result.error ? "error" : "stop", raw: undefined },
    usage: NO_USAGE,
    providerMetadata: { evenkeel: metadataOf(result) },
    warnings: [],
  };
}

/** Reads a model's stream: yields what may be shown, returns the whole. A part of type error is a failure of the step. */
export async function* spokenBy(
  stream: ReadableStream<LanguageModelV4StreamPart>,
): AsyncGenerator<LanguageModelV4StreamPart, Spoken, undefined> {
  const spoken: Spoken = {
    parts: [],
    text: "",
    usage: NO_USAGE,
    finishReason: { unified: "interrupted", raw: undefined },
  };
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const part = next.value;
      if (part.type === "error") throw part.error;
      if (part.type === "response-metadata") spoken.response = { modelId: part.modelId };
      else if (part.type === "finish") {
        spoken.usage = part.usage;
        spoken.finishReason = part.finishReason;
        spoken.providerMetadata = part.providerMetadata;
      } else if (part.type !== "stream-start" && part.type !== "raw" && part.type !== "ping") {
        if (part.type === "text-delta") spoken.text += part.delta;
        spoken.parts.push(part);
        yield part;
      }
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
  if (spoken.finishReason.unified === "interrupted") throw new Error("the model's stream ended early");
  return spoken;
}

/** The last part of a stream, for an answer by a model or by a fallback. */
export function finishOf(result: RunResult<Spoken | string>): LanguageModelV4StreamPart {
  const spoken = typeof result.output === "object" ? result.output : null;
  return {
    type: "finish",
    usage: spoken?.usage ?? NO_USAGE,
    finishReason: spoken?.finishReason ?? { unified: result.error ? "error" : "stop", raw: undefined },
    providerMetadata: { ...spoken?.providerMetadata, evenkeel: metadataOf(result) },
  };
}
