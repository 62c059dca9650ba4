import type { Effect } from "../decision/effect.ts";
import type { Scope } from "../decision/ruleset.ts";
import { cohortPhrase, find, lowerFirst, type Names, percent, secondsPhrase, upperFirst } from "./names.ts";
import { RUNG_WORDS } from "./rung-words.ts";

/** What each kind of effect does, as a clause. */
const CLAUSES: { [K in Effect["kind"]]: (effect: Extract<Effect, { kind: K }>, names: Names) => string } = {
  serve: () => "AI is off",
  rung: ({ rung }) => `the ${RUNG_WORDS[rung].fallback} fallback is used`,
  suggest: () => "a person sends every output",
  reviewBelow: ({ value }) =>
    value >= 1 ? "a person approves every output" : `a person approves what we are less than ${percent(value)} sure of`,
  minConfidence: ({ value }) => `only what we are at least ${percent(value)} sure of is shown`,
  maxLatency: ({ ms }) => `answers that take longer than ${secondsPhrase(ms / 1000)} fall back`,
  hold: ({ of }) => (of === "feature" ? "nobody new gets it" : "nobody new gets the new release"),
  stopModel: () => "it is not used",
  reroute: ({ to }, names) => `its traffic goes to ${placeName(to.provider, to.model, names)}`,
  chainStart: ({ index }) => (index === 1 ? "the first model is skipped" : `the first ${index} models are skipped`),
  rateLimit: ({ perHour }) => `at most ${perHour} AI requests per person per hour`,
  notice: ({ text }) => `users are told: ${text}`,
};

function placeName(provider: string, model: string | undefined, names: Names): string {
  const known = find(names.providers, provider);
  return model === undefined ? (known?.name ?? provider) : `model ${find(known?.models ?? {}, model) ?? model}`;
}

/** Where a control holds, in words: "Reply assistant, billing cases, region DE"; "Every feature" when it is not limited. */
function describeScope(scope: Scope, names: Names): string {
  const feature = find(names.features, scope.feature);
  const parts: string[] = [];
  if (scope.feature !== undefined) parts.push(feature?.name ?? scope.feature);
  if (scope.scenario !== undefined)
    parts.push(`${lowerFirst(find(feature?.scenarios ?? {}, scope.scenario)?.name ?? scope.scenario)} cases`);
  if (scope.cohort !== undefined) parts.push(cohortPhrase(find(names.cohorts, scope.cohort) ?? scope.cohort));
  if (scope.provider !== undefined) parts.push(placeName(scope.provider, scope.model, names));
  else if (scope.model !== undefined) parts.push(`model ${scope.model}`);
  return parts.length === 0 ? "Every feature" : parts.join(", ");
}

function isKnown(effect: Effect): boolean {
  return Object.hasOwn(CLAUSES, effect.kind);
}

function clause<K extends Effect["kind"]>(effect: Extract<Effect, { kind: K }>, names: Names): string {
  const words: (effect: Extract<Effect, { kind: K }>, names: Names) => string = CLAUSES[effect.kind as K];
  return words(effect, names);
}

/**
 * What a control does, in plain words, when no template tells: "Reply assistant, billing cases: AI is off; users are told: ...". An effect that this
 * version does not know reads as what it does: AI is off.
 */
export function describeEffects(effects: readonly Effect[], scope: Scope, names: Names): string {
  const clauses = effects.map((effect) =>
    isKnown(effect) ? clause(effect, names) : "AI is off, because this version of Evenkeel does not know the rule",
  );
  return `${upperFirst(describeScope(scope, names))}: ${[...new Set(clauses)].join("; ") || "AI is off"}.`;
}
