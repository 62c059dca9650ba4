import type { SignalEvent, SignalKind } from "#lib/core/events/event.ts";
import type { UserDay } from "#lib/core/metrics/user-counts.ts";
import { groupBy, type Told } from "./brute-force-facts.ts";
import type { SinkDecision } from "./event-sink.ts";
import type { Span } from "./figure-source.ts";

/** What a metric may look at: raw events of one feature, and the days of its users as they were counted by brute force. */
export type Raw = {
  told: Told;
  feature: string;
  span: Span;
  /** Sums over the days of the span, users as often as they were counted on a day. */
  users: Omit<UserDay, "day" | "users7" | "users28">;
  people: number;
};

const rate = (part: number, whole: number) => (whole > 0 ? Math.min(1, part / whole) : null);
const mean = (values: readonly number[]) =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
const present = (values: readonly (number | null | undefined)[]) =>
  values.filter((value): value is number => value !== null && value !== undefined);
const isTimeout = ({ error }: SinkDecision) => error === "timeout" || error === "too-late";
const isAi = ({ served }: SinkDecision) => served === "primary" || served === "secondary";

/** Views on the raw events in which metrics are written below. */
function looking({ told, feature, span }: Raw) {
  const inSpan = (at: string) => Date.parse(at) >= span.from && Date.parse(at) < span.to;
  const all = told.decisions.map(({ event }) => event).filter((event) => event.feature === feature);
  const requests = all.filter(({ at }) => inSpan(at));
  const answers = requests.filter(isAi);
  const tried = requests.filter((event) => isAi(event) || (event.error ?? null) !== null || event.safetyFiltered);
  const signals = told.signals.filter(({ event, about }) => (about ? about.feature : event.feature) === feature);
  const reported = (kind: SignalKind) =>
    signals.map(({ event }) => event).filter((event) => event.kind === kind && inSpan(event.at));
  /** Outputs to which it happened for the first time in the span, and what happened without one. */
  const happened = (kind: SignalKind) => {
    const alike = signals.filter(({ event }) => event.kind === kind);
    const direct = alike.filter(({ event, about }) => !about && inSpan(event.at));
    const firsts = new Map<string, string>();
    for (const { event, about } of alike) {
      const known = about && firsts.get(about.id);
      if (about && (!known || event.at < known)) firsts.set(about.id, event.at);
    }
    return direct.length + [...firsts.values()].filter(inSpan).length;
  };
  const withTask = all.filter(({ task }) => task !== undefined);
  const tasks = groupBy(withTask, ({ task = "" }) => task)
    .map((own) => own.toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1)))
    .filter(([first]) => first && inSpan(first.at));
  const regenerations = (own: readonly SinkDecision[]) =>
    signals.filter(({ event, about }) => event.kind === "regenerated" && own.some(({ id }) => id === about?.id)).length;
  const servedBy = (...rungs: SinkDecision["served"][]) =>
    requests.filter(({ served }) => rungs.includes(served)).length;
  return { requests, answers, tried, reported, happened, tasks, regenerations, servedBy };
}
type Look = ReturnType<typeof looking>;

const ofAnswers = (kind: SignalKind) => (look: Look) => rate(look.happened(kind), look.answers.length);
const ofRequests =
  (...rungs: SinkDecision["served"][]) =>
  (look: Look) =>
    rate(look.servedBy(...rungs), look.requests.length);
const ofTried = (is: (event: SinkDecision) => boolean) => (look: Look) =>
  rate(look.tried.filter(is).length, look.tried.length);
const meanOf = (kind: SignalKind, what: "value" | "changed") => (look: Look) =>
  mean(present(look.reported(kind).map((event) => event[what])));

function feedback(look: Look): number | null {
  const up = look.happened("thumbs-up");
  return rate(up, up + look.happened("thumbs-down") + look.happened("regenerated") + look.happened("abandoned"));
}

function completion(look: Look): number | null {
  const completed = look.happened("task-completed");
  return rate(completed, completed + look.happened("task-failed"));
}

/** Of so many verdicts, the share that said this. */
const verdicts = (all: readonly SignalEvent[], said: string) =>
  rate(all.filter(({ label }) => label === said).length, all.length);

