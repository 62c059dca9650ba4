import type { LayerKey } from "./layers.ts";
import type { EffectMaker } from "./make-effects.ts";
import type { ParamKey } from "./params.ts";

/**
 * One control sentence: an order in plain words, with blanks in braces for names, regions and numbers. `needs`: the params it must be given; those that name
 * a feature, scenario, cohort, provider or model become its scope. `makes`: what it compiles to. `order`: its place in "Something is wrong", most targeted
 * first; null when it does not stand ready as a switch but is for automation and the API.
 */
export type Template = {
  readonly key: string;
  readonly layer: LayerKey;
  readonly sentence: string;
  readonly needs: readonly ParamKey[];
  readonly makes: EffectMaker;
  readonly order: number | null;
};

/** The sentences that stand ready as switches, most targeted first: what touches the fewest people comes before what touches more. */
const OFFERED = [
  "disable-scenario",
  "review-scenario",
  "suggest-scenario",
  "confidence-scenario",
  "latency-scenario",
  "review-feature",
  "suggest-feature",
  "confidence-feature",
  "latency-feature",
  "hold-rollout",
  "hold-feature",
  "disable-cohort",
  "fallback-cohort",
  "turn-off-feature",
  "stop-model",
  "reroute-model",
  "stop-provider",
  "reroute-provider",
  "skip-first-model",
  "rate-limit",
  "notice-feature",
];

const f = ["feature"] as const;
const fs = ["feature", "scenario"] as const;
const fc = ["feature", "cohort"] as const;
const fsc = ["feature", "scenario", "cohort"] as const;
const p = ["provider"] as const;
const pm = ["provider", "model"] as const;
const none = [] as const;

