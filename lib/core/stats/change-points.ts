/** A value with its standard error (above 0, same unit), in order of time. */
export type Measured = { value: number; se: number };

/** A stretch in which the level stayed: index of its first value, and the level, in the unit of the values. */
export type Level = { from: number; value: number };

/** Median of the chi-square distribution with one degree of freedom. */
const MEDIAN_CHI_SQUARE = 0.4549;
/** Price of a change, in squared standard errors for each natural logarithm of the length. */
const PRICE = 3;

/**
 * The levels of a series, oldest first: the division into stretches that leaves the least squared error, every value weighted by its own precision, where
 * each change costs 3 ln n (the first part of the modified BIC: Zhang and Siegmund, Biometrics 63, 2007, 22-32). Found exactly by optimal partitioning
 * (Jackson et al., IEEE Signal Processing Letters 12, 2005, 105-108), O(n²); n is at most a few hundred. One level: nothing changed, as far as can be told.
 *
 * Where neighbours scatter more than their errors allow, all errors are widened by as much (the median of squared differences, which a few changes do not move).
 * A constant series is divided in at most 4% of cases for n from 14 to 192 (simulated).
 */
export function levelsOf(series: readonly Measured[]): Level[] {
  const n = series.length;
  if (n === 0) return [];
  const sums = prefixSums(series);
  const price = PRICE * Math.log(n) * excessScatter(series);
  // best[k]: least cost of the first k values; start[k]: where their last stretch begins.
  const best = [-price];
  const start = [0];
  for (let end = 1; end <= n; end++) {
    best[end] = Number.POSITIVE_INFINITY;
    for (let from = 0; from < end; from++) {
      const cost = (best[from] ?? 0) + price + sums.error(from, end);
      if (cost < (best[end] ?? 0)) [best[end], start[end]] = [cost, from];
    }
  }
  const levels: Level[] = [];
  for (let end = n; end > 0; end = start[end] ?? 0) {
    const from = start[end] ?? 0;
    levels.unshift({ from, value: sums.mean(from, end) });
  }
  return levels;
}

function prefixSums(series: readonly Measured[]) {
  const [weight, first, second] = [[0], [0], [0]];
  series.forEach(({ value, se }, index) => {
    const w = 1 / (se * se);
    weight.push((weight[index] ?? 0) + w);
    first.push((first[index] ?? 0) + w * value);
    second.push((second[index] ?? 0) + w * value * value);
  });
  const between = (sums: readonly number[], from: number, to: number) => (sums[to] ?? 0) - (sums[from] ?? 0);
  return {
    mean: (from: number, to: number) => between(first, from, to) / between(weight, from, to),
    /** Squared distances from the mean, in squared standard errors. */
    error: (from: number, to: number) =>
      Math.max(0, between(second, from, to) - between(first, from, to) ** 2 / between(weight, from, to)),
  };
}

/** By how much the variance of the values exceeds that of their errors: at least 1. */
function excessScatter(series: readonly Measured[]): number {
  const squares = series.slice(1).flatMap(({ value, se }, index) => {
    const before = series[index];
    return before ? [(value - before.value) ** 2 / (se ** 2 + before.se ** 2)] : [];
  });
  if (squares.length === 0) return 1;
  const middle = squares.toSorted((a, b) => a - b)[squares.length >> 1] ?? 0;
  return Math.max(1, middle / MEDIAN_CHI_SQUARE);
}
