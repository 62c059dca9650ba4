import { decide } from "../decision/decide.ts";
import type { Control, Ruleset } from "../decision/ruleset.ts";

/**
 * Why nobody gets AI from a feature under these controls, those that hold for all of it: a clause to follow "Reply assistant is off"; null when somebody does.
 * Asked of `decide` itself, for a request of which nothing is known; who the launch envelope or a hold lets in is another question, and left out.
 */
export function offForAll(ruleset: Ruleset, key: string, whole: readonly Control[], now: number): string | null {
  const feature = ruleset.features[key];
  if (!feature) return "";
  const controls = whole.map((control, i): [string, Control] => [`${i}`, withoutHolds(control)]);
  const reduced: Ruleset = {
    ...ruleset,
    features: { [key]: { ...feature, envelope: null } },
    controls: Object.fromEntries(controls.filter(([, { effects }]) => effects.length > 0)),
  };
  const decision = decide(reduced, key, {}, { now, requestId: "", usage: { perHour: 0 } });
  if (decision.serve === "ai") return null;
  const codes = decision.because.map(({ code }) => code);
  if (codes.includes("withdrawn-release")) return ", because its release was withdrawn";
  return codes.includes("no-model-left") ? ", because no model is left to it" : "";
}

function withoutHolds(control: Control): Control {
  return { ...control, effects: control.effects.filter(({ kind }) => kind !== "hold") };
}
