"use client";
import { Scale } from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import type { Beside, BesideFigure } from "#lib/services/metrics/schema.ts";
import { STANDING } from "./standing.ts";

type OnOpen = { onOpen: (metric: string) => void };

/** Only a disagreement is loud. */
const LOOK = { agree: STANDING.same, disagree: STANDING.worse, unknown: STANDING["not-enough"] } as const;

/** How much it is used beside whether it serves people, and what the two say together. */
export function NotTrust({ beside, onOpen }: { beside: Beside } & OnOpen) {
  const look = LOOK[beside.agreement];
  return (
    <section aria-labelledby="not-trust" className={cn("overflow-hidden rounded border", look.box)}>
      <header className="flex gap-3 px-4 py-3 sm:px-5">
        <Scale aria-hidden size={18} className={cn("mt-0.5 shrink-0", look.text)} />
        <div className="min-w-0 space-y-1">
          <h2 id="not-trust" className="text-sm text-muted">
            Activity is not trust
          </h2>
          {beside.sentences.map((sentence) => (
            <p key={sentence} className="font-medium text-balance">
              {sentence}
            </p>
          ))}
        </div>
      </header>
      {beside.activity.length > 0 && (
        <div className="grid border-t bg-surface max-sm:divide-y sm:grid-cols-2 sm:divide-x">
          <Side title="Activity" asks="How much is it used?" figures={beside.activity} onOpen={onOpen} />
          <Side title="Trust" asks="Does it serve people?" figures={beside.trust} onOpen={onOpen} judged />
        </div>
      )}
    </section>
  );
}

type SideProps = { title: string; asks: string; figures: BesideFigure[]; judged?: boolean } & OnOpen;

function Side({ title, asks, figures, judged, onOpen }: SideProps) {
  return (
    <div className="py-2">
      <h3 className="px-4 py-1 text-sm font-semibold sm:px-5">
        {title} <span className="font-normal text-muted">{asks}</span>
      </h3>
      <ul>
        {figures.map(({ key, name, figure, change, standing }) => {
          const look = STANDING[standing];
          return (
            <li
              key={key}
              className="relative flex flex-wrap items-baseline gap-x-3 px-4 py-1.5 text-sm hover:bg-sunken has-focus-visible:outline-3 has-focus-visible:-outline-offset-3 has-focus-visible:outline-accent sm:px-5"
            >
              {judged && <look.icon aria-hidden size={16} className={cn("mt-0.5 shrink-0 self-start", look.text)} />}
              <button
                type="button"
                onClick={() => onOpen(key)}
                className="flex-1 text-left outline-none after:absolute after:inset-0"
              >
                {judged && <span className="sr-only">{look.word}: </span>}
                {name}
              </button>
              <span className="tabular font-semibold">{figure}</span>
              <span
                className={cn(
                  "tabular basis-full text-muted lg:basis-56",
                  judged && "max-lg:pl-7",
                  judged && standing === "worse" && look.text,
                )}
              >
                {change}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
