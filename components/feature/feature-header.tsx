"use client";
import { usePathname } from "next/navigation";
import { useLive } from "#components/live/live.tsx";
import { cn } from "#components/ui/cn.ts";
import type { FeatureHead } from "#lib/services/features/schema.ts";
import { LastChange } from "./last-change.tsx";
import { stateSentence, trafficSentence } from "./sentences.ts";
import { STATE, shownState } from "./state.ts";
import { StateBadge } from "./state-badge.tsx";

/** What the feature is doing right now, in one sentence that follows every change. Small where the page is about something else. */
export function FeatureHeader({ head }: { head: FeatureHead }) {
  const { environment, features } = useLive();
  const feature = features.find((each) => each.key === head.key);
  const look = STATE[feature ? shownState(feature) : "unknown"];
  const aside = usePathname() !== `/${environment}/features/${head.key}`;
  return (
    <header className="space-y-3">
      <div>
        <h1 className="flex flex-wrap items-center gap-x-4 gap-y-2 text-xl font-semibold">
          {head.name}
          {feature && <StateBadge state={shownState(feature)} />}
        </h1>
        {head.description && <p className="text-sm text-muted">{head.description}</p>}
      </div>
      <div className={aside ? undefined : cn("min-h-24 rounded border p-4", look.box)}>
        <p className={cn("font-medium text-balance text-ink", !aside && "text-lg")}>
          {feature ? stateSentence(feature) : "What it does now is not known yet."}
        </p>
        {feature && !aside && <p className="mt-1 text-sm text-muted">{trafficSentence(feature)}</p>}
        {feature && !aside && <LastChange change={feature.lastChange} />}
      </div>
    </header>
  );
}