/** Every metric but the quantiles by its key, from the playbook's meaning of it. Null: there is nothing to divide by. */
export const METRICS_BY_HAND: Record<string, (look: Look, raw: Raw) => number | null> = {
  "repeat-usage": (_, { users }) => rate(users.cameBack, users.newUsers),
  "voluntary-return": (_, { users }) => rate(users.startedAgain, users.newUsers),
  "kept-on": (_, { users }) => rate(users.keptOn, users.newUsers),
  "switched-off": (_, { users }) => rate(users.leftOff, users.usedOrSwitched),
  "repeated-prompts": ({ tasks }) => {
    const inTasks = tasks.reduce((sum, own) => sum + own.length, 0);
    return rate(inTasks - tasks.length, inTasks);
  },
  "correction-time": meanOf("edited", "value"),
  "edit-rate": ofAnswers("edited"),
  "changed-share": meanOf("edited", "changed"),
  "review-time": meanOf("reviewed", "value"),
  "override-rate": ofAnswers("overridden"),
  "revert-rate": ofAnswers("reverted"),
  escalations: (look) => {
    const share = rate(look.happened("escalated"), look.requests.length);
    return share === null ? null : share * 1000;
  },
  "policy-violations": ofAnswers("policy-violation"),
  "moderation-volume": ofAnswers("moderated"),
  "misleading-rate": (look) => verdicts(look.reported("audited"), "misleading"),
  "switch-to-manual": ofAnswers("switched-to-manual"),
  "manual-path": (look) => {
    const manual = look.happened("manual-path");
    return rate(manual, manual + look.answers.length);
  },
  abandonment: ofAnswers("abandoned"),
  "session-restarts": ofAnswers("session-restarted"),
  "regenerate-loops": ({ tasks, regenerations }) =>
    rate(tasks.filter((own) => regenerations(own) >= 3).length, tasks.length),
  "copied-not-sent": ofAnswers("copied-not-sent"),
  "dismissal-rate": ofAnswers("dismissed"),
  "re-prompt-rate": ofAnswers("regenerated"),
  "fallback-share": ofRequests("cached", "template", "static", "manual", "person"),
  "answered-by-primary": ofRequests("primary"),
  "answered-by-secondary": ofRequests("secondary"),
  "answered-by-cached": ofRequests("cached"),
  "answered-by-template": ofRequests("template"),
  "answered-by-static": ofRequests("static"),
  "answered-by-manual": ofRequests("manual"),
  "answered-by-person": ofRequests("person"),
  "quality-score": (look) => mean(present([meanOf("judged", "value")(look), feedback(look), completion(look)])),
  "judge-score": meanOf("judged", "value"),
  "task-completion": completion,
  "thumbs-up": (look) => {
    const up = look.happened("thumbs-up");
    return rate(up, up + look.happened("thumbs-down"));
  },
  "thumbs-down": ofAnswers("thumbs-down"),
  "false-positive-rate": (look) =>
    verdicts([...look.reported("moderated"), ...look.reported("reviewed")], "false-positive"),
  "error-rate": ofTried((event) => (event.error ?? "low-confidence") !== "low-confidence"),
  timeouts: ofTried(isTimeout),
  "cost-per-decision": ({ requests }) => mean(present(requests.map(({ costUsd }) => costUsd))),
  tokens: ({ requests }) =>
    mean(requests.map(({ tokensIn, tokensOut }) => (tokensIn ?? 0) + (tokensOut ?? 0)).filter((tokens) => tokens > 0)),
  "safety-filter-rate": ofTried(({ safetyFiltered }) => safetyFiltered),
  "low-confidence": ofTried(({ error }) => error === "low-confidence"),
  decisions: ({ requests }) => requests.length,
  people: (_, { people }) => people,
  "user-started": ({ requests }) =>
    rate(requests.filter(({ initiatedBy }) => initiatedBy === "user").length, requests.length),
  "shown-rate": ofAnswers("shown"),
  "acceptance-rate": ofAnswers("accepted"),
  "copy-rate": (look) => rate(look.happened("accepted") + look.happened("copied-not-sent"), look.answers.length),
  "generation-time": ({ answers }) => mean(present(answers.map(({ latencyMs }) => latencyMs))),
};

/** A metric of a feature over a span, from raw events alone. */
export function byHand(key: string, raw: Raw): number | null {
  const metric = METRICS_BY_HAND[key];
  if (!metric) throw new Error(`Nobody has said how "${key}" is counted by hand.`);
  return metric(looking(raw), raw);
}
