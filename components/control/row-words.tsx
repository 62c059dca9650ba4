"use client";
import { cn } from "#components/ui/cn.ts";
import type { SwitchView } from "#lib/services/controls/schema.ts";
import { ActiveWords } from "./control-facts.tsx";
import { Sees } from "./sees.tsx";

type RowWordsProps = { sw: SwitchView; id: string; featureName?: string; still?: boolean };

/**
 * Under the sentence of a switch: whom it would touch, or what customers see while it holds. `still`: where rows may not move under a finger, what holds is said in
 * the room that the rest takes, which is the same whoever switches it.
 */
export function RowWords({ sw, id, featureName, still }: RowWordsProps) {
  const { active } = sw;
  const name = featureName && <span>{featureName}. </span>;
  const off = (
    <>
      {name}
      <Impact impact={sw.impact} />
    </>
  );
  if (!still) {
    return (
      <p id={id} className="mt-0.5 max-w-[70ch] text-sm text-muted">
        {active ? name : off}
        {active && <Sees sees={active.sees} />}
      </p>
    );
  }
  // Whatever lies here, a click is one on the row.
  return (
    <div className="pointer-events-none relative mt-0.5 min-h-10 max-w-[70ch] text-sm text-muted">
      <p id={active ? undefined : id} className={cn("line-clamp-3", active && "invisible")}>
        {off}
      </p>
      {active && (
        <p id={id} className="absolute inset-0 overflow-hidden">
          {name}
          <ActiveWords control={active} /> <Sees sees={active.sees} />
        </p>
      )}
    </div>
  );
}

function Impact({ impact: { sentence, sees, unknownShare } }: { impact: SwitchView["impact"] }) {
  return (
    <>
      <span className="font-medium text-ink">{sentence} </span>
      <Sees sees={sees} />
      {unknownShare !== null && unknownShare > 0 && <span className="block">{unknownSentence(unknownShare)}</span>}
    </>
  );
}

function unknownSentence(share: number): string {
  const percent = Math.max(1, Math.round(share * 100));
  return `${percent}% of requests do not carry what this asks for, so they count as inside it.`;
}
