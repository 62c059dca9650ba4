import type { DecisionEvent, SignalEvent } from "#lib/core/events/event.ts";
import {
  type DECISION_MEASURES,
  MEASURES,
  type Measure,
  signalMeasure,
  type VALUE_MEASURES,
} from "#lib/core/metrics/measures.ts";

/** Later than this after it happened, an event is late, milliseconds. */
export const LATE_MS = 5 * 60_000;

export type MeasuredDecision = Pick<
  DecisionEvent,
  | "served"
  | "mode"
  | "initiatedBy"
  | "error"
  | "safetyFiltered"
  | "latencyMs"
  | "costUsd"
  | "tokensIn"
  | "tokensOut"
  | "controls"
>;
export type MeasuredSignal = Pick<SignalEvent, "kind"> & {
  value: number | null;
  changed: number | null;
  label: string | null;
};

/** What to add where: index of a measure, amount, index, amount... */
export type Amounts = readonly number[];

const INDEX = new Map(MEASURES.map((measure, index) => [measure, index]));
/** Place of a measure in a row of sums. */
export const indexOf = (measure: Measure): number => INDEX.get(measure) ?? -1;

const isAi = (d: MeasuredDecision) => d.served === "primary" || d.served === "secondary";
const isTimeout = (error: string) => error === "timeout" || error === "too-late";
const hasLatency = (d: MeasuredDecision) => isAi(d) && d.latencyMs !== null;
const given = (value: number | null | undefined): value is number => value !== null && value !== undefined;

type Rule<E> = (event: E, late: boolean) => number | boolean;

const DECISION_RULES: Record<(typeof DECISION_MEASURES)[number], Rule<MeasuredDecision>> = {
  decisions: () => 1,
  ai: isAi,
  tried: (d) => isAi(d) || told(d.error) || d.safetyFiltered,
  served_primary: (d) => d.served === "primary",
  served_secondary: (d) => d.served === "secondary",
  served_cached: (d) => d.served === "cached",
  served_template: (d) => d.served === "template",
  served_static: (d) => d.served === "static",
  served_manual: (d) => d.served === "manual",
  served_person: (d) => d.served === "person",
  suggestions: (d) => d.mode === "suggestion",
  user_started: (d) => d.initiatedBy === "user",
  errors: (d) => told(d.error) && !isTimeout(d.error) && d.error !== "low-confidence",
  timeouts: (d) => told(d.error) && isTimeout(d.error),
  low_confidence: (d) => d.error === "low-confidence",
  safety_filtered: (d) => d.safetyFiltered,
  latency_n: hasLatency,
  latency_ms: (d) => (hasLatency(d) ? (d.latencyMs ?? 0) : 0),
  cost_n: (d) => given(d.costUsd),
  cost_usd: (d) => d.costUsd ?? 0,
  tokens_n: (d) => (d.tokensIn ?? 0) + (d.tokensOut ?? 0) > 0,
  tokens_in: (d) => d.tokensIn ?? 0,
  tokens_out: (d) => d.tokensOut ?? 0,
  controlled: (d) => d.controls.length > 0,
  late_decisions: (_, late) => late,
};

const seconds = (kind: string) => (s: MeasuredSignal) => (s.kind === kind ? s.value : null);
const corrected = seconds("edited");
const reviewed = seconds("reviewed");
const changed = (s: MeasuredSignal) => (s.kind === "edited" ? s.changed : null);
const judged = (s: MeasuredSignal) =>
  s.kind === "judged" && given(s.value) && s.value >= 0 && s.value <= 1 ? s.value : null;

const VALUE_RULES: Record<(typeof VALUE_MEASURES)[number], Rule<MeasuredSignal>> = {
  correction_n: (s) => given(corrected(s)),
  correction_s: (s) => corrected(s) ?? 0,
  correction_ss: (s) => (corrected(s) ?? 0) ** 2,
  changed_n: (s) => given(changed(s)),
  changed_sum: (s) => changed(s) ?? 0,
  review_n: (s) => given(reviewed(s)),
  review_s: (s) => reviewed(s) ?? 0,
  judged_n: (s) => given(judged(s)),
  judged_sum: (s) => judged(s) ?? 0,
  judged_ss: (s) => (judged(s) ?? 0) ** 2,
  audits: (s) => s.kind === "audited",
  audited_misleading: (s) => s.kind === "audited" && s.label === "misleading",
  moderations: (s) => s.kind === "moderated",
  reviews: (s) => s.kind === "reviewed",
  false_positives: (s) => (s.kind === "moderated" || s.kind === "reviewed") && s.label === "false-positive",
  signals: () => 1,
  late_signals: (_, late) => late,
};

function told(error: string | null | undefined): error is string {
  return error !== null && error !== undefined;
}

function amountsBy<E>(rules: Record<string, Rule<E>>): (event: E, late: boolean) => number[] {
  const list = Object.entries(rules).map(([measure, rule]) => [indexOf(measure as Measure), rule] as const);
  return (event, late) => {
    const amounts: number[] = [];
    for (const [index, rule] of list) {
      const amount = Number(rule(event, late));
      if (amount !== 0) amounts.push(index, amount);
    }
    return amounts;
  };
}

/** What a decision adds. */
export const decisionAmounts = amountsBy(DECISION_RULES);

/** What a signal adds by itself; whether it is the first of its kind (`signalMeasure`) is another matter. */
export const valueAmounts = amountsBy(VALUE_RULES);

/** What the first signal of a kind adds (`sign` 1), or takes away where another turned out to be the first (-1). */
export function firstAmounts(kind: SignalEvent["kind"], sign: 1 | -1): Amounts {
  return [indexOf(signalMeasure(kind)), sign];
}

/** Whether a decision has a latency that counts: of an answer by AI. */
export const latencyOf = (d: MeasuredDecision): number | null => (isAi(d) ? d.latencyMs : null);
