import { Circle, CircleCheck, CircleDashed, CircleHelp, CircleMinus, OctagonX } from "lucide-react";
import type { FeatureCard, FeatureState } from "#lib/services/features/schema.ts";

/** What a screen says of a feature. `unused`: its rules let it serve, but no running server uses it and nobody reported an answer. */
export type ShownState = FeatureState | "unused";

/** Each state's word, icon and colours; never one without the others. */
export const STATE = {
  serving: { word: "Serving", icon: CircleCheck, text: "text-serving", box: "bg-serving-soft border-serving-line" },
  limited: { word: "Limited", icon: CircleMinus, text: "text-limited", box: "bg-limited-soft border-limited-line" },
  stopped: { word: "Stopped", icon: OctagonX, text: "text-stopped", box: "bg-stopped-soft border-stopped-line" },
  unknown: {
    word: "Not known",
    icon: CircleHelp,
    text: "text-unknown",
    box: "bg-unknown-soft border-unknown-line border-dashed",
  },
  unused: {
    word: "Not in use",
    icon: CircleDashed,
    text: "text-unknown",
    box: "bg-unknown-soft border-unknown-line border-dashed",
  },
  // Nothing is wrong and nothing is missing: nobody has had it yet.
  "not-launched": { word: "Not launched yet", icon: Circle, text: "text-muted", box: "bg-sunken" },
} as const satisfies Record<ShownState, unknown>;

/** Every state, the one that needs a look first. */
export const SHOWN_STATES = [
  "stopped",
  "limited",
  "unknown",
  "serving",
  "unused",
  "not-launched",
] as const satisfies ShownState[];

/** What its rules say it does, unless nothing shows that anybody asks it. */
export function shownState({ state, instances, aiPerHour }: Pick<FeatureCard, "state" | "instances" | "aiPerHour">) {
  const used = instances > 0 || (aiPerHour ?? 0) > 0;
  return state === "serving" && !used ? ("unused" as const) : state;
}

/** The worst state of all; of nothing nothing is known. */
export function worstState(states: readonly ShownState[]): ShownState {
  return SHOWN_STATES.find((state) => states.includes(state)) ?? "unknown";
}
