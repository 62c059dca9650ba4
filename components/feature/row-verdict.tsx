"use client";
import Link from "next/link";
import { Sparkline } from "#components/charts/sparkline.tsx";
import { useZone } from "#components/charts/use-zone.ts";
import { controlWords, sinceWords } from "#components/metrics/behind-words.ts";
import { STANDING } from "#components/metrics/standing.ts";
import { useNow } from "#components/ui/clock.tsx";
import { cn } from "#components/ui/cn.ts";
import type { FeatureVerdict, Standing } from "#lib/services/metrics/schema.ts";

/** The others say their standing in the sentence itself. */
const SAID_BY_WORD: ReadonlySet<Standing> = new Set(["worse", "better", "same"]);

/** How a feature does by its figures, with the line of what the sentence is about. Leads to that figure, opened. */
export function RowVerdict({ verdict, href, name }: { verdict: FeatureVerdict; href: string; name: string }) {
  const look = STANDING[verdict.standing];
  const { metric, period } = verdict;
  const address = metric === null ? href : `${href}?${new URLSearchParams({ period, metric })}`;
  return (
    <Link
      href={address}
      className={cn(
        "relative z-10 flex w-full max-w-xl flex-wrap items-center gap-x-3 gap-y-1 sm:flex-nowrap rounded border px-3 py-2 text-sm hover:border-edge",
        look.box,
      )}
    >
      <look.icon aria-hidden size={18} className={cn("mt-0.5 shrink-0 self-start", look.text)} />
      <span className="min-w-0 flex-1 basis-3/4 sm:basis-0">
        <span className="sr-only">{`${name}, `}</span>
        <span className={cn("font-semibold", look.text, !SAID_BY_WORD.has(verdict.standing) && "sr-only")}>
          {`${look.word}: `}
        </span>
        {verdict.sentence}
        <Behind verdict={verdict} />
      </span>
      {verdict.spark.some((value) => value !== null) && (
        <span className={cn("shrink-0 max-sm:ml-7.5", look.text)}>
          <Sparkline values={verdict.spark} />
        </span>
      )}
    </Link>
  );
}

/** Since when, what was changed then, and whether the newest control has helped. */
function Behind({ verdict: { began, sinceControl } }: { verdict: FeatureVerdict }) {
  const now = useNow();
  const zone = useZone();
  return (
    <>
      {began && (
        <span className="mt-0.5 block text-muted">
          <span className={cn(!zone && "invisible")}>{sinceWords(began, zone ?? "UTC")}</span>
          {began.changes[0] ? `. Changed around then: ${began.changes[0].sentence}` : "."}
        </span>
      )}
      {sinceControl && (
        <span className="mt-0.5 block">
          {controlWords(sinceControl, now)}: {sinceControl.says}
        </span>
      )}
    </>
  );
}
