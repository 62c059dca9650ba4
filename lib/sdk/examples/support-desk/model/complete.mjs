import { setTimeout as wait } from "node:timers/promises";
import { seeded } from "../desk/random.mjs";
import { modelOf } from "./models.mjs";
import { writeReply } from "./replies.mjs";

/**
 * Answers one `POST /<provider>/v1/chat/completions` in the shape of OpenAI's API: whole, or as server-sent events with
 * `stream: true`, `stream_options.include_usage` and `logprobs`. Stops generating as soon as the client goes away and notes
 * in `entry` how far it came.
 */
export async function complete({ res, body, provider, entry, faults, seed }) {
  const gone = new AbortController();
  res.on("close", () => {
    if (res.writableFinished) return;
    entry.aborted = true;
    entry.abortedAt = new Date().toISOString();
    gone.abort();
  });
  const random = seeded(`${seed}:${entry.number}`);
  const model = modelOf(provider, body.model);
  const reply = writeReply({ messages: body.messages, model: body.model, seed, inventedPolicy: faults.inventedPolicy });
  entry.tokensPlanned = reply.tokens.length;
  try {
    if (faults.hang) await wait(2 ** 31 - 1, undefined, { signal: gone.signal });
    await wait(model.firstMs * random.between(0.7, 1.4) + faults.slowMs, undefined, { signal: gone.signal });
    if (random.chance(faults.errors)) return fail(res, entry);
    const write = body.stream ? startStream(res, body, entry) : null;
    for (const token of reply.tokens) {
      await wait(faults.paceMs ?? model.paceMs, undefined, { signal: gone.signal });
      entry.tokensSent++;
      write?.token(token, logprob(reply.confidence, random));
    }
    const usage = usageOf(body.messages, reply.tokens.length, faults.costFactor);
    if (write) write.end(usage);
    else sendWhole(res, body, reply, usage, random, entry);
    entry.status = 200;
    entry.finishedAt = new Date().toISOString();
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  }
}

/** Billed tokens. Four letters a token for the prompt; a cost factor shows up as reasoning tokens, as vendors bill them. */
function usageOf(messages, tokens, costFactor) {
  const prompt = messages.reduce((sum, message) => sum + Math.ceil(String(message?.content ?? "").length / 4), 0);
  const completion = Math.round(tokens * costFactor);
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    completion_tokens_details: { reasoning_tokens: completion - tokens },
  };
}

/** A log probability near that of the answer's confidence, so that their mean gives it back. */
function logprob(confidence, random) {
  return Math.log(confidence) * random.between(0.8, 1.2);
}

function head(body, entry, object) {
  return { id: `chatcmpl-${entry.number}`, object, created: Math.floor(Date.now() / 1000), model: body.model };
}

function startStream(res, body, entry) {
  res.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache, no-transform" });
  const send = (choices, extra = {}) =>
    res.write(`data: ${JSON.stringify({ ...head(body, entry, "chat.completion.chunk"), choices, ...extra })}\n\n`);
  return {
    token(token, value) {
      const logprobs = body.logprobs ? { content: [{ token, logprob: value }] } : null;
      send([{ index: 0, delta: { content: token }, logprobs, finish_reason: null }]);
    },
    end(usage) {
      send([{ index: 0, delta: {}, finish_reason: "stop" }]);
      if (body.stream_options?.include_usage) send([], { usage });
      res.end("data: [DONE]\n\n");
    },
  };
}

function sendWhole(res, body, reply, usage, random, entry) {
  const content = reply.tokens.map((token) => ({ token, logprob: logprob(reply.confidence, random) }));
  const message = { role: "assistant", content: reply.tokens.join("") };
  const choice = { index: 0, message, finish_reason: "stop", logprobs: body.logprobs ? { content } : null };
  res.writeHead(200, { "content-type": "application/json" });
  res.end(JSON.stringify({ ...head(body, entry, "chat.completion"), choices: [choice], usage }));
}

function fail(res, entry) {
  entry.status = 500;
  entry.finishedAt = new Date().toISOString();
  res.writeHead(500, { "content-type": "application/json" });
  res.end(
    JSON.stringify({ error: { message: "The model is overloaded.", type: "server_error", code: "model_overloaded" } }),
  );
}
