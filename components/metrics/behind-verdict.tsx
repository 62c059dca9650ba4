"use client";
import Link from "next/link";
import { Fragment } from "react";
import { useZone } from "#components/charts/use-zone.ts";
import { useNow } from "#components/ui/clock.tsx";
import { cn } from "#components/ui/cn.ts";
import type { MetricsView } from "#lib/services/metrics/schema.ts";
import { controlWords, periodBack, sinceWords } from "./behind-words.ts";
import { STANDING } from "./standing.ts";

const LINK = "font-medium underline decoration-edge underline-offset-4 hover:decoration-current";

type BehindVerdictProps = Pick<MetricsView, "verdict" | "from" | "query">;

/** What one asks next when something is worse: since when, what was changed then, and whether the newest control has helped. */
export function BehindVerdict({ verdict: { began, sinceControl, metric }, from, query }: BehindVerdictProps) {
  const now = useNow();
  const zone = useZone();
  const further = began && periodBack(began, from, now);
  if (!began && !sinceControl) return null;
  return (
    <ul className="mt-3 space-y-1.5 text-sm">
      {began && (
        <li>
          <span className={cn(!zone && "invisible")}>{sinceWords(began, zone ?? "UTC")}</span>
          {began.changes.length > 0 ? ". Changed around then: " : "; no change was recorded around then."}
          {began.changes.map((change, index) => (
            <Fragment key={change.id}>
              {index > 0 && " "}
              <Link href={change.href} prefetch={false} className={LINK}>
                {change.sentence}
              </Link>
            </Fragment>
          ))}
          {further && (
            <>
              {" "}
              <Link
                href={`?${new URLSearchParams({ period: further, cut: query.cut, compare: query.compare, ...(metric && { metric }) })}`}
                prefetch={false}
                className={LINK}
              >
                Look further back
              </Link>
            </>
          )}
        </li>
      )}
      {sinceControl && <SinceControl sinceControl={sinceControl} now={now} />}
    </ul>
  );
}

type SinceControlProps = { sinceControl: NonNullable<MetricsView["verdict"]["sinceControl"]>; now: number };

function SinceControl({ sinceControl, now }: SinceControlProps) {
  const look = STANDING[sinceControl.standing];
  return (
    <li className="flex items-start gap-2">
      <look.icon aria-hidden size={16} className={cn("mt-0.5 shrink-0", look.text)} />
      <span>
        <Link href={sinceControl.href} className={LINK}>
          {controlWords(sinceControl, now)}
        </Link>
        : {sinceControl.says}
      </span>
    </li>
  );
}
