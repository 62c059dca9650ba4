import type { WhichAnswers } from "#lib/core/events/harm.ts";
import { type AnswersCount, EVIDENCE_HEADERS, type EvidenceFormat, type EvidenceSize } from "./schema.ts";

const minute = (at: number) => `${new Date(at).toISOString().slice(0, 16).replaceAll(":", "")}Z`;
const plainName = (text: string) => text.replaceAll(/[^A-Za-z0-9._-]+/g, "-");

/** "evenkeel-production-reply-assistant-2026-11-20T1400Z-2026-11-20T1600Z.csv", with "-harmed" after the feature where it holds only answers with a sign of harm. */
export function evidenceFileName(about: {
  environment: string;
  feature: string;
  from: number;
  to: number;
  answers: WhichAnswers;
  format: EvidenceFormat;
}): string {
  const { environment, feature, from, to, answers, format } = about;
  const of = `${plainName(environment)}-${plainName(feature)}${answers === "harmed" ? "-harmed" : ""}`;
  return `evenkeel-${of}-${minute(from)}-${minute(to)}.${format}`;
}

const MOMENT = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

/** "20 November 2026 at 14:00 UTC" */
export function utcMoment(at: number): string {
  return `${MOMENT.format(new Date(at))} UTC`;
}

const number = new Intl.NumberFormat("en-GB");

/** "12,400" */
export const inDigits = (n: number) => number.format(n);

/** "12,400 answers", "1 answer with a sign of harm" */
export function answersInWords(decisions: number, answers: WhichAnswers): string {
  return `${inDigits(decisions)} ${decisions === 1 ? "answer" : "answers"}${answers === "harmed" ? " with a sign of harm" : ""}`;
}

/**
 * "12,400 answers to 3,100 people", "84 answers with a sign of harm, to about 70,000 people", "1,001 answers, 1 of them to 1 person and 1,000 to people who are
 * not named"; without people where the product sends no pseudonyms.
 */
export function sizeInWords(size: AnswersCount, answers: WhichAnswers): string {
  return answersInWords(size.decisions, answers) + whose(size, answers);
}

/** To whom the answers went. A number of people is never said of answers that name nobody. */
function whose({ decisions, unnamed, people, exact }: AnswersCount, answers: WhichAnswers): string {
  if (decisions === 0) return "";
  if (people === 0) return "; to whom is not known";
  const persons = `to ${exact ? "" : "about "}${inDigits(people)} ${people === 1 ? "person" : "people"}`;
  if (unnamed === 0) return `${answers === "harmed" ? "," : ""} ${persons}`;
  return `, ${inDigits(decisions - unnamed)} of them ${persons} and ${inDigits(unnamed)} to people who are not named`;
}

/** "3 signs of harm name no answer that is known here, so they are not in this file."; null where there are none. */
export function looseHarmInWords({ here, anywhere }: EvidenceSize["looseHarm"]): string | null {
  const all = here + anywhere;
  if (all === 0) return null;
  const [signs, name, are] = all === 1 ? ["sign", "names", "it is"] : ["signs", "name", "they are"];
  const maybe =
    here === 0 ? ", of this feature or another," : `, ${inDigits(anywhere)} of which may be of another feature,`;
  return `${inDigits(all)} ${signs} of harm${anywhere === 0 ? "" : maybe} ${name} no answer that is known here, so ${are} not in this file.`;
}

/** How much is coming, for programs. People who were too many to count one by one are left out: a header cannot say "about". */
export function sizeHeaders({
  decisions,
  unnamed,
  people,
  exact,
  looseHarm,
  keptSince,
}: EvidenceSize): Record<string, string> {
  return {
    [EVIDENCE_HEADERS.decisions]: String(decisions),
    [EVIDENCE_HEADERS.unnamed]: String(unnamed),
    ...(exact && { [EVIDENCE_HEADERS.people]: String(people) }),
    [EVIDENCE_HEADERS.looseHarm]: String(looseHarm.here + looseHarm.anywhere),
    ...(keptSince !== null && { [EVIDENCE_HEADERS.keptSince]: keptSince }),
  };
}
