/**
 * Quantiles of an exponential histogram (`expBucketIndex`), in the unit of its values: of N values the one of rank floor(q (N - 1)), counted from 0, told by
 * the middle 2 lo hi / (lo + hi) of its bucket, which is within (base - 1) / (base + 1) of every value in it: 1.08 % at scale 5 (Masson, Rim, Lee, DDSketch,
 * VLDB 2019, 2.2). `bins`: index and count in any order; bins of equal index add up. Null from an empty histogram.
 */
export function histogramQuantile(input: {
  scale: number;
  bins: readonly (readonly [index: number, count: number])[];
  quantiles: readonly number[];
}): { values: (number | null)[] } {
  const bins = input.bins.filter(([, count]) => count > 0).sort(([left], [right]) => left - right);
  const total = bins.reduce((sum, [, count]) => sum + count, 0);
  const values = input.quantiles.map((quantile) => {
    let before = Math.floor(quantile * (total - 1));
    for (const [index, count] of bins) {
      if (before < count) return middle(index, input.scale);
      before -= count;
    }
    return null;
  });
  return { values };
}

function middle(index: number, scale: number): number {
  const low = 2 ** (index / 2 ** scale);
  const base = 2 ** (1 / 2 ** scale);
  return (2 * low * base) / (1 + base);
}
