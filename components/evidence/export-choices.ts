import type { WhichAnswers } from "#lib/core/events/harm.ts";
import type { EvidenceFormat } from "#lib/services/evidence/schema.ts";

type Cards<V extends string> = readonly { value: V; label: string; hint: string }[];

/** Of which answers the file is; the first is what people mostly come for. */
export const ANSWERS: Cards<WhichAnswers> = [
  {
    value: "harmed",
    label: "Only answers with a sign of harm",
    hint: "A person changed, replaced or undid it, it was escalated, moderated or rated down, broke a policy, or misled. Some were caught before a customer saw them.",
  },
  { value: "every", label: "Every answer", hint: "Also those of which nobody said anything: not everyone complains." },
];

/** As what the file comes. */
export const FORMATS: Cards<EvidenceFormat> = [
  {
    value: "csv",
    label: "CSV, for spreadsheets",
    hint: "One row an answer; its signals are counted and summed up in columns.",
  },
  { value: "jsonl", label: "JSON lines, for programs", hint: "One line an answer, with every signal in full." },
];
