import type { SignalKind } from "./event.ts";

/** Which answers an export is of: those with a sign of harm, or all. */
export const WHICH_ANSWERS = ["harmed", "every"] as const;
export type WhichAnswers = (typeof WHICH_ANSWERS)[number];

/**
 * What a kind of signal says of the answer it is about. `hurt`: that it did harm, in words that follow "The answer"; where `label` is named, only with that label.
 * `harmless`: why it is no sign of harm.
 */
export type HarmOfKind = { hurt: string; label?: string } | { harmless: string };

/**
 * The one rule for "this answer hurt". It holds what the metrics of the harm family count, each answer by itself, and thumbs down: a person said so of this very
 * answer. Rather one too many than one too few, since those who were hurt have to be found: what was sent to moderation counts, also when it was a false
 * alarm, and so does what a person changed or replaced before any customer saw it. How people got around an answer (the fallback family) may have many reasons, so it is no harm by itself. Silence proves nothing: not everyone who was
 * hurt says so.
 */
export const HARM_BY_KIND: Readonly<Record<SignalKind, HarmOfKind>> = {
  edited: { hurt: "was changed by a person before use" },
  overridden: { hurt: "was replaced by a person with their own" },
  reverted: { hurt: "was used and then undone" },
  escalated: { hurt: "ended in an escalation to support" },
  "policy-violation": { hurt: "broke a policy" },
  moderated: { hurt: "was sent to moderation" },
  audited: { hurt: "was found misleading by an audit", label: "misleading" },
  "thumbs-down": { hurt: "was rated thumbs down" },
  shown: { harmless: "It was seen." },
  accepted: { harmless: "It was taken." },
  "thumbs-up": { harmless: "It was rated well." },
  "task-completed": { harmless: "What it was for was done." },
  "task-failed": { harmless: "A task fails for many reasons; nobody said that the answer was one." },
  reviewed: { harmless: "It was looked at; what was found is a signal of its own." },
  judged: { harmless: "A score by a program, which is no finding." },
  regenerated: { harmless: "Somebody wanted another one." },
  dismissed: { harmless: "Somebody did without it." },
  abandoned: { harmless: "Somebody left after it." },
  "copied-not-sent": { harmless: "It was not used." },
  "switched-to-manual": { harmless: "Somebody went on by hand." },
  "manual-path": { harmless: "Somebody worked by hand from the start." },
  "session-restarted": { harmless: "Somebody began anew." },
  "turned-off": { harmless: "It is about the feature, not about an answer." },
  "turned-on": { harmless: "It is about the feature, not about an answer." },
};

/** The signals that say that an answer hurt: a kind, and the label that it must have (null: any). For stores, which look for them by themselves. */
export const HARMFUL_SIGNALS: readonly { kind: string; label: string | null; hurt: string }[] = Object.entries(
  HARM_BY_KIND,
).flatMap(([kind, harm]) => ("hurt" in harm ? [{ kind, label: harm.label ?? null, hurt: harm.hurt }] : []));

/** What an answer's signals say of the harm it did, each once, in words that follow "The answer". Empty: none is known. */
export function harmOf(signals: readonly { kind: string; label: string | null }[]): string[] {
  return HARMFUL_SIGNALS.filter((harm) =>
    signals.some(({ kind, label }) => kind === harm.kind && (harm.label === null || label === harm.label)),
  ).map(({ hurt }) => hurt);
}
