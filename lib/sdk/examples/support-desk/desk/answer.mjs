import { callModel, streamModel } from "./call-model.mjs";
import { customer } from "./customers.mjs";
import { fallbacks } from "./fallbacks.mjs";
import { scenariosOf } from "./messages.mjs";

const FEATURE = "reply-assistant";
const STICKY_KEPT = 5000;

/**
 * Answers customer messages as Evenkeel says: this is all that a host has to write. `answer({text, category, userId, stream, source})` opens a
 * conversation and resolves with it when the customer has an answer; `begin` is the same without waiting.
 */
export function createAnswering({ evenkeel, conversations, modelUrl, instance, onAnswered }) {
  const sticky = new Map();

  function begin({ text, category, userId, stream = false, source = "traffic" }) {
    const who = customer(userId);
    const conversation = conversations.open({
      source,
      customer: who,
      category,
      scenarios: scenariosOf(category),
      message: text,
    });
    const run = stream ? answerStreaming : answerWhole;
    return { conversation, done: run(conversation).then((result) => finish(conversation, result)) };
  }

  async function answerWhole(conversation) {
    const generate = async (step, info) => callModel(await modelRequest(conversation, step, info));
    return evenkeel.run(FEATURE, contextOf(conversation), { generate, fallbacks, about: aboutOf(conversation) });
  }

  async function answerStreaming(conversation) {
    const generate = async function* (step, info) {
      return yield* streamModel(await modelRequest(conversation, step, info));
    };
    const about = aboutOf(conversation);
    let result;
    for await (const part of evenkeel.stream(FEATURE, contextOf(conversation), { generate, fallbacks, about })) {
      if (part.type === "delta") {
        conversations.change(conversation, { state: "writing", text: conversation.text + part.delta });
      } else if (part.type === "retract") {
        conversations.change(conversation, { state: "waiting", text: "", retracted: true });
      } else result = part.result;
    }
    return result;
  }

  function contextOf({ customer: who, scenarios, message }) {
    return {
      userId: who.id,
      scenarios,
      attributes: { ...who.attributes, contentLength: message.length },
      ...(sticky.has(who.id) ? { sticky: sticky.get(who.id) } : {}),
    };
  }

  /** For figures about tasks and sessions; a message is one of each here. */
  function aboutOf({ id, customer: who }) {
    return { task: `${instance}:${id}`, sessionId: `${who.id}:${instance}:${id}` };
  }

  async function modelRequest(conversation, step, { signal, release }) {
    conversation.model = step.model;
    const contents = await evenkeel.release(release);
    const metadata = { conversation: `${instance}:${conversation.id}`, category: conversation.category };
    return { modelUrl, step, signal, messages: prompt(conversation, contents), metadata };
  }

  function finish(conversation, result) {
    const { decision } = result;
    keepSticky(conversation.customer.id, decision.sticky);
    const byModel = result.served === "primary" || result.served === "secondary";
    const output = result.output ?? "";
    conversations.change(conversation, {
      served: result.served,
      decisionId: result.decisionId,
      decision,
      model: byModel ? conversation.model : null,
      notices: result.notices.map((notice) => notice.text),
      because: decision.because.map((reason) => reason.sentence),
      tookMs: Date.now() - Date.parse(conversation.at),
      ...(byModel && result.needsReview
        ? { state: "draft", draft: output, text: "" }
        : { state: byModel ? "answered" : result.served, text: output }),
    });
    onAnswered(conversation);
    return conversation;
  }

  function keepSticky(userId, token) {
    sticky.delete(userId);
    if (token) sticky.set(userId, token);
    if (sticky.size > STICKY_KEPT) sticky.delete(sticky.keys().next().value);
  }

  return { begin, answer: (message) => begin(message).done };
}

function prompt({ category, message, customer: who }, contents) {
  const system =
    contents?.prompts?.system ?? "You answer customers of a bank. Be short and friendly, and promise nothing.";
  const language = who.attributes.language ?? "en";
  return [
    {
      role: "system",
      content: `${system}\nCategory: ${category}\nCustomer's language: ${language}`,
    },
    { role: "user", content: message },
  ];
}
