import type { QualityWeights } from "#lib/core/metrics/composite.ts";
import type { Formula, MetricDefinition } from "#lib/core/metrics/definition.ts";
import type { Measure } from "#lib/core/metrics/measures.ts";
import type { UserDay } from "#lib/core/metrics/user-counts.ts";

/** What is added up, in the plural, as the formula of a figure says it. */
export const MEASURE_WORDS: Readonly<Record<Measure, string>> = {
  decisions: "requests",
  ai: "AI answers",
  tried: "requests for which a model was asked",
  served_primary: "answers by the first model",
  served_secondary: "answers by the second model",
  served_cached: "cached answers",
  served_template: "template answers",
  served_static: "fixed answers",
  served_manual: "requests left to the manual way",
  served_person: "requests handed to a person",
  suggestions: "suggestions",
  user_started: "requests started by a person",
  errors: "requests that failed",
  timeouts: "requests that took too long",
  low_confidence: "answers not shown because the model was not sure enough",
  safety_filtered: "requests stopped by the safety filter",
  latency_n: "AI answers that told their latency",
  latency_ms: "milliseconds of AI answers",
  cost_n: "requests that told their cost",
  cost_usd: "US dollars spent",
  tokens_n: "requests that told their tokens",
  tokens_in: "tokens sent",
  tokens_out: "tokens received",
  controlled: "requests in which a control acted",
  late_decisions: "requests reported late",
  tasks: "tasks",
  repeats: "further requests of the same task",
  regenerate_loops: "tasks regenerated three times or more",
  s_shown: "answers shown",
  s_accepted: "answers accepted",
  s_edited: "answers edited",
  s_overridden: "answers overridden",
  s_reverted: "answers reverted",
  s_regenerated: "answers made anew",
  s_dismissed: "answers dismissed",
  s_abandoned: "answers after which the session ended",
  s_copied_not_sent: "answers copied and not sent",
  s_switched_to_manual: "answers after which a person went the manual way",
  s_manual_path: "tasks done the manual way from the start",
  s_thumbs_up: "thumbs up",
  s_thumbs_down: "thumbs down",
  s_escalated: "requests escalated",
  s_policy_violation: "answers that broke a policy",
  s_moderated: "answers sent to moderation",
  s_reviewed: "answers reviewed",
  s_task_completed: "tasks completed",
  s_task_failed: "tasks failed",
  s_session_restarted: "answers after which the session was started over",
  s_turned_off: "times it was turned off",
  s_turned_on: "times it was turned on",
  s_judged: "answers judged",
  s_audited: "answers audited",
  correction_n: "edits that told their seconds",
  correction_s: "seconds of edits",
  correction_ss: "squares of seconds of edits",
  changed_n: "edits that told how much changed",
  changed_sum: "shares of the text changed",
  review_n: "reviews that told their seconds",
  review_s: "seconds of reviews",
  judged_n: "answers with a judge's score",
  judged_sum: "scores of the judge",
  judged_ss: "squares of scores of the judge",
  audits: "audits",
  audited_misleading: "audits that found the answer misleading",
  moderations: "moderations",
  reviews: "reviews",
  false_positives: "false alarms found by moderation or review",
  signals: "signals",
  late_signals: "signals reported late",
};

const USER_WORDS: Readonly<Record<keyof UserDay, string>> = {
  day: "days",
  users1: "people of each day",
  users7: "people of the last 7 days",
  users28: "people of the last 28 days",
  newUsers: "people who were new",
  cameBack: "people who were new and came back within 7 days",
  startedAgain: "people who were new and started it themselves again within 7 days",
  keptOn: "people who were new and had it switched on 14 days later",
  usedOrSwitched: "people of each day with a request or a switch",
  leftOff: "people who left it switched off that day",
};

/** The formula of a figure in words: "answers edited / AI answers". */
export function formulaSaid(
  { formula, unit }: Pick<MetricDefinition, "formula" | "unit">,
  weights: QualityWeights,
): string {
  switch (formula.kind) {
    case "share":
      return `${over(formula.numerator, formula.denominator)}${unit === "per-1000" ? " × 1,000" : ""}`;
    case "mean":
      return over(formula.sum, formula.count);
    case "quantile":
      return `the time within which ${Math.round(formula.q * 100)}% of AI answers were there`;
    case "users":
      return `${USER_WORDS[formula.numerator]} / ${USER_WORDS[formula.denominator]}`;
    case "composite":
      return weighted(weights);
    case "count":
      return added(formula.sum);
    case "people":
      return "different pseudonyms";
  }
}

function added(measures: readonly Measure[]): string {
  return measures.map((measure) => MEASURE_WORDS[measure]).join(" + ");
}

function over(above: readonly Measure[], below: readonly Measure[]): string {
  const side = (measures: readonly Measure[]) => (measures.length > 1 ? `(${added(measures)})` : added(measures));
  return `${side(above)} / ${side(below)}`;
}

function weighted({ judge, feedback, completion }: QualityWeights): string {
  const total = judge + feedback + completion;
  const part = (weight: number, words: string) => `${Math.round((weight / total) * 100)}% ${words}`;
  return [part(judge, "judge score"), part(feedback, "feedback of users"), part(completion, "task completion")].join(
    " + ",
  );
}

/** Measures that a formula reads. */
export function measuresOf(formula: Formula): readonly Measure[] {
  switch (formula.kind) {
    case "share":
      return [...formula.numerator, ...formula.denominator];
    case "mean":
      return [...formula.sum, ...formula.count];
    case "count":
      return formula.sum;
    case "composite":
      return [
        "s_judged",
        "s_thumbs_up",
        "s_thumbs_down",
        "s_regenerated",
        "s_abandoned",
        "s_task_completed",
        "s_task_failed",
      ];
    case "users":
      return formula.numerator === "keptOn" || formula.numerator === "leftOff" ? ["s_turned_off", "s_turned_on"] : [];
    case "quantile":
    case "people":
      return [];
  }
}
