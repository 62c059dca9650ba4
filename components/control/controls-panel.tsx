"use client";

import { parseAsString, useQueryState } from "nuqs";
import { useRef, useState } from "react";
import { type Act, places } from "#components/emergency/act.ts";
import { useActs } from "#components/emergency/acts.tsx";
import { useSwitches } from "#components/emergency/switches.ts";
import { useLive } from "#components/live/live.tsx";
import { useNow } from "#components/ui/clock.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { HOUR_MS } from "#lib/core/time.ts";
import type { SwitchView } from "#lib/services/controls/schema.ts";
import type { ControlEffect } from "#lib/services/metrics/schema.ts";
import { inForceTitle, standsFirst } from "./in-force.ts";
import { LayerJumps, layerId } from "./layer-jumps.tsx";
import { groupByLayer, searchSwitches } from "./layers.ts";
import { SwitchRow } from "./switch-row.tsx";
import { useEffects } from "./use-effects.ts";

const DURATIONS = [
  { value: "", label: "until somebody lifts it" },
  { value: "1", label: "for 1 hour" },
  { value: "8", label: "for 8 hours" },
  { value: "24", label: "for 1 day" },
  { value: "168", label: "for 1 week" },
];

type ControlsPanelProps = { feature: string; initial: SwitchView[]; effects: ControlEffect[] };

/** Every sentence that can be switched on this feature. What holds when it appears comes first, and nothing moves while somebody looks. */
export function ControlsPanel({ feature, initial, effects: initialEffects }: ControlsPanelProps) {
  const { data: switches = initial, dataUpdatedAt } = useSwitches(feature, initial);
  const active = switches.flatMap((each) => each.active?.id ?? []);
  const effects = useEffects(active, initialEffects);
  const { actOn } = useActs();
  const now = useNow();
  const [firstActive] = useState(() => {
    const knownAt = now - (Date.now() - dataUpdatedAt);
    return standsFirst(initial, switches, knownAt, (key) => isLifted(actOn(key)));
  });
  const [typed, setTyped] = useQueryState("find", parseAsString.withDefault(""));
  const hours = useRef<HTMLSelectElement>(null);
  // What was just clicked here is followed already, and two counts at once would talk over each other.
  const followed = switches.some((each) => {
    const act = actOn(each.key);
    return act?.phase.name === "done" && places(act) === (each.active !== null);
  });
  const newest = followed ? undefined : newestControl(switches);
  const { serverTime } = useLive();

  function expiresAt(): string | null {
    const chosen = Number(hours.current?.value ?? "");
    // By the server's clock: by that of a device that is behind, it might be over before it begins.
    return chosen > 0 ? new Date(Math.max(now, serverTime) + chosen * HOUR_MS).toISOString() : null;
  }
  const rows = (some: SwitchView[]) => (
    <ul className="overflow-hidden rounded border bg-surface">
      {some.map((sw) => (
        <SwitchRow
          key={sw.key}
          sw={sw}
          expiresAt={expiresAt}
          announceProof={sw.active?.id === newest}
          effect={sw.active ? effects.get(sw.active.id) : undefined}
          lifted={sw.active === null && firstActive.has(sw.key)}
        />
      ))}
    </ul>
  );
  const inForce = switches.filter((each) => firstActive.has(each.key));
  const others = groupByLayer(
    searchSwitches(
      switches.filter((each) => !firstActive.has(each.key)),
      typed,
    ),
  );
  return (
    <div className="space-y-6">
      {inForce.length > 0 && (
        <section aria-labelledby="in-force" className="lg:grid lg:grid-cols-[13rem_1fr] lg:gap-8">
          <div className="mb-2">
            <h2 id="in-force" className="font-semibold">
              {inForceTitle(inForce)}
            </h2>
            <p className="text-sm text-muted">Switching one off gives its AI back.</p>
          </div>
          {rows(inForce)}
        </section>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2 border-b pb-3">
        <SearchField
          label="Find a restriction"
          value={typed}
          onType={(words) => void setTyped(words)}
          className="w-64"
        />
        <label className="flex items-center gap-2 text-sm">
          What you switch on holds
          <select ref={hours} className="h-9 rounded border border-edge bg-surface px-2 text-sm">
            {DURATIONS.map((each) => (
              <option key={each.value} value={each.value}>
                {each.label}
              </option>
            ))}
          </select>
        </label>
      </div>
      <LayerJumps groups={others} />
      {others.length === 0 && <p>No other restriction has these words.</p>}
      {others.map((group) => (
        <section
          key={group.key}
          id={layerId(group.key)}
          tabIndex={-1}
          aria-label={group.title}
          className="scroll-mt-40 outline-none lg:grid lg:grid-cols-[13rem_1fr] lg:gap-8"
        >
          <div className="mb-2">
            <h2 className="font-semibold">{group.title}</h2>
            <p className="text-sm text-muted">{group.hint}</p>
          </div>
          {rows(group.switches)}
        </section>
      ))}
    </div>
  );
}

function isLifted(act: Act | undefined): boolean {
  return act !== undefined && act.phase.name === "done" && !places(act);
}

/** The control placed last: the one whose proof screen readers follow. */
function newestControl(switches: readonly SwitchView[]): string | undefined {
  const active = switches.flatMap((each) => each.active ?? []);
  return active.sort((a, b) => b.placedAt.localeCompare(a.placedAt))[0]?.id;
}
