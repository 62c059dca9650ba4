import { CircleCheck, CircleHelp, CircleMinus, OctagonX } from "lucide-react";
import type { FeatureState } from "#lib/services/features/schema.ts";

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
} as const satisfies Record<FeatureState, unknown>;

/** The whole control room in one sentence, the worst first: "1 AI feature is stopped and 2 are limited." */
export function overallSentence(states: readonly FeatureState[]): string {
  if (states.length === 0) return "There is no AI feature here yet.";
  const count = (state: FeatureState) => states.filter((each) => each === state).length;
  const parts = [
    [count("stopped"), "stopped"],
    [count("limited"), "limited"],
    [count("unknown"), "not known"],
  ] as const;
  const said = parts.filter(([n]) => n > 0);
  if (said.length === 0)
    return states.length === 1 ? "The AI feature is serving." : `All ${states.length} AI features are serving.`;
  const words = said.map(([n, word], index) => {
    const noun = index === 0 ? ` AI ${n === 1 ? "feature" : "features"}` : "";
    return `${n}${noun} ${n === 1 ? "is" : "are"} ${word}`;
  });
  const last = words.pop();
  return words.length === 0 ? `${last}.` : `${words.join(", ")} and ${last}.`;
}

/** The worst state of all; of nothing nothing is known. */
export function worstState(states: readonly FeatureState[]): FeatureState {
  if (states.length === 0) return "unknown";
  return (["stopped", "limited", "unknown"] as const).find((state) => states.includes(state)) ?? "serving";
}
