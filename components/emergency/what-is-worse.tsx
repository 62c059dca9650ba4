"use client";
import { TriangleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { headOf, MOST_NAMED, type Suspect, whereSentence } from "./suspects.ts";

/** What stands worse by the figures, and in which kinds of case. Whoever `asked` for it gets the focus here, not on a stop. */
export function WhatIsWorse({ suspects, asked }: { suspects: readonly Suspect[]; asked: boolean }) {
  const more = suspects.length - MOST_NAMED;
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (asked) section.current?.focus();
  }, [asked]);
  return (
    <section
      aria-label="What the figures say"
      tabIndex={-1}
      ref={section}
      className="space-y-2 rounded border border-stopped-line bg-stopped-soft px-4 py-3 text-sm outline-none"
    >
      {suspects.slice(0, MOST_NAMED).map((suspect) => (
        <div key={suspect.verdict.feature} className="flex gap-3">
          <TriangleAlert aria-hidden size={18} className="mt-0.5 shrink-0 text-stopped" />
          <div className="tabular min-w-0">
            <p>
              <span className="font-semibold">{headOf(suspect)}</span> {suspect.verdict.sentence}
            </p>
            {suspect.verdict.where && <p className="text-muted">{whereSentence(suspect.verdict)}</p>}
          </div>
        </div>
      ))}
      {more > 0 && (
        <p className="pl-7.5">
          {more} more {more === 1 ? "is" : "are"} worse than before.
        </p>
      )}
    </section>
  );
}
