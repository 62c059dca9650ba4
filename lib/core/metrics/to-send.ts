import type { Formula, MetricDefinition } from "./definition.ts";
import type { Measure } from "./measures.ts";
import { listed } from "./say.ts";

const PSEUDONYM = "a pseudonym with each request";

/** What of it a product has to send before anything that is divided by it is counted. Of what is not here, AI answers are all that it takes. */
const SENT: Partial<Record<Measure, string>> = {
  tasks: "the task of each request",
  correction_n: "the seconds of edits",
  changed_n: "how much edits changed",
  review_n: "the seconds of reviews",
  audits: "audits of answers",
  judged_n: "a judge's scores",
  s_thumbs_up: "thumbs up and down",
  s_task_completed: "whether tasks were completed",
  moderations: "what moderation and reviews found",
  latency_n: "how long answers take",
  cost_n: "what requests cost",
  tokens_n: "the tokens of answers",
};

/**
 * Why nothing at all is counted of some metrics, and what to do about it: waiting does not help, but with what people do over days. `named`: whether the
 * product is known to send pseudonyms; then nothing but those days is missing there.
 */
export function sayMissing(definitions: readonly Pick<MetricDefinition, "formula">[], named = false): string {
  const waiting = named ? definitions.filter(({ formula }) => isOfPeople(formula)) : [];
  const rest = definitions.filter((each) => !waiting.includes(each));
  const sent = rest.map(({ formula }) => sentFor(formula));
  if (sent.some((things) => things.length === 0)) return "no AI answer was given";
  const days = daysOf(definitions);
  const things = [...new Set(sent.flat())].map((thing) =>
    thing === PSEUDONYM && days > 0 ? `${thing} (what new people do is known ${days} days later)` : thing,
  );
  if (waiting.length === 0) return `the product has to send ${listed(things, "or")}`;
  const later =
    days > 0 ? `what new people do is known after ${days} days` : "what people do on a day is known once it is over";
  return rest.length === 0 ? later : `${later}, and the rest once the product sends ${listed(things, "or")}`;
}

/** After how many days the first of what people do is known, however much is sent. */
function daysOf(definitions: readonly Pick<MetricDefinition, "formula">[]): number {
  const days = definitions.flatMap(({ formula }) => (formula.kind === "users" ? [formula.closesAfterDays] : []));
  return days.length === 0 ? 0 : Math.min(...days);
}

function isOfPeople({ kind }: Formula): boolean {
  return kind === "users" || kind === "people";
}

function sentFor(formula: Formula): string[] {
  switch (formula.kind) {
    case "share":
      return sentOf(formula.denominator);
    case "mean":
      return sentOf(formula.count);
    case "composite":
      return sentOf(["judged_n", "s_thumbs_up", "s_task_completed"]);
    case "quantile":
      return sentOf(["latency_n"]);
    case "users":
    case "people":
      return [PSEUDONYM];
    case "count":
      return [];
  }
}

function sentOf(measures: readonly Measure[]): string[] {
  return measures.flatMap((measure) => SENT[measure] ?? []);
}
