import { cn } from "#components/ui/cn.ts";
import type { MetricsView } from "#lib/services/metrics/schema.ts";
import { BehindVerdict } from "./behind-verdict.tsx";
import { STANDING } from "./standing.ts";
import { verdictBasis } from "./words.ts";

/** Sentences that begin like this say their standing themselves. */
const NOT_ENOUGH = "Not enough data";

/** What one should see first: whether the feature helps or hurts, in one sentence, and of what and against what it is said. */
export function VerdictBox({ view }: { view: Pick<MetricsView, "verdict" | "query" | "cuts" | "from"> }) {
  const { verdict } = view;
  const look = STANDING[verdict.standing];
  const said = [look.word, NOT_ENOUGH].some((words) => verdict.sentence.startsWith(words));
  return (
    <section aria-labelledby="verdict" className={cn("flex items-start gap-4 rounded border p-4 sm:p-5", look.box)}>
      <look.icon aria-hidden size={32} className={cn("mt-0.5 shrink-0", look.text)} />
      <div className="min-w-0">
        {!said && <p className={cn("text-sm font-semibold", look.text)}>{look.word}</p>}
        <h2 id="verdict" className="text-lg font-semibold text-balance">
          {verdict.sentence}
        </h2>
        <p className="mt-1 text-sm text-muted">{verdictBasis(view)}</p>
        <BehindVerdict verdict={verdict} from={view.from} query={view.query} />
      </div>
    </section>
  );
}
