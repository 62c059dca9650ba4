import type { ChainStep, Rung } from "../decision/ruleset.ts";
import type { ControlParams, ParamKey } from "./params.ts";
import { TEMPLATES, type Template } from "./templates.ts";

/** What of a feature decides which sentences make sense for it. `chain`: steps of the releases it can serve. */
export type OfferedFeature = {
  key: string;
  scenarios: readonly string[];
  ladders: readonly (readonly Rung[])[];
  chain: readonly ChainStep[];
  hasRollout: boolean;
};

/** What of its environment does. `notices`: keys of approved notice texts; `reroutes`: pairs approved beforehand. */
export type OfferedWith = {
  cohorts: readonly string[];
  notices: readonly string[];
  reroutes: readonly { from: Place; to: Place }[];
};

type Place = { provider: string; model: string };

/** A sentence that can be switched on: a template with its blanks filled. `order`: its place in "Something is wrong". */
export type Offer = { template: string; params: ControlParams; order: number };

/** Figures of the sentences as the playbook gives them (section 1 and 5); an operator may place others. */
const CONFIDENCE = 0.8;
const SECONDS = 4;
const PER_HOUR = 100;

/** Every sentence that stands ready for a feature, most targeted first; each makes sense there and composes. */
export function offersFor(feature: OfferedFeature, around: OfferedWith): Offer[] {
  return TEMPLATES.filter((template) => makesSense(template, feature))
    .flatMap(({ key, needs, order }) =>
      order === null ? [] : fillings(needs, feature, around).map((params) => ({ template: key, params, order })),
    )
    .sort((a, b) => a.order - b.order);
}

function makesSense({ makes }: Template, feature: OfferedFeature): boolean {
  if (makes === "holdRollout") return feature.hasRollout;
  if (makes === "chainStartOne") return feature.chain.length > 1;
  return true;
}

/** All ways to fill the blanks, one blank after the other, so that a later one may depend on an earlier one. */
function fillings(needs: readonly ParamKey[], feature: OfferedFeature, around: OfferedWith): ControlParams[] {
  let filled: ControlParams[] = [{}];
  for (const need of needs) {
    filled = filled.flatMap((params) =>
      valuesOf(need, params, feature, around).map((value) => ({ ...params, [need]: value })),
    );
  }
  return filled;
}

function valuesOf(
  need: ParamKey,
  params: ControlParams,
  feature: OfferedFeature,
  around: OfferedWith,
): readonly (string | number)[] {
  const { chain } = feature;
  switch (need) {
    case "feature":
      return [feature.key];
    case "scenario":
      return feature.scenarios;
    case "cohort":
      return around.cohorts;
    case "provider":
      return unique(chain.map((step) => step.provider));
    case "model":
      return unique(chain.filter((step) => step.provider === params.provider).map((step) => step.model));
    case "toProvider":
      return unique(targets(params, feature, around).map((target) => target.provider));
    case "toModel":
      return unique(
        targets(params, feature, around)
          .filter((target) => target.provider === params.toProvider)
          .map((target) => target.model),
      );
    case "rung":
      return feature.ladders.some((ladder) => ladder.some((rung) => rung.kind === "template")) ? ["template"] : [];
    case "text":
      return around.notices;
    case "confidence":
      return [CONFIDENCE];
    case "seconds":
      return [SECONDS];
    case "perHour":
      return [PER_HOUR];
    case "steps":
      return [1];
  }
}

/** Where calls of a provider, or of one model of it, may go: later steps of the same chain and approved pairs. */
function targets({ provider, model }: ControlParams, { chain }: OfferedFeature, { reroutes }: OfferedWith): Place[] {
  const leaves = (place: Place) => place.provider === provider && (model === undefined || place.model === model);
  const approved = reroutes.filter(({ from }) => leaves(from)).map(({ to }) => to);
  // Within one provider a model may take over from another; a provider as a whole is only left for another one.
  return [...chain, ...approved].filter((place) =>
    model === undefined ? place.provider !== provider : !leaves(place),
  );
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
