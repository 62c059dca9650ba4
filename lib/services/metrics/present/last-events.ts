import type { SignalKind } from "#lib/core/events/event.ts";
import { SIGNAL_KINDS } from "#lib/core/events/signal-kinds.ts";
import type { Formula } from "#lib/core/metrics/definition.ts";
import { formatValue } from "#lib/core/metrics/format.ts";
import { DECISION_MEASURES, type Measure, signalMeasure, TASK_MEASURES } from "#lib/core/metrics/measures.ts";
import type { LastEvent } from "#lib/telemetry/evidence-source.ts";
import type { ShownEvent } from "../schema.ts";
import { measuresOf } from "./formula.ts";
import { cutLabel, type FigureNames } from "./names.ts";

const BEHIND: Partial<Record<Measure, readonly SignalKind[]>> = {
  correction_n: ["edited"],
  correction_s: ["edited"],
  changed_n: ["edited"],
  changed_sum: ["edited"],
  review_n: ["reviewed"],
  review_s: ["reviewed"],
  judged_n: ["judged"],
  judged_sum: ["judged"],
  audits: ["audited"],
  audited_misleading: ["audited"],
  moderations: ["moderated"],
  reviews: ["reviewed"],
  false_positives: ["moderated", "reviewed"],
  regenerate_loops: ["regenerated"],
};

/** The kinds of signals that a figure is counted from; none: decisions alone. */
export function kindsBehind(formula: Formula): SignalKind[] {
  const measures = measuresOf(formula);
  const direct = SIGNAL_KINDS.filter((kind) => measures.some((measure) => measure === signalMeasure(kind)));
  const indirect = measures.flatMap((measure) => BEHIND[measure] ?? []);
  return [...new Set([...direct, ...indirect])];
}

const OF_DECISIONS: ReadonlySet<Measure> = new Set([...DECISION_MEASURES, ...TASK_MEASURES]);

/** Whether a figure is counted from signals alone: then an answer that nobody reacted to is not behind it. */
export function isOfSignals(formula: Formula): boolean {
  return kindsBehind(formula).length > 0 && !measuresOf(formula).some((measure) => OF_DECISIONS.has(measure));
}

const ANSWERED: Readonly<Record<string, string>> = {
  primary: "Answered by the first model",
  secondary: "Answered by the second model",
  cached: "Answered from the cache",
  template: "Answered with a template",
  static: "Answered with a fixed text",
  manual: "Left to the manual way",
  person: "Handed to a person",
};

const SECONDS: ReadonlySet<string> = new Set(["edited", "reviewed"]);
/** What a label must look like to be a code and nobody's words. */
const CODE = /^[a-z0-9._-]{1,40}$/;
const SHOWN_OF_PSEUDONYM = 6;

/** An event as it is shown: who is the beginning of a pseudonym, and nothing of what was said. */
export function shownEvent(event: LastEvent, names: FigureNames): ShownEvent {
  const { at, type, kind, scenarios, user } = event;
  const word = kind.replaceAll("-", " ");
  return {
    at,
    what: type === "decision" ? (ANSWERED[kind] ?? "Answered") : `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
    scenario: scenarios.length === 0 ? null : scenarios.map((key) => cutLabel(`scenario:${key}`, names)).join(", "),
    person: user === null ? null : `${user.slice(0, SHOWN_OF_PSEUDONYM)}…`,
    detail: detailOf(event),
  };
}

function detailOf({ type, kind, value, label, latencyMs }: LastEvent): string | null {
  const parts = [
    latencyMs === null ? null : formatValue(latencyMs, "milliseconds"),
    value === null || type === "decision" ? null : formatValue(value, SECONDS.has(kind) ? "seconds" : "score"),
    label !== null && CODE.test(label) ? label.replaceAll("-", " ") : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(", ");
}
