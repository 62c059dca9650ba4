import betaln from "@stdlib/math-base-special-betaln";
import { betaBinomialCs } from "../stats/beta-binomial-cs.ts";
import type { MetricDefinition } from "./definition.ts";
import type { Figure } from "./figure.ts";
import type { Finding } from "./finding.ts";
import { formatValue } from "./format.ts";

/** Accepted chance of ever calling a limit broken that is kept, over all looks (`statistics` 2.14). */
const ALPHA = 0.01;
/** Of the mixture over possible shares. */
const PRIOR = 0.5;

/**
 * A share against its fixed limit, safe to look at any time (`betaBinomialCs`): `worse` when proved beyond it, `same` when proved to keep it, else `unsure`.
 * Counts as many answers as independent ones would be, because answers of one user resemble each other. `recent`: the figure of the last hours, taken where the
 * limit is meant for so many. The figure returned carries the interval that this rests on. Null: the metric has no limit, or nothing was counted.
 */
export function againstLine(
  definition: MetricDefinition,
  whole: Figure,
  recent?: Figure,
): Omit<Finding, "change" | "outlook" | "weekAgo"> | null {
  const limit = definition.comparisons.find((each) => each.with === "line");
  if (limit?.with !== "line") return null;
  const inLast = limit.hours !== null && recent !== undefined ? limit.hours : null;
  const figure = inLast !== null && recent !== undefined ? recent : whole;
  const { numerator, denominator, spread } = figure;
  if (numerator === null || denominator === null || denominator <= 0) return null;
  const n = denominator / spread.designEffect;
  const x = Math.min(numerator, denominator) / spread.designEffect;
  const { lower, upper } = betaBinomialCs({ x, n, a: PRIOR, b: PRIOR, alpha: ALPHA });
  const [beyond, kept] =
    definition.better === "down" ? [lower > limit.line, upper < limit.line] : [upper < limit.line, lower > limit.line];
  return {
    figure: { ...figure, low: lower, high: upper },
    inLast,
    standing: beyond ? "worse" : kept ? "same" : "unsure",
    held: "line",
    against: { label: `the limit of ${formatValue(limit.line, definition.unit)}`, value: limit.line },
    p: Math.min(1, Math.exp(-logEvidence(x, n, limit.line))),
  };
}

/** Natural logarithm of the evidence against a share of exactly `limit` (beta-binomial mixture, Robbins 1970). */
function logEvidence(x: number, n: number, limit: number): number {
  return betaln(PRIOR + x, PRIOR + n - x) - betaln(PRIOR, PRIOR) - x * Math.log(limit) - (n - x) * Math.log1p(-limit);
}
