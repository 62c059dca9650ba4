import type { SignalKind } from "../events/event.ts";
import { SIGNAL_KINDS } from "../events/signal-kinds.ts";

/** What is added up from decisions, each once, in the decision's own minute. */
export const DECISION_MEASURES = [
  "decisions",
  /** Answered with AI: primary or secondary. */
  "ai",
  /** A model was asked: answered with AI, failed while trying, or stopped by a safety filter. */
  "tried",
  "served_primary",
  "served_secondary",
  "served_cached",
  "served_template",
  "served_static",
  "served_manual",
  "served_person",
  "suggestions",
  /** Started by the user, not by the system. */
  "user_started",
  /** Failed otherwise than by one of the codes below. */
  "errors",
  /** `timeout` or `too-late`. */
  "timeouts",
  /** `low-confidence`: made, but not shown because the model was not sure enough. */
  "low_confidence",
  "safety_filtered",
  /** Answered with AI and told its latency; the sum in milliseconds. */
  "latency_n",
  "latency_ms",
  "cost_n",
  "cost_usd",
  /** Told tokens, in or out or both: nothing is made of none. */
  "tokens_n",
  "tokens_in",
  "tokens_out",
  /** At least one control acted. */
  "controlled",
  /** Arrived more than five minutes after it happened. */
  "late_decisions",
] as const;

/** What is added up from tasks (decisions with the same `task`), in the minute of the task's first decision. */
export const TASK_MEASURES = [
  "tasks",
  /** Decisions of a task after its first. */
  "repeats",
  /** Tasks with three or more `regenerated` signals. */
  "regenerate_loops",
] as const;

/** `s_<kind>`: decisions with at least one such signal, in the minute of the earliest of them; a signal without a decision counts by itself. */
export type SignalMeasure = `s_${SignalKind extends infer K extends string ? Underscored<K> : never}`;
type Underscored<S extends string> = S extends `${infer A}-${infer B}` ? `${A}_${Underscored<B>}` : S;
export const SIGNAL_MEASURES = SIGNAL_KINDS.map(signalMeasure);

/** The measure that counts a kind of signal. */
export function signalMeasure(kind: SignalKind): SignalMeasure {
  return `s_${kind.replaceAll("-", "_")}` as SignalMeasure;
}

/** Further sums over signals, each signal once, in its own minute. */
export const VALUE_MEASURES = [
  /** `edited` with seconds: how many, the seconds, and their squares. */
  "correction_n",
  "correction_s",
  "correction_ss",
  /** `edited` with the share of the text that changed (0 to 1). */
  "changed_n",
  "changed_sum",
  /** `reviewed` with seconds. */
  "review_n",
  "review_s",
  /** `judged` with a score from 0 to 1. */
  "judged_n",
  "judged_sum",
  "judged_ss",
  /** `audited`, each: an answer that three people audited has three verdicts. Of them, those with the label `misleading`. */
  "audits",
  "audited_misleading",
  /** `moderated` and `reviewed`, each. Of them, those with the label `false-positive`. */
  "moderations",
  "reviews",
  "false_positives",
  /** Signals, however many a decision has; and those that arrived more than five minutes after they happened. */
  "signals",
  "late_signals",
] as const;

export const MEASURES = [...DECISION_MEASURES, ...TASK_MEASURES, ...SIGNAL_MEASURES, ...VALUE_MEASURES] as const;

/** A name of an additive figure: a column of the roll-ups. Everything a chart shows is a quotient of sums of these. */
export type Measure = (typeof MEASURES)[number];

/** Sums of measures; an absent one is 0. */
export type Measures = Readonly<Partial<Record<Measure, number>>>;

/** Adds up. */
export function addMeasures(rows: Iterable<Measures>): Measures {
  const sum: Partial<Record<Measure, number>> = {};
  for (const row of rows) {
    for (const measure of MEASURES) {
      const value = row[measure];
      if (value) sum[measure] = (sum[measure] ?? 0) + value;
    }
  }
  return sum;
}

/** Every sum times a factor: as many as a part of the time, or a weight, makes of them. */
export function scaleMeasures(measures: Measures, factor: number): Measures {
  return Object.fromEntries(Object.entries(measures).map(([name, value]) => [name, value * factor]));
}
