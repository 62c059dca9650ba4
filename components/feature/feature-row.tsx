"use client";
import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { STANDING } from "#components/metrics/standing.ts";
import { cn } from "#components/ui/cn.ts";
import type { FeatureCard } from "#lib/services/features/schema.ts";
import type { FeatureVerdict } from "#lib/services/metrics/schema.ts";
import { LastChange } from "./last-change.tsx";
import { harmed } from "./overall.ts";
import { RowVerdict } from "./row-verdict.tsx";
import { stateSentence, trafficSentence } from "./sentences.ts";
import { STATE, shownState } from "./state.ts";
import { StateBadge } from "./state-badge.tsx";

type FeatureRowProps = { feature: FeatureCard; verdict: FeatureVerdict | undefined; href: string };

/** One feature as one plain sentence of its present state, and how it does by its figures. */
export function FeatureRow({ feature, verdict, href }: FeatureRowProps) {
  const state = shownState(feature);
  // A green edge beside people who are harmed would say two things at once.
  const edge = verdict && harmed(verdict) ? STANDING.worse : STATE[state];
  return (
    <li className="relative border-t first:border-t-0">
      <span aria-hidden className={cn("absolute inset-y-0 left-0 w-1", edge.text, "bg-current")} />
      <div className="relative flex gap-4 px-5 py-4 hover:bg-sunken has-[a:focus-visible]:outline-3 has-[a:focus-visible]:-outline-offset-3 has-[a:focus-visible]:outline-accent">
        <div className="min-w-0 flex-1 space-y-1.5">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h3 className="font-semibold">
              <Link href={href} className="outline-none after:absolute after:inset-0">
                {feature.name}
              </Link>
            </h3>
            <StateBadge state={state} />
          </div>
          <p>{stateSentence(feature)}</p>
          {verdict && <RowVerdict verdict={verdict} name={feature.name} href={`${href}/metrics`} />}
          <p className="text-sm text-muted">{trafficSentence(feature)}</p>
          <LastChange change={feature.lastChange} />
        </div>
        <ChevronRight aria-hidden size={20} className="mt-0.5 shrink-0 text-muted" />
      </div>
    </li>
  );
}
