import { type Compared, isLarge } from "./compare.ts";
import type { MetricDefinition } from "./definition.ts";
import { ENOUGH_WITHOUT_PEOPLE } from "./enough.ts";
import { type Figure, type FigureInput, figureOf } from "./figure.ts";

/** A change of which the same hours a week earlier show more than half is one of the day of the week. */
const MOST_EXPLAINED = 0.5;

/**
 * The figure of the same hours a week earlier, where one that differs from all of the week before does not differ from that: weekends have other people and other
 * cases, and must not raise an alarm each Saturday. Null where it differs from both, where too little is known of those hours, or nothing was found to differ.
 */
export function likeAWeekAgo(
  definition: MetricDefinition,
  figure: Figure,
  { standing, other }: Pick<Compared, "standing"> & { other: Figure },
  weekAgo: FigureInput | undefined,
): number | null {
  if (weekAgo === undefined || (standing !== "worse" && standing !== "better")) return null;
  const then = figureOf(definition, weekAgo);
  if (figure.value === null || other.value === null || then.value === null) return null;
  if (then.n < enoughBeside(definition, figure)) return null;
  const explained = 1 - (figure.value - then.value) / (figure.value - other.value);
  return explained <= MOST_EXPLAINED && isLarge(definition, figure.value, then.value) ? null : then.value;
}

/** Half as much as the figure itself rests on, so that it is seldom chance that decides; a feature of few answers has its weekends, too. */
function enoughBeside({ minimum }: MetricDefinition, { n }: Figure): number {
  return Math.max(minimum, Math.min(ENOUGH_WITHOUT_PEOPLE, n / 2));
}
