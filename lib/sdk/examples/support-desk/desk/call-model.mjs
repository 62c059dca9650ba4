/** US dollars per million tokens, in and out, by model; what is not listed costs `OTHER`. */
const PRICES = {
  "x-large": { in: 3, out: 15 },
  "x-small": { in: 0.25, out: 1.25 },
  "y-large": { in: 2.5, out: 10 },
  "y-small": { in: 0.15, out: 0.6 },
};
const OTHER = { in: 1, out: 4 };

/**
 * Asks the model of one chain step through OpenAI's API, streaming, and yields pieces of text. Returns
 * `{output, confidence, usage}`; confidence is the geometric mean of the tokens' probabilities. Aborting `signal` ends the
 * request at the model server too. Throws on any answer but 200 and when the stream ends early.
 */
export async function* streamModel({ modelUrl, step, messages, metadata, signal }) {
  const response = await fetch(`${modelUrl}/${encodeURIComponent(step.provider)}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      model: step.model,
      messages,
      metadata,
      stream: true,
      stream_options: { include_usage: true },
      logprobs: true,
    }),
    signal,
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`${step.provider} answered ${response.status}`);
  }
  const answer = { output: "", logprobs: [], usage: null, done: false };
  for await (const data of eventData(response.body)) {
    if (data === "[DONE]") {
      answer.done = true;
      break;
    }
    const chunk = JSON.parse(data);
    if (chunk.usage) answer.usage = chunk.usage;
    const choice = chunk.choices?.[0];
    for (const token of choice?.logprobs?.content ?? []) answer.logprobs.push(token.logprob);
    const delta = choice?.delta?.content;
    if (!delta) continue;
    answer.output += delta;
    yield delta;
  }
  if (!answer.done) throw new Error(`${step.provider} ended its answer early`);
  return {
    output: answer.output,
    confidence: Math.exp(answer.logprobs.reduce((sum, value) => sum + value, 0) / Math.max(1, answer.logprobs.length)),
    usage: usageOf(step.model, answer.usage),
  };
}

/** The same without showing the pieces: waits for the end. */
export async function callModel(request) {
  const pieces = streamModel(request);
  for (;;) {
    const next = await pieces.next();
    if (next.done) return next.value;
  }
}

function usageOf(model, usage) {
  if (!usage) return undefined;
  const price = PRICES[model] ?? OTHER;
  const costUsd = (usage.prompt_tokens * price.in + usage.completion_tokens * price.out) / 1e6;
  return { tokensIn: usage.prompt_tokens, tokensOut: usage.completion_tokens, costUsd };
}

/** The `data:` of server-sent events. */
async function* eventData(body) {
  const decoder = new TextDecoder();
  let buffer = "";
  for await (const bytes of body) {
    buffer += decoder.decode(bytes, { stream: true });
    const lines = buffer.split("\n");
    buffer = lines.pop() ?? "";
    for (const line of lines) if (line.startsWith("data: ")) yield line.slice(6).trimEnd();
  }
}
