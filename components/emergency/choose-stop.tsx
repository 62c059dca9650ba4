"use client";
import { Search } from "lucide-react";
import { type RefObject, useEffect, useState } from "react";
import { useLive } from "#components/live/live.tsx";
import type { KeptVerdicts } from "#components/metrics/use-verdicts.ts";
import { Callout } from "#components/ui/callout.tsx";
import type { SwitchView } from "#lib/services/controls/schema.ts";
import type { FeatureVerdict } from "#lib/services/metrics/schema.ts";
import { LateNews } from "./late-news.tsx";
import { moveAlong } from "./move-along.ts";
import { StopList } from "./stop-list.tsx";
import { StopsSkeleton } from "./stops-skeleton.tsx";
import { freshOf, suspectsOf, suspicionsOf } from "./suspects.ts";
import { WhatIsWorse } from "./what-is-worse.tsx";

type ChooseStopProps = {
  query: { data: SwitchView[] | undefined; isError: boolean };
  kept: KeptVerdicts;
  typed: string;
  feature: string | null;
  search: RefObject<HTMLInputElement | null>;
  onAct: (switchKey: string) => void;
};

/**
 * What to stop: what the figures say, then the stops. The list never waits for figures, and its order is that of the moment it opened; what comes up meanwhile is
 * said below it, where it moves nothing.
 */
export function ChooseStop({ query, kept, typed: initial, feature, search, onAct }: ChooseStopProps) {
  const [typed, setTyped] = useState(initial);
  const { away, features } = useLive();
  const [opened] = useState(() => ({ at: Date.now(), verdicts: freshOf(kept, Date.now()) }));
  const [asked, setAsked] = useState<FeatureVerdict[] | null>(null);
  const known = opened.verdicts ?? asked;
  const late = kept.heardAt >= opened.at ? kept.verdicts : undefined;
  useAskedOnce(kept, opened.verdicts === null);
  const suspects = suspectsOf(known ?? [], features, feature);
  const all = query.data;
  const nobodyMay = all && all.length > 0 && all.every((each) => !each.place.allowed) ? all[0]?.place : undefined;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys only move the focus among the controls inside
    <div onKeyDown={moveAlong} className="[&_[role=switch]]:scroll-my-32">
      <div className="sticky top-0 z-10 border-b bg-surface px-5 py-3 sm:px-6">
        <label className="relative block">
          <span className="sr-only">Find a stop</span>
          <Search aria-hidden size={18} className="absolute top-1/2 left-3 -translate-y-1/2 text-muted" />
          <input
            ref={search}
            type="search"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            placeholder="Type to find: billing, slow, a provider"
            className="h-11 w-full rounded border border-edge bg-surface pr-3 pl-10 text-base placeholder:text-muted"
          />
        </label>
      </div>
      <div className="space-y-5 px-5 py-4 sm:px-6">
        {nobodyMay && !nobodyMay.allowed && <Callout title="You may look, but not stop">{nobodyMay.because}</Callout>}
        {known === null && (
          <LateNews
            suspects={late ? suspectsOf(late, features, feature) : null}
            failed={kept.failed}
            onAsk={() => setAsked(late ?? null)}
          />
        )}
        {suspects.length > 0 && <WhatIsWorse suspects={suspects} asked={asked !== null} />}
        {!all && !query.isError && <StopsSkeleton />}
        {!all && query.isError && (
          <Callout tone="harm" title="The list of stops could not be loaded.">
            <p>Nothing was changed. It is asked for again by itself; closing and opening this asks at once.</p>
          </Callout>
        )}
        {all && (
          <StopList
            key={asked === null ? "as opened" : "as asked"}
            switches={all}
            typed={typed}
            feature={feature}
            suspicions={suspicionsOf(suspects, feature)}
            onAct={onAct}
          />
        )}
      </div>
      {away === "unreachable" && (
        <div className="sticky bottom-0 z-10 bg-surface px-5 pb-4 sm:px-6">
          <Callout announce tone="harm" title="This device cannot reach Evenkeel right now.">
            <p>You can still click: the stop is kept and sent as soon as the connection is back.</p>
          </Callout>
        </div>
      )}
    </div>
  );
}

/** Asks for figures once, when the list opens without them. */
function useAskedOnce({ ask }: KeptVerdicts, wanted: boolean) {
  const [asking] = useState(() => ({ ask, wanted }));
  useEffect(() => {
    if (asking.wanted) asking.ask();
  }, [asking]);
}
