"use client";
import { useLive } from "#components/live/live.tsx";
import { cn } from "#components/ui/cn.ts";
import type { FeatureCard } from "#lib/services/features/schema.ts";
import { LastChange } from "./last-change.tsx";
import { trafficSentence } from "./sentences.ts";
import { STATE } from "./state.ts";
import { StateBadge } from "./state-badge.tsx";

/** What the feature is doing right now, in one sentence that follows every change. */
export function FeatureHeader({ initial, description }: { initial: FeatureCard; description: string }) {
  const { features } = useLive();
  const feature = features.find((each) => each.key === initial.key) ?? initial;
  return (
    <header className="space-y-4">
      <div>
        <h1 className="flex flex-wrap items-center gap-x-4 gap-y-2 text-xl font-semibold">
          {feature.name}
          <StateBadge state={feature.state} />
        </h1>
        {description && <p className="text-sm text-muted">{description}</p>}
      </div>
      <div className={cn("min-h-24 rounded border p-4", STATE[feature.state].box)}>
        <p className="text-lg font-medium text-balance text-ink">{feature.sentence}</p>
        <p className="mt-1 text-sm text-muted">{trafficSentence(feature)}</p>
        <LastChange change={feature.lastChange} />
      </div>
    </header>
  );
}
