"use client";
import { Search } from "lucide-react";
import { type RefObject, useState } from "react";
import { groupByLayer, searchSwitches } from "#components/control/layers.ts";
import { SwitchRow } from "#components/control/switch-row.tsx";
import { useLive } from "#components/live/live.tsx";
import { Callout } from "#components/ui/callout.tsx";
import type { SwitchView } from "#lib/services/controls/schema.ts";
import { moveAlong } from "./move-along.ts";
import { ofFeatureFirst } from "./order.ts";
import { StopsSkeleton } from "./stops-skeleton.tsx";

type ChooseStopProps = {
  query: { data: SwitchView[] | undefined; isError: boolean };
  typed: string;
  feature: string | null;
  search: RefObject<HTMLInputElement | null>;
  onAct: (switchKey: string) => void;
};

/** Every stop there is, the most targeted first, each with whom it touches and what they will see. */
export function ChooseStop({ query, typed: initial, feature, search, onAct }: ChooseStopProps) {
  const [typed, setTyped] = useState(initial);
  const { away, features } = useLive();
  const featureName = ({ params }: SwitchView) =>
    features.length > 1 ? features.find((each) => each.key === params.feature)?.name : undefined;
  const all = query.data;
  const found = all && ofFeatureFirst(searchSwitches(all, typed), feature);
  const nobodyMay = all && all.length > 0 && all.every((each) => !each.place.allowed) ? all[0]?.place : undefined;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys only move the focus among the controls inside
    <div onKeyDown={moveAlong}>
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
        {away === "unreachable" && (
          <Callout tone="harm" title="This device cannot reach Evenkeel right now.">
            <p>You can still click: the stop is kept and sent as soon as the connection is back.</p>
          </Callout>
        )}
        {nobodyMay && !nobodyMay.allowed && <Callout title="You may look, but not stop">{nobodyMay.because}</Callout>}
        {!found && !query.isError && <StopsSkeleton />}
        {!found && query.isError && (
          <Callout tone="harm" title="The list of stops could not be loaded.">
            <p>Nothing was changed. It is asked for again by itself; closing and opening this asks at once.</p>
          </Callout>
        )}
        {found?.length === 0 && <p>No stop has these words. Try one word, such as the kind of case.</p>}
        {found &&
          groupByLayer(found).map((group) => (
            <section key={group.key} aria-label={group.title}>
              <h3 className="font-semibold">{group.title}</h3>
              <p className="mb-2 text-sm text-muted">{group.hint}</p>
              <ul className="overflow-hidden rounded border">
                {group.switches.map((sw) => (
                  <SwitchRow key={sw.key} sw={sw} onAct={onAct} featureName={featureName(sw)} />
                ))}
              </ul>
            </section>
          ))}
      </div>
    </div>
  );
}
