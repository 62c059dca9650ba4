import { decide } from "../decision/decide.ts";
import type { Decision } from "../decision/decision.ts";
import type { Control, Feature, Ruleset } from "../decision/ruleset.ts";

/** What `decide` gives a request of which nothing is known, under these controls; whom the launch envelope or a hold lets in is another question, and left out. */
function ask(ruleset: Ruleset, key: string, feature: Feature, controls: readonly Control[], now: number): Decision {
  const acting = controls.map(withoutHolds).filter(({ effects }) => effects.length > 0);
  const reduced: Ruleset = {
    ...ruleset,
    features: { [key]: { ...feature, envelope: null } },
    controls: Object.fromEntries(acting.map((control, i) => [`${i}`, control])),
  };
  return decide(reduced, key, {}, { now, requestId: "", usage: { perHour: 0 } });
}

function withoutHolds(control: Control): Control {
  return { ...control, effects: control.effects.filter(({ kind }) => kind !== "hold") };
}

/** Why nobody gets AI from a feature under the controls that hold for all of it: a clause to follow "Reply assistant is off"; null when somebody does. */
export function offForAll(ruleset: Ruleset, key: string, whole: readonly Control[], now: number): string | null {
  const feature = ruleset.features[key];
  if (!feature) return "";
  const decision = ask(ruleset, key, feature, whole, now);
  if (decision.serve === "ai") return null;
  const codes = decision.because.map(({ code }) => code);
  if (codes.includes("withdrawn-release")) return ", because its release was withdrawn";
  return codes.includes("no-model-left") ? ", because no model is left to it" : "";
}

/** Whether traffic that a control sends elsewhere arrives there, for whomever that control touches: not when the target is stopped, unknown or ambiguous. */
export function arrives(
  ruleset: Ruleset,
  key: string,
  control: Control,
  whole: readonly Control[],
  now: number,
): boolean {
  const feature = ruleset.features[key];
  const { provider, model } = control.scope;
  const alone: Control = { ...control, scope: { provider, model } };
  const chain = feature ? ask(ruleset, key, feature, [...whole, alone], now).chain : [];
  return control.effects.every(
    (effect) =>
      effect.kind !== "reroute" ||
      chain.some((step) => step.provider === effect.to.provider && (effect.to.model ?? step.model) === step.model),
  );
}
