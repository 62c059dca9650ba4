import betaln from "@stdlib/math-base-special-betaln";
import betaCdf from "@stdlib/stats-base-dists-beta-cdf";
import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";

/** a (1 + successes of users) and b (1 + failures) of a beta posterior. */
export type Posterior = readonly [a: number, b: number];

/**
 * Shares of traffic for the arms of a bandit: the chance that each arm is the best, mixed with `floor` for each arm, weight = floor + (1 - arms x floor) x
 * P(best) (Thompson, Biometrika 25, 1933, 285-294; the additive floor as in GrowthBook). P(best) is the integral of f_i times the product of the other F_j,
 * by quadrature: no random numbers, agrees with adaptive quadrature to 1e-7. `floor` at most 1 / arms; ours 10 % for 2 or 3 arms, 5 % for more.
 *
 * Successes are users', one each. Before the first update: equal shares for at least 3 days, 100 users and 40 successes in each arm; then daily at most.
 * Data of a bandit's time are never used for p-values.
 */
export function thompsonAllocation(input: { posteriors: readonly Posterior[]; floor: number }): {
  pBest: number[];
  weights: number[];
} {
  const { posteriors, floor } = input;
  const borders = panelBorders(posteriors);
  const raw = posteriors.map((_, arm) => chanceOfBest(arm, posteriors, borders));
  const sum = raw.reduce((total, chance) => total + chance, 0);
  const pBest = raw.map((chance) => chance / sum);
  return { pBest, weights: pBest.map((chance) => floor + (1 - posteriors.length * floor) * chance) };
}

/** Where panels end: quantiles of every arm, so that no arm's rise falls between the nodes. Beyond the outermost lies nothing that counts. */
const PROBABILITIES = [1e-13, 1e-9, 1e-5, 1e-3, 0.05, 0.3, 0.7, 0.95, 0.999, 1 - 1e-5, 1 - 1e-9, 1 - 1e-13];
const LOWEST = 1e-300;
const HIGHEST = 1 - 2 ** -53;

/** In log odds, t = ln(x / (1 - x)), in which the integrand is smooth for every a and b. */
function panelBorders(posteriors: readonly Posterior[]): number[] {
  const quantiles = posteriors.flatMap(([a, b]) => PROBABILITIES.map((p) => betaQuantile(p, a, b)));
  const shares = quantiles.map((share) => Math.min(HIGHEST, Math.max(LOWEST, share)));
  return [...new Set(shares.map((share) => Math.log(share / (1 - share))))].sort((left, right) => left - right);
}

function chanceOfBest(arm: number, posteriors: readonly Posterior[], borders: readonly number[]): number {
  const [a, b] = posteriors[arm] ?? [1, 1];
  const logBeta = betaln(a, b);
  const integrand = (t: number) => {
    const density = Math.exp(-a * Math.log1p(Math.exp(-t)) - b * Math.log1p(Math.exp(t)) - logBeta);
    if (density < NEGLIGIBLE) return 0;
    const share = 1 / (1 + Math.exp(-t));
    return posteriors.reduce((product, [otherA, otherB], other) => {
      return other === arm ? product : product * betaCdf(share, otherA, otherB);
    }, density);
  };
  let sum = 0;
  for (const [index, end] of borders.entries()) {
    const start = borders[index - 1];
    if (start !== undefined) sum += gaussLegendre(integrand, start, end);
  }
  return sum;
}

const NEGLIGIBLE = 1e-18;

/** Nodes and weights of 10-point Gauss-Legendre quadrature on [-1, 1], the positive half (Abramowitz, Stegun, table 25.4). */
const NODES = [
  [0.14887433898163122, 0.29552422471475287],
  [0.4333953941292472, 0.26926671930999635],
  [0.6794095682990244, 0.21908636251598204],
  [0.8650633666889845, 0.1494513491505806],
  [0.9739065285171717, 0.06667134430868814],
] as const;

function gaussLegendre(integrand: (t: number) => number, start: number, end: number): number {
  const centre = (start + end) / 2;
  const half = (end - start) / 2;
  const sum = NODES.reduce((total, [node, weight]) => {
    return total + weight * (integrand(centre - half * node) + integrand(centre + half * node));
  }, 0);
  return sum * half;
}
