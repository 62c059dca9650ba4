/** Numbers that look random and are the same every time. */
export type Random = {
  /** At least 0, below 1. */
  uniform(): number;
  /** A count with this mean. For means below about 500. */
  poisson(mean: number): number;
  /** How many of `n` happen, each with chance `p`. */
  binomial(n: number, p: number): number;
};

/** A generator from a seed: sfc32 (Chris Doty-Humphrey, PractRand), its first numbers thrown away. */
export function seededRandom(seed: number): Random {
  let a = seed | 0;
  let b = 0x9e3779b9;
  let c = 0x243f6a88;
  let counter = 1;
  const uniform = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let skipped = 0; skipped < 20; skipped++) uniform();

  const poisson = (mean: number) => {
    const least = Math.exp(-mean);
    let count = 0;
    for (let product = uniform(); product > least; product *= uniform()) count += 1;
    return count;
  };

  /** By the gaps between one success and the next, which are geometric: cheap for rare events. */
  const binomial = (n: number, p: number) => {
    if (p <= 0 || n <= 0) return 0;
    const scale = Math.log1p(-p);
    let count = 0;
    for (let at = gap(scale); at < n; at += 1 + gap(scale)) count += 1;
    return count;
  };
  const gap = (scale: number) => Math.floor(Math.log(1 - uniform()) / scale);
  return { uniform, poisson, binomial };
}
