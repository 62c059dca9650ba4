import { HttpError } from "./http.mjs";

/**
 * The person at the page as the agent of their own conversation: `approve(conversation, {action, text})`, where `action` is `send` (with the text
 * as they left it) or `discard`. Records it as a signal and shows the customer the outcome.
 */
export function createApproval({ evenkeel, conversations }) {
  return (conversation, { action, text } = {}) => {
    if (conversation.state !== "draft") throw new HttpError(409, "There is no draft to act on.");
    const id = conversation.decisionId;
    if (action === "discard") {
      evenkeel.record(id, "dismissed");
      conversations.change(conversation, { state: "person", text: "A colleague answers you in person.", draft: null });
      return conversation;
    }
    if (action !== "send" || typeof text !== "string") {
      throw new HttpError(400, "An agent can `send` a `text` or `discard` the draft.");
    }
    const changed = shareChanged(conversation.draft, text);
    const seconds = (Date.now() - Date.parse(conversation.at) - conversation.tookMs) / 1000;
    if (changed === 0) evenkeel.record(id, "accepted");
    else evenkeel.record(id, "edited", { seconds, changed });
    conversations.change(conversation, { state: "answered", text, draft: null });
    return conversation;
  };
}

/** Share of words (0 to 1) of the longer text that the other has not, counted as bags. */
export function shareChanged(before, after) {
  const words = (text) => text.split(/\s+/).filter(Boolean);
  const left = words(before);
  const right = words(after);
  const longest = Math.max(left.length, right.length);
  if (longest === 0 || before === after) return 0;
  const pool = new Map();
  for (const word of left) pool.set(word, (pool.get(word) ?? 0) + 1);
  let kept = 0;
  for (const word of right) {
    const count = pool.get(word) ?? 0;
    if (count > 0) kept++;
    pool.set(word, count - 1);
  }
  return Math.round((1 - kept / longest) * 100) / 100;
}
