import { z } from "zod";
import { WHICH_ANSWERS } from "#lib/core/events/harm.ts";

export const EVIDENCE_FORMATS = ["csv", "jsonl"] as const;
export type EvidenceFormat = (typeof EVIDENCE_FORMATS)[number];

const time = z.iso.datetime({ offset: true, error: "Give a time such as 2026-11-20T14:00:00Z." });

/** Only those with a sign of harm; absent, as in links from before there was a choice, every one. */
const answers = z.enum(WHICH_ANSWERS).default("every");
/** Decisions of a feature between two times: `from` is the first moment of the span, `to` the first after it. */
const span = { feature: z.string().min(1).max(200), from: time, to: time, answers };
const format = z.enum(EVIDENCE_FORMATS);
const inOrder = ({ from, to }: { from: string; to: string }) => Date.parse(from) < Date.parse(to);
const ORDER = "The start must lie before the end.";

/** What the query of the API names; its environment is the key's. */
export const evidenceQuery = z.object({ ...span, format: format.default("csv") }).refine(inOrder, ORDER);

/** Whose decisions are meant. Times ISO 8601. */
export const evidenceSpan = z.object({ environment: z.string().min(1), ...span }).refine(inOrder, ORDER);
export type EvidenceSpan = z.infer<typeof evidenceSpan>;

/** The same, and as what they are exported. */
export const evidenceInput = z.object({ environment: z.string().min(1), ...span, format }).refine(inOrder, ORDER);
export type EvidenceInput = z.infer<typeof evidenceInput>;

/**
 * How much an export would hold. `people`: those for whom these answers were made, by distinct pseudonyms; not `exact` when they were too many to count one by one.
 * `unnamed`: answers of which the product told no pseudonym, so of whose people nothing is known.
 * `looseHarm`: signs of harm that name no answer, or one that was never reported or is no longer kept, so they are in no file: of the feature (`here`), and of none that is known (`anywhere`).
 * `keptSince`: day of the oldest decision that is there, ISO 8601; what was asked for before it is not in the file. Null: there is none at all.
 */
export type EvidenceSize = {
  decisions: number;
  unnamed: number;
  people: number;
  exact: boolean;
  looseHarm: { here: number; anywhere: number };
  keptSince: string | null;
};
/** Of an export: how many answers, and to whom. */
export type AnswersCount = Pick<EvidenceSize, "decisions" | "unnamed" | "people" | "exact">;

/** Headers of an export that say how much is coming, so that whoever reads it can show how far it is, and from when on anything is there. `people` only when exact. */
export const EVIDENCE_HEADERS = {
  decisions: "evenkeel-decisions",
  unnamed: "evenkeel-unnamed",
  people: "evenkeel-people",
  looseHarm: "evenkeel-harm-without-decision",
  keptSince: "evenkeel-kept-since",
} as const;
