import { setMaxListeners } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { seeded } from "./random.mjs";

const { inventedPolicies } = JSON.parse(readFileSync(new URL("../data/replies.json", import.meta.url), "utf8"));

/** What agents do with an AI draft, by weight: mostly send it, and throw away what promises things no policy says. */
const WITH_DRAFT = { accepted: 62, edited: 23, overridden: 6, dismissed: 4, regenerated: 3, "copied-not-sent": 2 };
const WITH_WRONG_DRAFT = { accepted: 12, edited: 22, overridden: 34, dismissed: 22, regenerated: 10 };
/** What becomes of an answer that went to the customer by itself. */
const SENT = {
  "task-completed": 60,
  "thumbs-up": 16,
  edited: 10,
  "thumbs-down": 4,
  abandoned: 4,
  escalated: 2,
  reverted: 1,
};
const WRONGLY_SENT = { edited: 26, reverted: 18, "thumbs-down": 18, escalated: 18, "task-completed": 16, abandoned: 4 };
/** What becomes of a conversation that got a text or a form instead of AI. */
const WITHOUT_AI = { "task-completed": 70, "manual-path": 18, escalated: 4, abandoned: 5, "thumbs-down": 3 };

const SAYS = {
  accepted: "The agent sent the draft as it was.",
  edited: "The agent corrected it before sending.",
  overridden: "The agent wrote an answer of their own.",
  dismissed: "The agent threw the draft away.",
  regenerated: "The agent asked for another draft.",
  "copied-not-sent": "The agent copied the draft and did not send it.",
  "policy-violation": "The agent reported a promise that no policy says.",
};

/** Whether a text promises what no policy says: agents know their policies. */
export function inventsPolicy(text) {
  return inventedPolicies.some((promise) => text.includes(promise));
}

/**
 * What an agent would report about one conversation: `[{kind, details}]`, from its state, its text and a seeded
 * random. Slow or wrong answers do worse, as they do with people.
 * @returns {{kind: string, details?: {seconds?: number, changed?: number, label?: string}}[]}
 */
export function reactions({ state, text, slow }, random) {
  const wrong = inventsPolicy(text);
  if (state !== "draft" && state !== "answered") {
    return [{ kind: "shown" }, { kind: random.weighted(WITHOUT_AI) }];
  }
  const table = state === "draft" ? (wrong ? WITH_WRONG_DRAFT : WITH_DRAFT) : wrong ? WRONGLY_SENT : SENT;
  const kind = slow && random.chance(0.25) ? "abandoned" : random.weighted(table);
  const reported = [{ kind: "shown" }, { kind, details: kind === "edited" ? edit(wrong, random) : undefined }];
  if (wrong && random.chance(0.5)) reported.push({ kind: "policy-violation", details: { label: "invented policy" } });
  return reported;
}

/** How long a correction took and what share of the text it changed. */
function edit(wrong, random) {
  const seconds = Math.round(random.exponential(wrong ? 45 : 18) + 6);
  return { seconds, changed: Math.round(random.between(wrong ? 0.3 : 0.05, wrong ? 0.9 : 0.35) * 100) / 100 };
}

/**
 * Agents who look at each finished conversation of the background traffic after a few seconds and record what they did.
 * A person's own conversation is left to the person at the page, unless there is nothing to approve.
 */
export function createAgents({ evenkeel, conversations, seed, delayMs }) {
  const leaving = new AbortController();
  setMaxListeners(0, leaving.signal);

  async function attend(conversation) {
    const random = seeded(`${seed}:${conversation.decisionId ?? conversation.id}`);
    try {
      await wait(delayMs * random.between(0.5, 2), undefined, { signal: leaving.signal, ref: false });
    } catch {
      return;
    }
    const text = conversation.draft ?? conversation.text;
    const reported = reactions({ state: conversation.state, text, slow: conversation.tookMs > 4000 }, random);
    for (const { kind, details } of reported) evenkeel.record(conversation.decisionId, kind, details);
    const said = reported.flatMap(({ kind }) => SAYS[kind] ?? []);
    conversations.change(conversation, { agent: said, ...outcome(conversation, reported) });
  }

  return {
    attend: (conversation) => void attend(conversation),
    close: () => leaving.abort(),
  };
}

/** What the customer sees after the agent acted on a draft. */
function outcome(conversation, reported) {
  if (conversation.state !== "draft") return {};
  const sent = reported.some(({ kind }) => kind === "accepted");
  if (sent) return { state: "answered", text: conversation.draft, draft: null };
  return { state: "person", text: "A colleague has answered you in person.", draft: null };
}
