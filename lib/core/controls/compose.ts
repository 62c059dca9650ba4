import { AppError } from "../../errors.ts";
import type { Effect } from "../decision/effect.ts";
import type { Scope } from "../decision/ruleset.ts";
import { checkParams } from "./check-params.ts";
import type { LayerKey } from "./layers.ts";
import { EFFECT_MAKERS } from "./make-effects.ts";
import { cohortPhrase, find, lowerFirst, type Names, oneOutput, percent, secondsPhrase } from "./names.ts";
import type { ControlParams, ParamKey } from "./params.ts";
import { fallbackWord } from "./rung-words.ts";
import { type Sees, seesOf } from "./sees.ts";
import { type Template, templateOf } from "./templates.ts";

/** A control ready to be placed: the order in plain words and what it compiles to. `sees`: what customers see instead. */
export type ComposedControl = { sentence: string; scope: Scope; effects: Effect[]; layer: LayerKey; sees: Sees };

const SCOPE_KEYS = ["provider", "model", "feature", "scenario", "cohort"] as const;

/**
 * Fills a template (key of `TEMPLATES`) with params, keys of things that `names` must know. `at`: server time in epoch ms, by which notices are ordered.
 * @throws AppError `invalid-input`, in plain words: an unknown template, a param that is missing, unknown, out of range or not asked for.
 */
export function composeControl(templateKey: string, params: ControlParams, names: Names, at = 0): ComposedControl {
  const template = templateOf(templateKey);
  if (!template)
    throw new AppError("invalid-input", "Evenkeel does not know this kind of control.", { template: templateKey });
  const filled = checkParams(template, params, names, at);
  const effects = EFFECT_MAKERS[template.makes](filled);
  const scope = scopeOf(template, params);
  return {
    sentence: sentenceOf(template, params, names),
    scope,
    effects,
    layer: template.layer,
    sees: seesOf(effects, scope, names),
  };
}

/** The params that say where it holds. */
function scopeOf(template: Template, params: ControlParams): Scope {
  const asked = SCOPE_KEYS.filter((key) => template.needs.includes(key));
  return Object.fromEntries(asked.map((key) => [key, params[key]]));
}

function sentenceOf(template: Template, params: ControlParams, names: Names): string {
  const words = blanks(params, names);
  return template.sentence.replace(/\{(\w+)\}/g, (_, blank: string) => find(words, blank) ?? "");
}

/** What stands for each blank; "" for what is not given, which `checkParams` has made sure no sentence needs. */
function blanks(params: ControlParams, names: Names): Record<ParamKey | "outputs" | "output" | "percent", string> {
  const feature = find(names.features, params.feature);
  const provider = find(names.providers, params.provider);
  const toProvider = find(names.providers, params.toProvider);
  const cohort = find(names.cohorts, params.cohort);
  return {
    feature: feature?.name ?? "",
    outputs: feature?.outputName ?? "",
    output: feature ? oneOutput(feature.outputName) : "",
    scenario: lowerFirst(find(feature?.scenarios ?? {}, params.scenario)?.name ?? ""),
    cohort: cohort === undefined ? "" : cohortPhrase(cohort),
    provider: provider?.name ?? "",
    model: find(provider?.models ?? {}, params.model) ?? "",
    toProvider: toProvider?.name ?? "",
    toModel: find(toProvider?.models ?? {}, params.toModel) ?? "",
    rung: fallbackWord(params.rung),
    confidence: "",
    percent: percent(params.confidence ?? 0),
    seconds: secondsPhrase(params.seconds ?? 0),
    steps: `${params.steps ?? 0}`,
    perHour: `${params.perHour ?? 0}`,
    text: find(names.texts, params.text) ?? "",
  };
}
