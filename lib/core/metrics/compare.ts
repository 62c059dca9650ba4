import { asympCsTwoSided } from "../stats/asymp-cs.ts";
import type { Interval } from "../stats/interval.ts";
import { shareRatio } from "../stats/share-ratio.ts";
import type { MetricDefinition, Unit } from "./definition.ts";
import { effectiveCounts } from "./effective.ts";
import { isEnough } from "./enough.ts";
import type { Figure } from "./figure.ts";
import type { Change, Standing } from "./finding.ts";

export type Compared = { standing: Standing; change: Change | null; p: number | null };

export type Sides = {
  figure: Figure;
  /** Distinct people; null where they are not known. */
  users: number | null;
  other: Figure;
  otherUsers: number | null;
  /** Users of both sides together at which the comparison was planned to be read. */
  planned?: number;
};

/** Accepted chance of ever calling a harmless metric changed, over all looks at it. */
export const ALPHA = 0.05;

/** A smaller change is not called one, however sure: by a factor of 1.05, or, of a share, 2 percentage points (playbook, sections 4 and 5), which are 20 per 1,000. */
const LEAST_FACTOR = Math.log(1.05);
const LEAST_POINTS: Partial<Record<Unit, number>> = { share: 0.02, "per-1000": 20 };
/** "The same" needs proof, too: the whole interval within a factor of 1.1 (the playbook's limit for a segment) and, of a share, 2 points. */
const SAME_FACTOR = Math.log(1.1);

/** An interval that reaches to a thousand times as much tells nobody anything, and is not shown; nor one to ten times where nothing is proved. */
const WIDEST = Math.log(1000);
const WIDEST_UNPROVED = Math.log(10);

/** Planned where people are not known on the other side: then answers stand in for them, as many as independent ones would be. */
const UNKNOWN_PLAN = 1000;

/**
 * Compares two independent figures so that one may look at any time (`asympCsTwoSided` of lib/core/stats; users are what varies, through the figures' errors).
 * The change is judged as a ratio, so that both directions are treated alike: of shares by their likelihood (`shareRatio`), which holds for rare events as for
 * common ones, because the error of a share with next to no events says nothing and must not hide a rise; of other figures on the scale of logarithms (delta method).
 *
 * The interval is narrowest at the planned number of users. Where nobody planned one, it is twice the other side's users: with the 7 days before, those are
 * known before the period begins. Fewer than 50 people (or, where people are not known, too few answers) on a side: `not-enough`.
 */
export function compareFigures(definition: MetricDefinition, sides: Sides): Compared {
  const { figure, other } = sides;
  if (figure.value === null || other.value === null || !enough(definition, sides)) return TOO_LITTLE;
  if (figure.se === null || other.se === null) return { standing: "unsure", change: null, p: null };
  const n = usersOf(sides.users, figure) + usersOf(sides.otherUsers, other);
  const nStar = sides.planned ?? (sides.otherUsers === null ? UNKNOWN_PLAN : 2 * sides.otherUsers);
  const look: Look = (estimate, se) => asympCsTwoSided({ estimate, se, n, nStar, alpha: ALPHA });

  const diff = figure.value - other.value;
  const seDiff = Math.hypot(figure.se, other.se);
  if (seDiff === 0) return { standing: diff === 0 ? "same" : "unsure", change: null, p: null };
  const points = look(diff, seDiff);
  const share = isShare(definition);
  if (!share && (figure.value <= 0 || other.value <= 0)) {
    const standing = isProved(points.ci) ? direction(definition, diff) : diff === 0 ? "same" : "unsure";
    const change = ofPoints(diff, points.ci, other.value);
    return { standing, change: shown(change, isProved(points.ci)), p: points.p };
  }
  const { ci, p } = share
    ? byLikelihood(figure, other, look)
    : look(Math.log(figure.value / other.value), Math.hypot(figure.se / figure.value, other.se / other.value));
  const [low, high] = ci;
  const change = shown({ relative: diff / other.value, low: Math.expm1(low), high: Math.expm1(high) }, isProved(ci));
  if (isProved(ci) && isLarge(definition, figure.value, other.value))
    return { standing: direction(definition, diff), change, p };
  const none = figure.value === 0 && other.value === 0;
  const near = within(ci, SAME_FACTOR) && (!share || within(points.ci, pointsIn(definition)));
  return { standing: none || near ? "same" : "unsure", change, p };
}

type Look = (estimate: number, se: number) => { ci: Interval; halfWidth: number; p: number };

/** The interval of the logarithm of the ratio of two shares, and the chance. */
function byLikelihood(figure: Figure, other: Figure, look: Look): { ci: Interval; p: number } {
  const counts = effectiveCounts(figure, other);
  const { low, high, z } = shareRatio({ ...counts, z: look(0, 1).halfWidth });
  return { ci: [Math.log(low), high === null ? Number.POSITIVE_INFINITY : Math.log(high)], p: look(z, 1).p };
}

/** Whether two figures are far enough apart to be called different, if that is proved: by a factor of 1.05 (as anything is from none), or, of a share, by 2 percentage points. */
export function isLarge({ unit }: Pick<MetricDefinition, "unit">, value: number, other: number): boolean {
  const none = value <= 0 || other <= 0;
  const byFactor = none ? value !== other : Math.abs(Math.log(value / other)) >= LEAST_FACTOR;
  return byFactor || Math.abs(value - other) >= pointsIn({ unit });
}

/** Two percentage points in the metric's own unit; of what is no share, no distance is many points. */
function pointsIn({ unit }: Pick<MetricDefinition, "unit">): number {
  return LEAST_POINTS[unit] ?? Number.POSITIVE_INFINITY;
}

const TOO_LITTLE: Compared = { standing: "not-enough", change: null, p: null };

/** Whether a figure is so many of so many. */
function isShare({ formula }: MetricDefinition): boolean {
  return formula.kind === "share" || formula.kind === "users";
}

function enough(definition: MetricDefinition, { figure, users, other, otherUsers }: Sides): boolean {
  return isEnough(definition, figure, users) && isEnough(definition, other, otherUsers);
}

function usersOf(people: number | null, { n, spread }: Figure): number {
  return people ?? n / spread.designEffect;
}

/** From a difference, where there is no logarithm; null when there is nothing that it could be relative to. */
function ofPoints(diff: number, [low, high]: readonly [number, number], other: number): Change | null {
  if (other <= 0) return null;
  return { relative: diff / other, low: Math.max(-1, low / other), high: high / other };
}

function shown(change: Change | null, proved: boolean): Change | null {
  const widest = proved ? WIDEST : WIDEST_UNPROVED;
  return change === null || Math.log1p(change.high) > widest ? null : change;
}

function isProved([low, high]: readonly [number, number]): boolean {
  return low > 0 || high < 0;
}

function within([low, high]: readonly [number, number], limit: number): boolean {
  return low >= -limit && high <= limit;
}

function direction({ better }: MetricDefinition, diff: number): "worse" | "better" {
  return diff > 0 === (better === "up") ? "better" : "worse";
}
