"use client";
import { parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { ReasonInbox } from "#components/inbox/reason-inbox.tsx";
import { InstanceList } from "#components/instance/instance-list.tsx";
import { useLive } from "#components/live/live.tsx";
import { STANDING } from "#components/metrics/standing.ts";
import { useVerdicts } from "#components/metrics/use-verdicts.ts";
import { cn } from "#components/ui/cn.ts";
import { SearchField } from "#components/ui/search-field.tsx";
import type { ControlView } from "#lib/services/controls/schema.ts";
import type { FeatureVerdict } from "#lib/services/metrics/schema.ts";
import { FeatureRow } from "./feature-row.tsx";
import { harmed, overallSentence } from "./overall.ts";
import { silentSentence } from "./sentences.ts";
import { SHOWN_STATES, STATE, shownState, worstState } from "./state.ts";

/** The home page: how everything is, what waits for me, who is running. */
export function ControlRoom({
  owed,
  initialVerdicts,
}: {
  owed: ControlView[];
  initialVerdicts: FeatureVerdict[] | null;
}) {
  const { environment, features, instances } = useLive();
  const verdicts = useVerdicts(initialVerdicts) ?? [];
  const shown = features.map((feature) => ({ key: feature.key, name: feature.name, state: shownState(feature) }));
  const worst = verdicts.some(harmed) ? STANDING.worse : STATE[worstState(shown.map(({ state }) => state))];
  const silent = instances.filter((instance) => !instance.heard).map((instance) => instance.name);
  return (
    <div className="space-y-8">
      <header>
        <p className="text-sm font-medium text-muted">Control room</p>
        <h1 className="mt-1 flex items-start gap-3 text-xl font-semibold text-balance">
          <worst.icon aria-hidden size={28} className={cn("mt-1 shrink-0", worst.text)} />
          {overallSentence(shown, verdicts)}
        </h1>
        {silent.length > 0 && (
          <p className="mt-2 flex items-start gap-2 text-unknown">
            <STATE.unknown.icon aria-hidden size={18} className="mt-0.5 shrink-0" />
            {silentSentence(silent)}
          </p>
        )}
      </header>
      <div className="grid gap-8 xl:grid-cols-[minmax(0,1fr)_20rem] xl:grid-rows-[auto_1fr]">
        <Features environment={environment} verdicts={verdicts} />
        <div className="xl:row-span-2">
          <ReasonInbox owed={owed} />
        </div>
        <InstanceList instances={instances} features={features} />
      </div>
    </div>
  );
}

function Features({ environment, verdicts }: { environment: string; verdicts: FeatureVerdict[] }) {
  const { features: byName } = useLive();
  // Whoever is harmed when the page opens stands first, and nothing moves after that.
  const [first] = useState(() => new Set(verdicts.filter(harmed).map(({ feature }) => feature)));
  const features = byName.toSorted((a, b) => Number(first.has(b.key)) - Number(first.has(a.key)));
  const [state, setState] = useQueryState("state", parseAsStringLiteral(SHOWN_STATES));
  const [typed, setTyped] = useQueryState("q", parseAsString.withDefault(""));
  const wanted = typed.trim().toLowerCase();
  const shown = features.filter(
    (each) =>
      (state === null || shownState(each) === state) && `${each.name} ${each.sentence}`.toLowerCase().includes(wanted),
  );
  return (
    <section aria-labelledby="features">
      <div className="mb-2 flex min-h-9 flex-wrap items-center justify-between gap-2">
        <h2 id="features" className="text-lg font-semibold">
          AI features
        </h2>
        {features.length > 4 && (
          <div className="flex flex-wrap gap-2">
            <SearchField
              label="Find a feature"
              value={typed}
              onType={(words) => void setTyped(words)}
              className="w-40"
            />
            <select
              aria-label="Show features that are"
              value={state ?? ""}
              onChange={(event) => void setState(SHOWN_STATES.find((each) => each === event.target.value) ?? null)}
              className="h-9 rounded border border-edge bg-surface px-2 text-sm"
            >
              <option value="">In every state</option>
              {SHOWN_STATES.map((each) => (
                <option key={each} value={each}>
                  {STATE[each].word}
                </option>
              ))}
            </select>
          </div>
        )}
      </div>
      {features.length === 0 ? (
        <p className="rounded border bg-surface p-5">
          No AI feature is set up in this environment. An engineer adds one with the SDK; the first lines are in the
          README under “Ask from your product”.
        </p>
      ) : shown.length === 0 ? (
        <p className="rounded border bg-surface p-5">No feature is like this now.</p>
      ) : (
        <ul className="overflow-hidden rounded border bg-surface">
          {shown.map((feature) => (
            <FeatureRow
              key={feature.key}
              feature={feature}
              verdict={verdicts.find((each) => each.feature === feature.key)}
              href={`/${environment}/features/${feature.key}`}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
