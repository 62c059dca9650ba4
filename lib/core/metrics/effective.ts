import type { Counted } from "../stats/proportion-intervals.ts";
import type { Figure } from "./figure.ts";

/** As many events are lent to each side when it says how much the answers of one user resemble each other: few of its own say little of that, and none nothing. */
const LENT = 8;

/** What two shares are worth as independent answers, for a comparison of the two: neither side is judged more alike than its events can tell. */
export function effectiveCounts(figure: Figure, other: Figure): { treatment: Counted; control: Counted } {
  const [own, its] = [countedOf(figure), countedOf(other)];
  const events = own.events + its.events;
  const together =
    events > 0 ? (own.events * own.alike + its.events * its.alike) / events : Math.max(own.alike, its.alike);
  return { treatment: effective(own, together), control: effective(its, together) };
}

/** `events`: as many independent ones as the side has, by whichever of the two outcomes is rarer; `alike`: its own design effect. */
type Side = Counted & { events: number; alike: number };

function countedOf({ numerator, denominator, spread: { designEffect } }: Figure): Side {
  const n = denominator ?? 0;
  const x = Math.min(numerator ?? 0, n);
  return { x, n, events: (x * (1 - x / n)) / designEffect, alike: designEffect };
}

/** At least one answer is left. */
function effective({ x, n, events, alike }: Side, together: number): Counted {
  const designEffect = Math.min(n, (events * alike + LENT * together) / (events + LENT));
  return { x: x / designEffect, n: n / designEffect };
}
