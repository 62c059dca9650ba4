import type { WhereWorse } from "../metrics/where-worse.ts";
import type { ControlParams } from "./params.ts";

/** A feature that stands worse by its figures, and in which kinds of case; null where that is not told apart. */
export type Suspicion = { feature: string; where: Pick<WhereWorse, "spread" | "scenarios"> | null };

type Offered = { template: string; params: ControlParams };

/** A kind of case of its own touches the fewest people, so there the stop itself comes first. */
const OF_A_KIND = ["disable-scenario", "review-scenario"];
/** Of a whole feature what keeps its value alive comes first: a person looks, and AI still helps. */
const KEEP_VALUE = ["review-feature", "suggest-feature"];
/** More kinds of case than this would hide the rest of the list. */
const MOST_KINDS = 2;

/**
 * The offers that fit what stands worse, before the rest in its usual order. Harm in few kinds of case: the stop of each, then approval for it. Harm everywhere, or
 * where nobody can tell: approval and suggestions for the whole feature, the stops of what is surely worse, and turning it off last. Nothing is left out of either
 * list: this is an order, not a choice.
 */
export function orderBySuspicion<O extends Offered>(
  offers: readonly O[],
  suspicions: readonly Suspicion[],
): { fitting: O[]; rest: O[] } {
  const fitting = [...new Set(suspicions.flatMap((suspicion) => fittingOf(offers, suspicion)))];
  return { fitting, rest: offers.filter((offer) => !fitting.includes(offer)) };
}

function fittingOf<O extends Offered>(offers: readonly O[], { feature, where }: Suspicion): O[] {
  const of = (template: string, scenario?: string) =>
    offers.filter(
      (offer) => offer.template === template && offer.params.feature === feature && offer.params.scenario === scenario,
    );
  const kinds = where?.scenarios.slice(0, MOST_KINDS) ?? [];
  if (where?.spread === "mainly") return OF_A_KIND.flatMap((template) => kinds.flatMap((kind) => of(template, kind)));
  const surely = where?.spread === "partly" ? kinds : [];
  return [
    ...KEEP_VALUE.flatMap((template) => of(template)),
    ...surely.flatMap((kind) => of("disable-scenario", kind)),
    ...of("turn-off-feature"),
  ];
}
