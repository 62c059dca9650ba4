import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";
import type { RunResult, StreamPart } from "../types.ts";
import { finishOf, type Spoken } from "./results.ts";

/** The client's parts as the AI SDK's. Without `onRetract` only the final answer is sent, because the protocol takes nothing back. */
export function streamOf(
  parts: AsyncGenerator<StreamPart<LanguageModelV4StreamPart, Spoken | string>, void, undefined>,
  onRetract: ((because: string) => void) | undefined,
  onResult: (result: RunResult<Spoken | string>) => void,
  signal: AbortSignal | undefined,
): ReadableStream<LanguageModelV4StreamPart> {
  const spoken = translate(parts, onRetract, onResult);
  return new ReadableStream<LanguageModelV4StreamPart>({
    start: (controller) => controller.enqueue({ type: "stream-start", warnings: [] }),
    pull: async (controller) => {
      const next = await spoken.next();
      if (signal?.aborted) controller.error(signal.reason);
      else if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: async () => {
      await parts.return();
    },
  });
}

async function* translate(
  parts: AsyncGenerator<StreamPart<LanguageModelV4StreamPart, Spoken | string>, void, undefined>,
  onRetract: ((because: string) => void) | undefined,
  onResult: (result: RunResult<Spoken | string>) => void,
): AsyncGenerator<LanguageModelV4StreamPart, void, undefined> {
  const blocks = new OpenBlocks();
  let shown = false;
  for await (const part of parts) {
    if (part.type === "delta") {
      if (!onRetract) continue;
      shown = true;
      blocks.see(part.delta);
      yield part.delta;
    } else if (part.type === "retract") {
      if (!onRetract) continue;
      shown = false;
      yield* blocks.end();
      quietly(() => onRetract(part.because));
    } else {
      onResult(part.result);
      if (!shown) yield* whole(part.result);
      yield finishOf(part.result);
    }
  }
}

/** All parts of an answer that was not streamed. */
function* whole({ output }: RunResult<Spoken | string>): Generator<LanguageModelV4StreamPart, void> {
  if (typeof output === "object") yield* output.parts;
  else if (output) {
    yield { type: "text-start", id: "evenkeel-fallback" };
    yield { type: "text-delta", id: "evenkeel-fallback", delta: output };
    yield { type: "text-end", id: "evenkeel-fallback" };
  }
}

/** Blocks that were begun and not ended: they are ended before anything else follows. */
class OpenBlocks {
  readonly #open = new Map<string, "text-end" | "reasoning-end" | "tool-input-end">();

  see(part: LanguageModelV4StreamPart): void {
    if (part.type === "text-start") this.#open.set(part.id, "text-end");
    else if (part.type === "reasoning-start") this.#open.set(part.id, "reasoning-end");
    else if (part.type === "tool-input-start") this.#open.set(part.id, "tool-input-end");
    else if (part.type === "text-end" || part.type === "reasoning-end" || part.type === "tool-input-end") {
      this.#open.delete(part.id);
    }
  }

  *end(): Generator<LanguageModelV4StreamPart, void> {
    for (const [id, type] of this.#open) yield { type, id };
    this.#open.clear();
  }
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // The stream goes on: what follows is safer than what was shown.
  }
}
