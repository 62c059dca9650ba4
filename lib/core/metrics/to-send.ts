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

/** Why nothing at all is counted of some metrics, and what to do about it: waiting does not help. */
export function sayMissing(definitions: readonly Pick<MetricDefinition, "formula">[]): string {
  const sent = definitions.map(({ formula }) => sentFor(formula));
  if (sent.some((things) => things.length === 0)) return "no AI answer was given";
  return `the product has to send ${listed([...new Set(sent.flat())], "or")}${sayLater(definitions)}`;
}

/** Of new people nothing is known before their days are over, however much is sent. */
function sayLater(definitions: readonly Pick<MetricDefinition, "formula">[]): string {
  const days = definitions.map(({ formula }) => (formula.kind === "users" ? formula.closesAfterDays : 0));
  const first = Math.min(...days);
  return first > 0 ? ` (what new people do is known ${first} days later)` : "";
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
