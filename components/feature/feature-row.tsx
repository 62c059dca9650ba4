"use client";
import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { cn } from "#components/ui/cn.ts";
import type { FeatureCard } from "#lib/services/features/schema.ts";
import { LastChange } from "./last-change.tsx";
import { trafficSentence } from "./sentences.ts";
import { STATE } from "./state.ts";
import { StateBadge } from "./state-badge.tsx";

/** One feature as one plain sentence of its present state. */
export function FeatureRow({ feature, href }: { feature: FeatureCard; href: string }) {
  const look = STATE[feature.state];
  return (
    <li className="relative border-t first:border-t-0">
      <span aria-hidden className={cn("absolute inset-y-0 left-0 w-1", look.text, "bg-current")} />
      <div className="relative flex gap-4 px-5 py-4 hover:bg-sunken has-[a:focus-visible]:outline-3 has-[a:focus-visible]:-outline-offset-3 has-[a:focus-visible]:outline-accent">
        <div className="min-w-0 flex-1 space-y-1.5">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h3 className="font-semibold">
              <Link href={href} className="outline-none after:absolute after:inset-0">
                {feature.name}
              </Link>
            </h3>
            <StateBadge state={feature.state} />
          </div>
          <p>{feature.sentence}</p>
          <p className="text-sm text-muted">{trafficSentence(feature)}</p>
          <LastChange change={feature.lastChange} />
        </div>
        <ChevronRight aria-hidden size={20} className="mt-0.5 shrink-0 text-muted" />
      </div>
    </li>
  );
}
