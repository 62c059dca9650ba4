import { AppError } from "../../errors.ts";
import type { Filled } from "./make-effects.ts";
import { find, type Names } from "./names.ts";
import { type ControlParams, controlParams, type ParamKey } from "./params.ts";
import { isRungKind } from "./rung-words.ts";
import type { Template } from "./templates.ts";

/** What people are asked for when a blank is empty, and told when it is filled with something that cannot be. */
const WORDS: Record<ParamKey, { ask: string; wrong: string }> = {
  feature: { ask: "Say which feature it is for.", wrong: "There is no such feature here." },
  scenario: { ask: "Say which kind of case it is for.", wrong: "This feature has no such kind of case." },
  cohort: { ask: "Say which cohort it is for.", wrong: "There is no such cohort here." },
  provider: { ask: "Say which provider it is about.", wrong: "There is no such provider." },
  model: { ask: "Say which model it is about.", wrong: "This provider has no such model." },
  toProvider: { ask: "Say which provider takes over.", wrong: "The provider that takes over is not known." },
  toModel: { ask: "Say which model takes over.", wrong: "The model that takes over is not known." },
  rung: { ask: "Say which fallback to use.", wrong: "There is no such kind of fallback." },
  confidence: {
    ask: "Say how sure an answer must be.",
    wrong: "How sure an answer must be is a share from 0% to 100%.",
  },
  seconds: {
    ask: "Say after how many seconds to fall back.",
    wrong: "The longest wait is more than 0 and at most 600 seconds.",
  },
  steps: { ask: "Say how many models to skip.", wrong: "How many models to skip is a whole number from 1." },
  perHour: { ask: "Say how many requests an hour.", wrong: "The limit of requests an hour is a whole number from 0." },
  text: { ask: "Choose an approved text.", wrong: "That text is not among the approved ones." },
};

function refuse(param: string, message: string): never {
  throw new AppError("invalid-input", message, { param });
}

function isParam(key: string): key is ParamKey {
  return Object.hasOwn(WORDS, key);
}

/**
 * Checks that exactly the blanks of a template are filled, with things that exist and numbers in range, and gives them to make effects of.
 * @throws AppError `invalid-input` with a sentence for whoever filled them in.
 */
export function checkParams(template: Template, params: ControlParams, names: Names, at: number): Filled {
  for (const [key, value] of Object.entries(params)) {
    if (value === undefined) continue;
    if (!isParam(key) || !template.needs.includes(key))
      refuse(key, "This control was given something that it does not ask for.");
  }
  for (const key of template.needs) {
    if (params[key] === undefined || params[key] === "") refuse(key, WORDS[key].ask);
  }
  const checked = controlParams.safeParse(params);
  if (!checked.success) {
    const key = String(checked.error.issues[0]?.path[0]);
    refuse(key, isParam(key) ? WORDS[key].wrong : "This control was filled in wrongly.");
  }
  checkNames(template, params, names);
  const text = params.text ?? "";
  return {
    feature: params.feature ?? "",
    toProvider: params.toProvider ?? "",
    toModel: params.toModel ?? "",
    rung: isRungKind(params.rung) ? params.rung : "manual",
    confidence: params.confidence ?? 1,
    seconds: params.seconds ?? 1,
    steps: params.steps ?? 1,
    perHour: params.perHour ?? 0,
    text: { key: text, text: find(names.texts, text) ?? "" },
    at,
  };
}

function checkNames({ needs }: Template, params: ControlParams, names: Names): void {
  const feature = find(names.features, params.feature);
  const provider = find(names.providers, params.provider);
  const toProvider = find(names.providers, params.toProvider);
  const known: Partial<Record<ParamKey, boolean>> = {
    feature: feature !== undefined,
    scenario: find(feature?.scenarios ?? {}, params.scenario) !== undefined,
    cohort: find(names.cohorts, params.cohort) !== undefined,
    provider: provider !== undefined,
    model: find(provider?.models ?? {}, params.model) !== undefined,
    toProvider: toProvider !== undefined,
    toModel: find(toProvider?.models ?? {}, params.toModel) !== undefined,
    rung: isRungKind(params.rung),
    text: find(names.texts, params.text) !== undefined,
  };
  for (const key of needs) {
    if (known[key] === false) refuse(key, WORDS[key].wrong);
  }
  const sameProvider = needs.includes("toProvider") && params.provider === params.toProvider;
  if (sameProvider && (!needs.includes("toModel") || params.model === params.toModel))
    refuse("toProvider", "Choose another one to take over than the one to leave.");
  if ((find(names.texts, params.text)?.length ?? 0) > 280) refuse("text", "A notice has at most 280 characters.");
}
