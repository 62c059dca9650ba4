import type { WhichAnswers } from "#lib/core/events/harm.ts";
import { looseHarmInWords, sizeInWords } from "#lib/services/evidence/present.ts";
import type { EvidenceSize } from "#lib/services/evidence/schema.ts";

/** Events are kept by days of UTC. */
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

type SizeLineProps = {
  size: EvidenceSize | null;
  answers: WhichAnswers;
  asking: boolean;
  /** Why it is not known. */
  because: string | null;
  /** Start of what is asked for, ISO 8601. */
  from: string | null;
};

/** How much the file will hold, before the click. Keeps its place while it is asked. */
export function SizeLine({ size, answers, asking, because, from }: SizeLineProps) {
  const cut = size?.keptSince && from !== null && from < size.keptSince ? size.keptSince : null;
  const loose = size && looseHarmInWords(size.looseHarm);
  return (
    <div aria-live="polite" className="min-h-12 text-sm">
      {because !== null && <p className="text-stopped">{because}</p>}
      {because === null && size === null && asking && <p className="text-muted">Counting…</p>}
      {size && <p className="font-semibold tabular-nums">{sentenceOf(size, answers)}</p>}
      {size !== null && size.people > 0 && (
        <p className="text-muted">
          People are those for whom one of these answers was made, whether they saw it or not. The Metrics page counts
          more: by whole days, everybody who had a request.
        </p>
      )}
      {loose && <p>{loose}</p>}
      {cut !== null && (
        <p>
          The oldest answers that are there are of <time dateTime={cut}>{DAY.format(new Date(cut))}</time>, so the file
          begins with them.
        </p>
      )}
    </div>
  );
}

function sentenceOf(size: EvidenceSize, answers: WhichAnswers): string {
  if (size.keptSince === null) return "No server has reported an answer yet, so there is nothing to export.";
  if (size.decisions === 0 && answers === "harmed") {
    const { here, anywhere } = size.looseHarm;
    const none = here + anywhere === 0 ? "is known to have done harm" : "is itself known to have done harm";
    return `No answer between these times ${none}. You can still export every answer.`;
  }
  if (size.decisions === 0) return "There was no answer between these times.";
  return `${sizeInWords(size, answers)}.`;
}
