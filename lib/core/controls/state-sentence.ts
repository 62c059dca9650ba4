import { SLOTS } from "../decision/constants.ts";
import type { Control, Feature, Ruleset } from "../decision/ruleset.ts";
import { arrives, offForAll } from "./ask-decide.ts";
import { describeEffects } from "./describe.ts";
import { sayOff, sayWhoGets } from "./feature-words.ts";
import { modelState } from "./model-state.ts";
import { cohortPhrase, find, lowerFirst, type Names, oneOutput, percent, upperFirst } from "./names.ts";
import { casesPhrase, type Place, restrictionSentences } from "./restriction-sentences.ts";
import { meetRestrictions, type Restrictions } from "./restrictions.ts";

/** A feature's state in one word. `limited`: something restricts it; `unknown`: there are no rules for it here; `not-launched`: nobody has had it yet. */
export type StateWord = "serving" | "limited" | "stopped" | "unknown" | "not-launched";

/** The present state of a feature as full sentences. */
export type FeatureStateText = { state: StateWord; sentence: string };

/**
 * What a feature does now, from the rules in force: "Reply assistant answers every customer. Billing is off. A person approves every reply."
 * `now` is server time in epoch ms. Hours of people and what hosts report are not part of it: this is what the rules say.
 */
export function stateOf(ruleset: Ruleset, key: string, names: Names, now: number): FeatureStateText {
  const feature = find(ruleset.features, key);
  const name = feature?.name ?? find(names.features, key)?.name ?? key;
  if (!feature) return { state: "unknown", sentence: `There are no rules for ${name} here, so nobody gets AI.` };
  // Only a launch turns a feature on, and what is on is stopped by controls.
  if (!feature.on) return { state: "not-launched", sentence: `Not launched yet: nobody gets ${name} here.` };

  const controls = Object.values(ruleset.controls).filter((control) => holdsFor(control, key, feature, now));
  const byModel = (control: Control) => control.effects.some(({ kind }) => kind === "stopModel" || kind === "reroute");
  // Anything that is about a provider or a model is about steps of the chain.
  const onModels = controls.filter((control) => byModel(control) || control.scope.provider !== undefined);
  const others = controls.filter(({ scope }) => scope.provider === undefined);
  const whole = meetRestrictions(others.filter(({ scope }) => isWhole(scope)));
  const chain = find(ruleset.releases, feature.release)?.chain ?? [];
  const forAll = controls.filter(({ scope }) => isWhole(scope));
  const models = modelState(
    chain,
    onModels,
    names,
    (scope) => casesPhrase(placeOf(scope, feature, names, key)),
    (control) => arrives(ruleset, key, control, forAll, now),
  );

  // A current release without a model is a first launch, in which only the candidate answers.
  const launching = chain.length === 0 && feature.rollout !== null;
  const off = launching && !whole.off ? null : offForAll(ruleset, key, forAll, now);
  if (off !== null) {
    const why = whole.off ? "" : off;
    return {
      state: "stopped",
      sentence: joined([
        sayOff(name, why),
        ...(whole.off ? [] : models.sentences),
        ...told({ ...whole, off: true }, feature, names, key),
      ]),
    };
  }

  const sentences = [
    sayWhoGets(name, audience(feature, whole, chain.length, names)),
    ...rolloutSentences(feature, ruleset, chain.length),
    ...offSentences(others, feature, names),
    ...told(whole, feature, names, key),
    ...scopedSentences(others, whole, feature, names, key),
    ...models.sentences,
    ...models.acting
      .filter((control) => !byModel(control))
      .map((control) => describeEffects(control.effects, control.scope, names)),
  ];
  const restricted = [...others, ...models.acting].some(({ effects }) => effects.some(({ kind }) => kind !== "notice"));
  return { state: restricted || feature.envelope !== null ? "limited" : "serving", sentence: joined(sentences) };
}

type Scope = Control["scope"];

function joined(sentences: readonly string[]): string {
  return [...new Set(sentences)].join(" ");
}

function holdsFor({ scope, expiresAt }: Control, key: string, feature: Feature, now: number): boolean {
  if (expiresAt !== null && expiresAt <= now) return false;
  if (scope.feature !== undefined && scope.feature !== key) return false;
  return scope.scenario === undefined || Object.hasOwn(feature.scenarios, scope.scenario);
}

function isWhole(scope: Scope): boolean {
  return scope.scenario === undefined && scope.cohort === undefined;
}

/** "every customer"; never a share without of whom. */
function audience(feature: Feature, whole: Restrictions, steps: number, names: Names): string {
  if (whole.holdsFeature) return "only customers who already have it";
  const among = group(feature.envelope, names);
  if (steps === 0 && feature.rollout) return `${percent(candidateShare(feature))} of ${among ?? "customers"}`;
  return among ? `only ${among}` : "every customer";
}

