import { setMaxListeners } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { seeded } from "./random.mjs";

const { inventedPolicies, steps } = JSON.parse(readFileSync(new URL("../data/replies.json", import.meta.url), "utf8"));

/** What agents do with an AI draft, by weight: mostly send it, and throw away what promises things no policy says. */
const WITH_DRAFT = { accepted: 62, edited: 23, overridden: 6, dismissed: 4, regenerated: 3, "copied-not-sent": 2 };
const WITH_WRONG_DRAFT = { accepted: 12, edited: 22, overridden: 34, dismissed: 22, regenerated: 10 };
/** What becomes of an answer that went to the customer by itself. Who mends or undoes it had taken it before. */
const SENT = {
  accepted: 71,
  edited: 13,
  reverted: 1,
  dismissed: 4,
  regenerated: 3,
  overridden: 3,
  abandoned: 2,
  "thumbs-down": 2,
  escalated: 1,
};
const WRONGLY_SENT = { edited: 26, reverted: 18, "thumbs-down": 18, escalated: 18, accepted: 16, abandoned: 4 };
const TAKEN_BEFORE = ["edited", "reverted"];
/** How often, of answers that were sent, somebody else looks too, and how their task ends. */
const JUDGED = 0.25;
const REVIEWED = 0.06;
const LIKED = 0.16;
const ENDS = { "task-completed": 86, "task-failed": 3, "": 11 };
/** Mean seconds of a correction: of a plain answer, of one with steps that do not fit the case, and of a wrong one. */
const CORRECTION_SECONDS = { plain: 22, steps: 44, wrong: 60 };

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
  const reported = [{ kind: "shown" }];
  if (state === "answered" && TAKEN_BEFORE.includes(kind)) reported.push({ kind: "accepted" });
  reported.push({ kind, details: kind === "edited" ? edit(text, wrong, random) : undefined });
  if (wrong && random.chance(0.5)) reported.push({ kind: "policy-violation", details: { label: "invented policy" } });
  return state === "answered" ? [...reported, ...afterwards(kind, wrong, random)] : reported;
}

/** What else is said of an answer that was sent: by the customer, a judge and a reviewer. */
function afterwards(kind, wrong, random) {
  const said = [];
  if (kind === "accepted" && random.chance(LIKED)) said.push({ kind: "thumbs-up" });
  if (random.chance(JUDGED)) {
    const score = Math.round(random.between(0.74, 0.94) * 100) / 100;
    said.push({ kind: "judged", details: { score: wrong ? score - 0.2 : score, actor: "judge" } });
  }
  if (random.chance(REVIEWED)) {
    said.push({ kind: "reviewed", details: { seconds: Math.round(random.between(25, 65)), actor: "reviewer" } });
  }
  const ends = random.weighted(ENDS);
  return ends === "" ? said : [...said, { kind: ends }];
}

/** How long a correction took and what share of the text it changed. */
function edit(text, wrong, random) {
  const about = wrong ? "wrong" : steps.some((each) => text.includes(each)) ? "steps" : "plain";
  const seconds = Math.round(CORRECTION_SECONDS[about] * random.between(0.4, 1.6));
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
