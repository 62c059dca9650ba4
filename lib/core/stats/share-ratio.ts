import { edge } from "./edge.ts";
import type { Counted } from "./proportion-intervals.ts";

type Input = {
  control: Counted;
  treatment: Counted;
  /** How many standard normal errors away the ends of the interval are: 1.96 for one look at 95%; more for any number of looks. */
  z: number;
};

/**
 * The ratio of two shares by their likelihood, which needs no error of a share, and so also tells what few events or none say. `z`: signed root of twice the logarithm
 * of the likelihood ratio against equal shares. It is nearly normal where events are few and the sides unlike in size, and only grows as the smaller share loses events.
 * `low`, `high`: the ratios treatment / control that are no further than `z` from it (profile likelihood; the shares at a given ratio after Miettinen and Nurminen,
 * Statistics in Medicine 4, 1985, 213-226); `high` null where nothing bounds it. Counts may be fractions, as effective ones are. Without events on any side z is 0.
 */
export function shareRatio({ control, treatment, z }: Input): { z: number; low: number; high: number | null } {
  const best = logLikelihood(treatment, treatment.x / treatment.n) + logLikelihood(control, control.x / control.n);
  const distance = (ratio: number) => {
    const share = controlShare(ratio, control, treatment);
    const there = logLikelihood(treatment, Math.min(1, ratio * share)) + logLikelihood(control, share);
    return Math.sqrt(Math.max(0, 2 * (best - there)));
  };
  const end = (direction: 1 | -1) =>
    Math.exp(edge(logRatio(control, treatment), direction, (at) => distance(Math.exp(at)) > z));
  return {
    z: Math.sign(treatment.x * control.n - control.x * treatment.n) * distance(1),
    low: treatment.x === 0 ? 0 : end(-1),
    high: control.x === 0 ? null : end(1),
  };
}

/** Where the likelihood is greatest; without events on one side, any ratio on the way there. */
function logRatio(control: Counted, treatment: Counted): number {
  return Math.log((treatment.x || 0.5) / treatment.n) - Math.log((control.x || 0.5) / control.n);
}

/** The most likely share of the control, were the ratio this: the smaller root of a quadratic equation, written so that small shares keep their precision. */
function controlShare(ratio: number, control: Counted, treatment: Counted): number {
  const events = control.x + treatment.x;
  const b = ratio * (treatment.n + control.x) + treatment.x + control.n;
  return (2 * events) / (b + Math.sqrt(Math.max(0, b * b - 4 * ratio * (control.n + treatment.n) * events)));
}

function logLikelihood({ x, n }: Counted, share: number): number {
  return (x > 0 ? x * Math.log(share) : 0) + (n > x ? (n - x) * Math.log1p(-share) : 0);
}
