import type { MeasurementView } from "#lib/services/measurement/schema.ts";

/** What the form holds; `version` is that of what it was begun from. */
export type Draft = Pick<
  MeasurementView,
  "version" | "metrics" | "weights" | "trustFailure" | "fallbackAgreed" | "incidentClasses"
>;

const FIELDS = ["metrics", "weights", "trustFailure", "fallbackAgreed", "incidentClasses"] as const;
type FieldName = (typeof FIELDS)[number];

/** The fields as people call them. */
export const FIELD_WORDS: Readonly<Record<FieldName, string>> = {
  metrics: "the metrics chosen",
  weights: "the weights of the quality score",
  trustFailure: "what losing trust would look like",
  fallbackAgreed: "whether the fallback is agreed",
  incidentClasses: "the kinds of incident",
};

export function draftOf({
  version,
  metrics,
  weights,
  trustFailure,
  fallbackAgreed,
  incidentClasses,
}: MeasurementView): Draft {
  return { version, metrics, weights, trustFailure, fallbackAgreed, incidentClasses };
}

/** Fields in which two differ. The order in which metrics were chosen does not count. */
export function changedFields(a: Draft, b: Draft): FieldName[] {
  return FIELDS.filter((field) => comparable(a, field) !== comparable(b, field));
}

function comparable(draft: Draft, field: FieldName): string {
  if (field === "metrics") return draft.metrics.toSorted().join(" ");
  if (field === "weights") return [draft.weights.judge, draft.weights.feedback, draft.weights.completion].join(" ");
  if (field === "incidentClasses") {
    return JSON.stringify(draft.incidentClasses.map(({ name, trigger }) => [name.trim(), trigger.trim()]));
  }
  return String(draft[field]).trim();
}

/**
 * What was typed, put on top of what somebody else saved meanwhile: what I changed stays mine, everything else becomes theirs, and of the metrics
 * mine are added to theirs and taken from them. `both`: fields that each of us changed.
 */
export function rebase(mine: Draft, base: Draft, theirs: Draft): { draft: Draft; both: FieldName[] } {
  const myFields = changedFields(mine, base);
  const theirFields = changedFields(theirs, base);
  const draft: Draft = { ...theirs };
  if (myFields.includes("weights")) draft.weights = mine.weights;
  if (myFields.includes("trustFailure")) draft.trustFailure = mine.trustFailure;
  if (myFields.includes("fallbackAgreed")) draft.fallbackAgreed = mine.fallbackAgreed;
  if (myFields.includes("incidentClasses")) draft.incidentClasses = mine.incidentClasses;
  const added = mine.metrics.filter((key) => !base.metrics.includes(key));
  const dropped = new Set(base.metrics.filter((key) => !mine.metrics.includes(key)));
  draft.metrics = [...new Set([...theirs.metrics, ...added])].filter((key) => !dropped.has(key));
  return { draft, both: myFields.filter((field) => field !== "metrics" && theirFields.includes(field)) };
}

/** What must be mended before it can be saved, in words; null when nothing. */
export function troubleWith({ weights, incidentClasses }: Draft): string | null {
  if (weights.judge + weights.feedback + weights.completion <= 0) return "At least one weight must be above 0.";
  const short = incidentClasses.findIndex(({ name, trigger }) => name.trim().length < 3 || trigger.trim().length < 3);
  return short < 0 ? null : `Kind of incident ${short + 1} needs a name and what triggers the rollback.`;
}