/** Every control sentence, by layer and by what it makes: one for each effect and scope. */
export const TEMPLATES: readonly Template[] = [
  ...family("scenario", "stop", {
    "disable-scenario": [fs, "Disable {outputs} for {scenario} cases"],
    "disable-scenario-cohort": [fsc, "Disable {outputs} for {scenario} cases in {cohort}"],
  }),
  ...family("feature", "stop", {
    "disable-cohort": [fc, "Disable {outputs} for {cohort}"],
    "turn-off-feature": [f, "Turn off {feature}"],
    "turn-off-cohort-everywhere": [["cohort"], "Turn off AI for {cohort} in every feature"],
    "turn-off-everything": [none, "Turn off AI in every feature"],
  }),
  ...family("fallback", "rung", {
    "fallback-scenario": [[...fs, "rung"], "Use {rung} fallback for {scenario} cases"],
    "fallback-cohort": [[...fc, "rung"], "Use {rung} fallback for {cohort}"],
    "fallback-cohort-everywhere": [["cohort", "rung"], "Use {rung} fallback for {cohort} in every feature"],
    "fallback-feature": [[...f, "rung"], "Use {rung} fallback for all of {feature}"],
    "fallback-everywhere": [["rung"], "Use {rung} fallback in every feature"],
  }),
  ...family("review", "review", {
    "review-scenario": [fs, "Require approval before send for {scenario} cases"],
    "review-cohort": [fc, "Require approval before send for {cohort}"],
    "review-feature": [f, "Require approval before send"],
    "review-everywhere": [none, "Require approval before send in every feature"],
  }),
  ...family("review", "reviewUnsure", {
    "review-unsure-scenario": [
      [...fs, "confidence"],
      "Require approval for {scenario} cases when we are less than {percent} sure",
    ],
    "review-unsure-feature": [[...f, "confidence"], "Require approval when we are less than {percent} sure"],
  }),
  ...family("autonomy", "suggest", {
    "suggest-scenario": [fs, "Suggest only for {scenario} cases: a person sends every {output}"],
    "suggest-cohort": [fc, "Suggest only for {cohort}: a person sends every {output}"],
    "suggest-feature": [f, "Suggest only: a person sends every {output}"],
    "suggest-everywhere": [none, "Suggest only in every feature: a person sends every output"],
  }),
  ...family("confidence", "confidence", {
    "confidence-scenario": [
      [...fs, "confidence"],
      "Only show answers to {scenario} cases that we are at least {percent} sure of",
    ],
    "confidence-cohort": [
      [...fc, "confidence"],
      "Only show answers to {cohort} that we are at least {percent} sure of",
    ],
    "confidence-feature": [[...f, "confidence"], "Only show answers we are at least {percent} sure of"],
    "confidence-everywhere": [["confidence"], "Only show answers we are at least {percent} sure of, in every feature"],
  }),
  ...family("latency", "latency", {
    "latency-scenario": [
      [...fs, "seconds"],
      "Fall back if the answer takes longer than {seconds} for {scenario} cases",
    ],
    "latency-cohort": [[...fc, "seconds"], "Fall back if the answer takes longer than {seconds} for {cohort}"],
    "latency-feature": [[...f, "seconds"], "Fall back if the answer takes longer than {seconds}"],
    "latency-everywhere": [["seconds"], "Fall back if the answer takes longer than {seconds}, in every feature"],
  }),
  ...family("exposure", "holdRollout", {
    "hold-rollout": [f, "Pause rollout beyond current cohort"],
  }),
  ...family("exposure", "holdFeature", {
    "hold-feature": [f, "Nobody new gets {feature}; people who have it keep it"],
    "hold-scenario": [fs, "Nobody new gets {outputs} for {scenario} cases; people who have {feature} keep it"],
    "hold-cohort": [fc, "Nobody new in {cohort} gets {feature}; people who have it keep it"],
  }),
  ...family("model", "stopModel", {
    "stop-model": [pm, "Stop using model {model} everywhere"],
    "stop-model-feature": [[...pm, ...f], "Stop using model {model} for {feature}"],
    "stop-model-scenario": [[...pm, ...fs], "Stop using model {model} for {scenario} cases"],
  }),
  ...family("model", "rerouteModel", {
    "reroute-model": [[...pm, "toProvider", "toModel"], "Send model {model}'s traffic to model {toModel}"],
    "reroute-model-feature": [
      [...pm, ...f, "toProvider", "toModel"],
      "Send model {model}'s traffic of {feature} to model {toModel}",
    ],
  }),
  ...family("provider", "stopModel", {
    "stop-provider": [p, "Stop using {provider} everywhere"],
    "stop-provider-feature": [[...p, ...f], "Stop using {provider} for {feature}"],
    "stop-provider-scenario": [[...p, ...fs], "Stop using {provider} for {scenario} cases"],
    "stop-provider-cohort": [[...p, "cohort"], "Stop using {provider} for {cohort} in every feature"],
  }),
  ...family("provider", "rerouteProvider", {
    "reroute-provider": [[...p, "toProvider"], "Send {provider}'s traffic to {toProvider}"],
    "reroute-provider-feature": [[...p, ...f, "toProvider"], "Send {provider}'s traffic of {feature} to {toProvider}"],
  }),
  ...family("cost", "chainStartOne", {
    "skip-first-model": [f, "Skip the first, most expensive model"],
    "skip-first-model-scenario": [fs, "Skip the first, most expensive model for {scenario} cases"],
    "skip-first-model-everywhere": [none, "Skip the first, most expensive model in every feature"],
  }),
  ...family("cost", "chainStart", {
    "skip-models": [[...f, "steps"], "Skip the first {steps} models, the most expensive ones"],
  }),
  ...family("cost", "rateLimit", {
    "rate-limit": [[...f, "perHour"], "At most {perHour} AI requests per person per hour"],
    "rate-limit-scenario": [
      [...fs, "perHour"],
      "At most {perHour} AI requests per person per hour for {scenario} cases",
    ],
    "rate-limit-everywhere": [["perHour"], "At most {perHour} AI requests per person per hour in every feature"],
  }),
  ...family("notice", "notice", {
    "notice-feature": [[...f, "text"], "Tell users: {text}"],
    "notice-scenario": [[...fs, "text"], "Tell users with {scenario} cases: {text}"],
    "notice-cohort": [[...fc, "text"], "Tell users in {cohort}: {text}"],
    "notice-everywhere": [["text"], "Tell users of every feature: {text}"],
  }),
];

type Row = readonly [needs: readonly ParamKey[], sentence: string];

function family(layer: LayerKey, makes: EffectMaker, rows: Record<string, Row>): Template[] {
  return Object.entries(rows).map(([key, [needs, sentence]]) => {
    const place = OFFERED.indexOf(key);
    return { key, layer, sentence, needs, makes, order: place < 0 ? null : place };
  });
}

const byKey = new Map(TEMPLATES.map((template) => [template.key, template]));

/** The template of that key. */
export function templateOf(key: string): Template | undefined {
  return byKey.get(key);
}
