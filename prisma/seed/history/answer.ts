import type { DecisionEvent } from "#lib/core/events/event.ts";
import type { SeedFeature } from "../data/features.ts";
import { type Person, spreadAround } from "./people.ts";
import type { Random } from "./random.ts";
import { idAt } from "./random.ts";
import type { Rates } from "./story.ts";
import type { Assigned, World } from "./world.ts";

/** US dollars per million tokens, in and out. */
const PRICES = { large: { in: 3, out: 15 }, small: { in: 0.25, out: 1.25 } } as const;
const LATENCY_SPREAD = 0.4;
/** Share of stopped requests whose product has no template for the case and shows the form. */
const WITHOUT_TEMPLATE = 0.2;

/** One request of somebody. */
export type Asked = {
  at: number;
  person: Person;
  scenario: string;
  task: string;
  session: string;
  bySystem: boolean;
};

/** What a request was answered with: by AI, by a fallback because AI failed, or by a fallback because of a stop. */
export function answer(asked: Asked, { feature, rates, assigned, world, random }: Asking): DecisionEvent {
  const { at, person, scenario } = asked;
  const stop = world.stops.find(
    (each) => each.feature === feature.key && each.scenario === scenario && at >= each.from && at < each.until,
  );
  const rules = world.rulesets.findLast(({ from }) => at >= from) ?? world.rulesets[0];
  if (!rules) throw new Error("A history needs the name of the rules in force.");
  return {
    type: "decision",
    id: idAt(at, random),
    at: new Date(at).toISOString(),
    instance: world.instances[Math.floor(random.next() * world.instances.length)] ?? "",
    feature: feature.key,
    scenarios: scenario === "" ? [] : [scenario],
    cohorts: person.cohorts,
    cohortsUnknown: person.cohortsUnknown,
    release: assigned.release,
    arm: assigned.arm,
    slot: assigned.slot,
    ruleset: rules.name,
    userHash: world.pseudonym(person.id),
    sessionHash: world.pseudonym(asked.session),
    task: asked.task,
    initiatedBy: asked.bySystem ? "system" : "user",
    mode: feature.settings.mode ?? "autonomous",
    dimensions: {},
    ...(stop ? stopped(stop.control, random) : tried(feature, scenario, { rates, assigned, random })),
  };
}

type Asking = { feature: SeedFeature; rates: Rates; assigned: Assigned; world: World; random: Random };
type Outcome = Pick<
  DecisionEvent,
  | "served"
  | "provider"
  | "model"
  | "modelReported"
  | "latencyMs"
  | "costUsd"
  | "tokensIn"
  | "tokensOut"
  | "error"
  | "safetyFiltered"
  | "confidence"
  | "controls"
>;

const WITHOUT_AI: Omit<Outcome, "served" | "latencyMs"> = {
  provider: null,
  model: null,
  modelReported: null,
  costUsd: null,
  tokensIn: null,
  tokensOut: null,
  error: null,
  safetyFiltered: false,
  confidence: null,
  controls: [],
};

function stopped(control: string, random: Random): Outcome {
  const served = random.chance(WITHOUT_TEMPLATE) ? "manual" : "template";
  return { ...WITHOUT_AI, served, latencyMs: tenths(random.between(0.2, 2)), controls: [control] };
}

function tried(
  feature: SeedFeature,
  scenario: string,
  { rates, assigned, random }: Pick<Asking, "rates" | "assigned" | "random">,
): Outcome {
  const ladder = feature.scenarios.find(({ key }) => key === scenario)?.ladder ?? feature.ladder;
  const chance = random.next();
  const gaveUp = rates.failed + rates.timedOut + rates.unsure;
  if (chance < gaveUp) {
    const failed = chance < rates.failed;
    const timedOut = !failed && chance < rates.failed + rates.timedOut;
    const error = failed ? "error:Error" : timedOut ? "timeout" : "low-confidence";
    const latencyMs = timedOut ? feature.settings.maxLatencyMs : tenths(random.around(rates.latencyMs, LATENCY_SPREAD));
    return { ...WITHOUT_AI, served: ladder[0]?.kind ?? "manual", latencyMs, error };
  }
  const second = random.chance(rates.secondary);
  const chain = feature.releases.find(({ key }) => key === assigned.key)?.chain ?? [];
  const step = chain[second ? 1 : 0];
  const price = step?.model.endsWith("small") ? PRICES.small : PRICES.large;
  const tokensIn = Math.round(random.between(140, 320));
  const tokensOut = Math.round(random.around(90, 0.35));
  return {
    ...WITHOUT_AI,
    served: second ? "secondary" : "primary",
    provider: step?.provider ?? null,
    model: step?.model ?? null,
    modelReported: step?.model ?? null,
    latencyMs: tenths(random.around(rates.latencyMs * (second ? 2.4 : 1), LATENCY_SPREAD)),
    tokensIn,
    tokensOut,
    costUsd: (tokensIn * price.in + tokensOut * price.out) / 1e6,
    safetyFiltered: random.chance(rates.filtered),
    confidence: Math.round(Math.max(0.6, 1 - spreadAround(random, 0.08, 0.6)) * 1000) / 1000,
  };
}

const tenths = (value: number) => Math.round(value * 10) / 10;
