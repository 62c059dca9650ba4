import type { Measures } from "./measures.ts";
import { ASSUMED_DESIGN_EFFECT, groupedError, type Quotient } from "./spread.ts";

/** Weights of the parts of the quality score; only their proportion matters. */
export type QualityWeights = { judge: number; feedback: number; completion: number };

export type QualityPart = keyof QualityWeights;

type Part = { weight: QualityPart; name: string; of: (measures: Measures) => Quotient };

const PARTS: readonly Part[] = [
  { weight: "judge", name: "judge score", of: (m) => ({ y: m.judged_sum ?? 0, n: m.judged_n ?? 0 }) },
  {
    weight: "feedback",
    name: "feedback of users",
    of: (m) => {
      const up = m.s_thumbs_up ?? 0;
      return { y: up, n: up + (m.s_thumbs_down ?? 0) + (m.s_regenerated ?? 0) + (m.s_abandoned ?? 0) };
    },
  },
  {
    weight: "completion",
    name: "task completion",
    of: (m) => {
      const completed = m.s_task_completed ?? 0;
      return { y: completed, n: completed + (m.s_task_failed ?? 0) };
    },
  },
];

export type Composite = { value: number; n: number; se: number; note: string | null };

/** `parts`: those that count, all of them or none; all that have data when absent. */
type Made = { weights: QualityWeights; parts?: readonly QualityPart[] };

/**
 * The weighted quality score, 0 to 1. `n`: the smallest denominator of its parts. Parts without data leave the weighting, and `note` says which.
 * Its error is that of the weighted residuals of the groups (linearised as one quotient), or, without groups, of independent parts. Null: no part has data, or one of those that count has none.
 */
export function compositeOf(
  measures: Measures,
  { weights, parts: counting }: Made,
  groups: readonly Measures[],
  designEffect = ASSUMED_DESIGN_EFFECT,
): Composite | null {
  const wanted = PARTS.filter((part) => weights[part.weight] > 0);
  const told = wanted.filter((part) => isTold(part, measures));
  const used = counting === undefined ? told : wanted.filter(({ weight }) => counting.includes(weight));
  // Answers that were asked for again, where nobody gives thumbs, would else be read as a score of 0.
  if (used.length === 0 || used.some((part) => !told.includes(part))) return null;
  const known = used.map((part) => ({ ...part, ...part.of(measures) }));
  const total = known.reduce((sum, part) => sum + weights[part.weight], 0);
  const parts = known.map((part) => ({ ...part, share: weights[part.weight] / total, rate: part.y / part.n }));
  const value = parts.reduce((sum, part) => sum + part.share * part.rate, 0);
  const n = Math.min(...parts.map((part) => part.n));

  const residuals = groups.map((group) => ({
    y: parts.reduce((sum, part) => {
      const own = part.of(group);
      return sum + (part.share * (own.y - part.rate * own.n)) / part.n;
    }, 0),
    n: 1 / groups.length,
  }));
  const alone = parts.reduce((sum, part) => sum + part.share ** 2 * variance(part, measures), 0);
  const se = groupedError(residuals, 1) ?? Math.sqrt(alone * designEffect);
  const left = wanted.filter((part) => !used.includes(part));
  return { value, n, se, note: noteOn(left, told) };
}

/**
 * The parts of which a score is made that stays comparable: those of which both sides have at least `minimum`, or, where nothing is held against it or no part is
 * in both, those of which it has that itself. A score whose parts change moves although nothing did.
 */
export function comparableParts(
  weights: QualityWeights,
  minimum: number,
  measures: Measures,
  held: Measures | null,
): QualityPart[] {
  const wanted = PARTS.filter((part) => weights[part.weight] > 0 && isTold(part, measures));
  const enough = wanted.filter((part) => part.of(measures).n >= minimum);
  const both = enough.filter((part) => held !== null && isTold(part, held) && part.of(held).n >= minimum);
  const [found = []] = [both, enough, wanted].filter((list) => list.length > 0);
  return found.map(({ weight }) => weight);
}

/** Whether anybody reported it: who sends no thumbs has no share of thumbs that are up, however often people ask again. */
function isTold({ weight, of }: Part, measures: Measures): boolean {
  const thumbs = (measures.s_thumbs_up ?? 0) + (measures.s_thumbs_down ?? 0);
  return of(measures).n > 0 && (weight !== "feedback" || thumbs > 0);
}

/** Of the mean of a part, if its answers were independent; for a share with half an event added on both sides, so that it is never 0. */
function variance({ weight, y, n }: Quotient & Pick<Part, "weight">, measures: Measures): number {
  if (weight === "judge") return Math.max(0, (measures.judged_ss ?? 0) / n - (y / n) ** 2) / n;
  const rate = (y + 0.5) / (n + 1);
  return (rate * (1 - rate)) / n;
}

function noteOn(left: readonly Part[], told: readonly Part[]): string | null {
  const silent = left.filter((part) => !told.includes(part));
  const few = left.filter((part) => told.includes(part));
  const notes = [
    silent.length > 0 && `Without ${named(silent)}: nobody reported ${silent.length === 1 ? "it" : "them"}.`,
    few.length > 0 && `Without ${named(few)}: there is too little of ${few.length === 1 ? "it" : "them"} to compare.`,
  ].filter((note) => note !== false);
  return notes.length === 0 ? null : notes.join(" ");
}

function named(parts: readonly Part[]): string {
  return parts.map(({ name }) => name).join(" and ");
}