/** Who a condition lets in, in words; null for everyone. */
function group(when: Feature["envelope"], names: Names): string | null {
  if (when === null) return null;
  if (when.kind === "cohort") return `customers in ${cohortPhrase(find(names.cohorts, when.cohort) ?? when.cohort)}`;
  return "customers in its launch group";
}

function candidateShare({ rollout, release }: Feature): number {
  const arms = rollout?.arms.filter((arm) => arm.release !== release) ?? [];
  return arms.flatMap((arm) => arm.ranges).reduce((sum, range) => sum + range.to - range.from, 0) / SLOTS;
}

function rolloutSentences(feature: Feature, ruleset: Ruleset, steps: number): string[] {
  const { rollout, release } = feature;
  if (!rollout || steps === 0) return [];
  return rollout.arms
    .filter((arm) => arm.release !== release && arm.ranges.length > 0)
    .map((arm) => {
      const slots = arm.ranges.reduce((sum, range) => sum + range.to - range.from, 0);
      const whom = rollout.eligible === null ? "customers" : "customers in its test group";
      return `${percent(slots / SLOTS)} of ${whom} get the new release ${find(ruleset.releases, arm.release)?.name ?? arm.release}.`;
    });
}

function placeOf(scope: Scope, feature: Feature, names: Names, key: string): Place {
  const outputName = find(names.features, key)?.outputName ?? "outputs";
  const scenario = find(feature.scenarios, scope.scenario);
  const cohort = scope.cohort === undefined ? "" : cohortPhrase(find(names.cohorts, scope.cohort) ?? scope.cohort);
  return {
    kind: scenario ? lowerFirst(scenario.name) : "",
    who: cohort,
    one: oneOutput(outputName),
    many: outputName.replace(/^AI\s+/, ""),
  };
}

/** What holds for the whole feature, by its own settings or by a control. */
function told(whole: Restrictions, feature: Feature, names: Names, key: string): string[] {
  return restrictionSentences(placeOf({}, feature, names, key), withSettings(whole, feature));
}

function withSettings(whole: Restrictions, feature: Feature): Restrictions {
  if (whole.off) return { ...meetRestrictions([]), rung: whole.rung, notices: whole.notices };
  return {
    ...whole,
    suggest: whole.suggest || feature.mode === "suggestion",
    reviewBelow: Math.max(whole.reviewBelow, feature.reviewBelow),
    minConfidence: Math.max(whole.minConfidence, feature.minConfidence),
  };
}

/** Controls of narrower scopes, those of one scope together. */
function scopes(controls: readonly Control[]): { scope: Scope; met: Restrictions }[] {
  const narrow = controls.filter(({ scope }) => !isWhole(scope));
  const keyOf = ({ scope }: Control) => JSON.stringify([scope.scenario ?? "", scope.cohort ?? ""]);
  return [...new Set(narrow.map(keyOf))].sort().flatMap((key) => {
    const same = narrow.filter((control) => keyOf(control) === key);
    return same[0] ? [{ scope: same[0].scope, met: meetRestrictions(same) }] : [];
  });
}

/** "Billing and refunds are off." "AI is off for region DE." */
function offSentences(controls: readonly Control[], feature: Feature, names: Names): string[] {
  const off = scopes(controls).filter(({ met }) => met.off);
  const inFull = off.filter(({ scope }) => scope.cohort === undefined);
  const kinds = inFull.map(({ scope }) => lowerFirst(find(feature.scenarios, scope.scenario)?.name ?? ""));
  const listed = kinds.length > 1 ? `${kinds.slice(0, -1).join(", ")} and ${kinds.at(-1)}` : kinds[0];
  const partly = off
    .filter(({ scope }) => !inFull.some((other) => other.scope.scenario === scope.scenario))
    .map(({ scope }) => {
      const { kind, who } = placeOf(scope, feature, names, "");
      return `${kind ? upperFirst(kind) : "AI"} is off for ${who}.`;
    });
  return [...(listed ? [`${upperFirst(listed)} ${kinds.length > 1 ? "are" : "is"} off.`] : []), ...partly];
}

function scopedSentences(
  controls: readonly Control[],
  whole: Restrictions,
  feature: Feature,
  names: Names,
  key: string,
): string[] {
  const around = withSettings(whole, feature);
  return scopes(controls).flatMap(({ scope, met }) => {
    // Where AI is off, nothing else about AI is worth saying; a notice still shows.
    const rest = met.off ? { ...meetRestrictions([]), rung: met.rung, notices: met.notices } : met;
    return restrictionSentences(placeOf(scope, feature, names, key), rest, around);
  });
}
