import type { LayerKey } from "./layers.ts";
import type { EffectMaker } from "./make-effects.ts";
import type { ParamKey } from "./params.ts";

/**
 * One control sentence: an order in plain words. `needs`: the blanks it must be given; those that name a feature, scenario, cohort, provider or model become its scope.
 * `makes`: what it compiles to. `order`: its place in "Something is wrong", most targeted first. `offered`: whether it stands ready as a switch
 * (the others are for the automation, the API and "More ways").
 */
export type Template = {
  readonly key: string;
  readonly layer: LayerKey;
  readonly sentence: string;
  readonly needs: readonly ParamKey[];
  readonly makes: EffectMaker;
  readonly order: number;
  readonly offered: boolean;
};

const f = ["feature"] as const;
const fs = ["feature", "scenario"] as const;
const fc = ["feature", "cohort"] as const;
const fsc = ["feature", "scenario", "cohort"] as const;
const p = ["provider"] as const;
const pm = ["provider", "model"] as const;
const SWITCH = true;
const SPARE = false;

/** Every control sentence, one for each effect and scope. Blanks in braces are filled with names, regions and numbers. */
export const TEMPLATES: readonly Template[] = [
  // Stop
  t("disable-scenario", "scenario", "Disable {outputs} for {scenario} cases", fs, "stop", 10, SWITCH),
  t("disable-scenario-cohort", "scenario", "Disable {outputs} for {scenario} cases in {cohort}", fsc, "stop", 5, SPARE),
  t("disable-cohort", "feature", "Disable {outputs} for {cohort}", fc, "stop", 70, SWITCH),
  t("turn-off-feature", "feature", "Turn off {feature}", f, "stop", 90, SWITCH),
  t(
    "turn-off-cohort-everywhere",
    "feature",
    "Turn off AI for {cohort} in every feature",
    ["cohort"],
    "stop",
    180,
    SPARE,
  ),
  t("turn-off-everything", "feature", "Turn off AI in every feature", [], "stop", 200, SPARE),
  // Use a designed fallback
  t("fallback-scenario", "fallback", "Use {rung} fallback for {scenario} cases", [...fs, "rung"], "rung", 15, SPARE),
  t("fallback-cohort", "fallback", "Use {rung} fallback for {cohort}", [...fc, "rung"], "rung", 72, SWITCH),
  t(
    "fallback-cohort-everywhere",
    "fallback",
    "Use {rung} fallback for {cohort} in every feature",
    ["cohort", "rung"],
    "rung",
    181,
    SPARE,
  ),
  t("fallback-feature", "fallback", "Use {rung} fallback for all of {feature}", [...f, "rung"], "rung", 91, SPARE),
  t("fallback-everywhere", "fallback", "Use {rung} fallback in every feature", ["rung"], "rung", 201, SPARE),
  // Review
  t("review-scenario", "review", "Require approval before send for {scenario} cases", fs, "review", 20, SWITCH),
  t("review-cohort", "review", "Require approval before send for {cohort}", fc, "review", 74, SPARE),
  t("review-feature", "review", "Require approval before send", f, "review", 30, SWITCH),
  t("review-everywhere", "review", "Require approval before send in every feature", [], "review", 190, SPARE),
  t(
    "review-unsure-scenario",
    "review",
    "Require approval for {scenario} cases when we are less than {percent} sure",
    [...fs, "confidence"],
    "reviewUnsure",
    26,
    SPARE,
  ),
  t(
    "review-unsure-feature",
    "review",
    "Require approval when we are less than {percent} sure",
    [...f, "confidence"],
    "reviewUnsure",
    35,
    SPARE,
  ),
  // Autonomy
  t(
    "suggest-scenario",
    "autonomy",
    "Suggest only for {scenario} cases: a person sends every {output}",
    fs,
    "suggest",
    22,
    SWITCH,
  ),
  t("suggest-cohort", "autonomy", "Suggest only for {cohort}: a person sends every {output}", fc, "suggest", 75, SPARE),
  t("suggest-feature", "autonomy", "Suggest only: a person sends every {output}", f, "suggest", 32, SWITCH),
  t(
    "suggest-everywhere",
    "autonomy",
    "Suggest only in every feature: a person sends every output",
    [],
    "suggest",
    191,
    SPARE,
  ),
  // Confidence
  t(
    "confidence-scenario",
    "confidence",
    "Only show answers to {scenario} cases that we are at least {percent} sure of",
    [...fs, "confidence"],
    "confidence",
    24,
    SWITCH,
  ),
  t(
    "confidence-cohort",
    "confidence",
    "Only show answers to {cohort} that we are at least {percent} sure of",
    [...fc, "confidence"],
    "confidence",
    76,
    SPARE,
  ),
  t(
    "confidence-feature",
    "confidence",
    "Only show answers we are at least {percent} sure of",
    [...f, "confidence"],
    "confidence",
    40,
    SWITCH,
  ),
  t(
    "confidence-everywhere",
    "confidence",
    "Only show answers we are at least {percent} sure of, in every feature",
    ["confidence"],
    "confidence",
    192,
    SPARE,
  ),
  // Latency
  t(
    "latency-scenario",
    "latency",
    "Fall back if the answer takes longer than {seconds} for {scenario} cases",
    [...fs, "seconds"],
    "latency",
    28,
    SWITCH,
  ),
  t(
    "latency-cohort",
    "latency",
    "Fall back if the answer takes longer than {seconds} for {cohort}",
    [...fc, "seconds"],
    "latency",
    77,
    SPARE,
  ),
  t(
    "latency-feature",
    "latency",
    "Fall back if the answer takes longer than {seconds}",
    [...f, "seconds"],
    "latency",
    50,
    SWITCH,
  ),
  t(
    "latency-everywhere",
    "latency",
    "Fall back if the answer takes longer than {seconds}, in every feature",
    ["seconds"],
    "latency",
    193,
    SPARE,
  ),
  // Exposure
  t("hold-rollout", "exposure", "Pause rollout beyond current cohort", f, "holdRollout", 60, SWITCH),
  t("hold-feature", "exposure", "Nobody new gets {feature}; people who have it keep it", f, "holdFeature", 62, SWITCH),
  t(
    "hold-scenario",
    "exposure",
    "Nobody new gets {outputs} for {scenario} cases; people who have {feature} keep it",
    fs,
    "holdFeature",
    63,
    SPARE,
  ),
  t(
    "hold-cohort",
    "exposure",
    "Nobody new in {cohort} gets {feature}; people who have it keep it",
    fc,
    "holdFeature",
    64,
    SPARE,
  ),
  // Models and providers
  t(
    "stop-model-feature",
    "model",
    "Stop using model {model} for {feature}",
    [...pm, "feature"],
    "stopModel",
    78,
    SPARE,
  ),
  t(
    "stop-model-scenario",
    "model",
    "Stop using model {model} for {scenario} cases",
    [...pm, ...fs],
    "stopModel",
    65,
    SPARE,
  ),
  t("stop-model", "model", "Stop using model {model} everywhere", pm, "stopModel", 100, SWITCH),
  t(
    "reroute-model",
    "model",
    "Send model {model}'s traffic to model {toModel}",
    [...pm, "toProvider", "toModel"],
    "rerouteModel",
    102,
    SWITCH,
  ),
  t(
    "reroute-model-feature",
    "model",
    "Send model {model}'s traffic of {feature} to model {toModel}",
    [...pm, "feature", "toProvider", "toModel"],
    "rerouteModel",
    79,
    SPARE,
  ),
  t(
    "stop-provider-scenario",
    "provider",
    "Stop using {provider} for {scenario} cases",
    [...p, ...fs],
    "stopModel",
    66,
    SPARE,
  ),
  t(
    "stop-provider-feature",
    "provider",
    "Stop using {provider} for {feature}",
    [...p, "feature"],
    "stopModel",
    80,
    SPARE,
  ),
  t(
    "stop-provider-cohort",
    "provider",
    "Stop using {provider} for {cohort} in every feature",
    [...p, "cohort"],
    "stopModel",
    104,
    SPARE,
  ),
  t("stop-provider", "provider", "Stop using {provider} everywhere", p, "stopModel", 110, SWITCH),
  t(
    "reroute-provider-feature",
    "provider",
    "Send {provider}'s traffic of {feature} to {toProvider}",
    [...p, "feature", "toProvider"],
    "rerouteProvider",
    82,
    SPARE,
  ),
  t(
    "reroute-provider",
    "provider",
    "Send {provider}'s traffic to {toProvider}",
    [...p, "toProvider"],
    "rerouteProvider",
    112,
    SWITCH,
  ),
  // Cost
  t(
    "skip-first-model-scenario",
    "cost",
    "Skip the first, most expensive model for {scenario} cases",
    fs,
    "chainStartOne",
    67,
    SPARE,
  ),
  t("skip-first-model", "cost", "Skip the first, most expensive model", f, "chainStartOne", 120, SWITCH),
  t(
    "skip-first-model-everywhere",
    "cost",
    "Skip the first, most expensive model in every feature",
    [],
    "chainStartOne",
    194,
    SPARE,
  ),
  t(
    "skip-models",
    "cost",
    "Skip the first {steps} models, the most expensive ones",
    [...f, "steps"],
    "chainStart",
    122,
    SPARE,
  ),
  t(
    "rate-limit-scenario",
    "cost",
    "At most {perHour} AI requests per person per hour for {scenario} cases",
    [...fs, "perHour"],
    "rateLimit",
    68,
    SPARE,
  ),
  t(
    "rate-limit",
    "cost",
    "At most {perHour} AI requests per person per hour",
    [...f, "perHour"],
    "rateLimit",
    124,
    SWITCH,
  ),
  t(
    "rate-limit-everywhere",
    "cost",
    "At most {perHour} AI requests per person per hour in every feature",
    ["perHour"],
    "rateLimit",
    195,
    SPARE,
  ),
  // Notices
  t("notice-scenario", "notice", "Tell users with {scenario} cases: {text}", [...fs, "text"], "notice", 130, SPARE),
  t("notice-cohort", "notice", "Tell users in {cohort}: {text}", [...fc, "text"], "notice", 132, SPARE),
  t("notice-feature", "notice", "Tell users: {text}", [...f, "text"], "notice", 134, SWITCH),
  t("notice-everywhere", "notice", "Tell users of every feature: {text}", ["text"], "notice", 196, SPARE),
];

function t(
  key: string,
  layer: LayerKey,
  sentence: string,
  needs: readonly ParamKey[],
  makes: EffectMaker,
  order: number,
  offered: boolean,
): Template {
  return { key, layer, sentence, needs, makes, order, offered };
}

const byKey = new Map(TEMPLATES.map((template) => [template.key, template]));

/** The template of that key. */
export function templateOf(key: string): Template | undefined {
  return byKey.get(key);
}
