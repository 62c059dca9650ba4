"use client";
import { useState } from "react";
import { groupByLayer, searchSwitches } from "#components/control/layers.ts";
import { SwitchRow } from "#components/control/switch-row.tsx";
import { useLive } from "#components/live/live.tsx";
import { orderBySuspicion, type Suspicion } from "#lib/core/controls/order-by-suspicion.ts";
import type { SwitchView } from "#lib/services/controls/schema.ts";
import { inPlace } from "./in-place.ts";
import { ofFeatureFirst } from "./order.ts";

type StopListProps = {
  switches: SwitchView[];
  typed: string;
  feature: string | null;
  suspicions: readonly Suspicion[];
  onAct: (switchKey: string) => void;
};

/** Every stop there is: what fits the figures, then the most targeted first, each with whom it touches and what they will see; what is new since it opened last. */
export function StopList({ switches, typed, feature, suspicions, onAct }: StopListProps) {
  const { features } = useLive();
  // Decided when the list appears and never again: from then on somebody may be aiming at a row. What holds already fits no more.
  const [first] = useState(() =>
    orderBySuspicion(
      switches.filter(({ active }) => active === null),
      suspicions,
    ).fitting.map(({ key }) => key),
  );
  const featureName = ({ params }: SwitchView) =>
    features.length > 1 ? features.find((each) => each.key === params.feature)?.name : undefined;
  const { shown, opened } = useInPlace(switches);
  const found = ofFeatureFirst(searchSwitches(shown, typed), feature);
  const fitting = first.flatMap((key) => found.find((each) => each.key === key) ?? []);
  const usual = groupByLayer(found.filter(({ key }) => opened.has(key) && !first.includes(key)));
  const later = found.filter(({ key }) => !opened.has(key));
  const groups = [
    ...(fitting.length > 0 ? [{ ...whatFits(suspicions), switches: fitting }] : []),
    ...usual,
    ...(later.length > 0 ? [{ ...LATER, switches: later }] : []),
  ];
  if (found.length === 0) return <p>No stop has these words. Try one word, such as the kind of case.</p>;
  return groups.map((group) => (
    <section key={group.key} aria-label={group.title}>
      <h3 className="font-semibold">{group.title}</h3>
      <p className="mb-2 text-sm text-muted">{group.hint}</p>
      <ul className="overflow-hidden rounded border">
        {group.switches.map((sw) => (
          <SwitchRow key={sw.key} sw={sw} onAct={onAct} featureName={featureName(sw)} />
        ))}
      </ul>
    </section>
  ));
}

const LATER = { key: "later", title: "New since you opened this", hint: "Placed or offered by somebody meanwhile." };

/** The stops as they are, where they stood when the list opened, and the keys of those that were there. */
function useInPlace(switches: SwitchView[]) {
  const [kept, setKept] = useState(() => ({
    heard: switches,
    shown: switches,
    opened: new Set(switches.map(({ key }) => key)),
  }));
  if (kept.heard === switches) return kept;
  const next = { ...kept, heard: switches, shown: inPlace(kept.shown, switches) };
  setKept(next);
  return next;
}

function whatFits(suspicions: readonly Suspicion[]) {
  const narrow = suspicions.every(({ where }) => where?.spread === "mainly");
  return {
    key: "fits",
    title: "What fits first",
    hint: narrow
      ? "Where it is worse; every other kind of case keeps its AI."
      : "A person looks while AI still helps. Turning it off comes last.",
  };
}
