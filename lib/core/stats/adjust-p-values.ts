export type Adjusted = {
  /** In the order of the input, at most 1: compare with `alpha`. */
  adjusted: number[];
  reject: boolean[];
};

/**
 * Holm's step-down procedure: the chance of even one false rejection stays below `alpha`, whatever the dependence (Scandinavian Journal of Statistics 6, 1979,
 * 65-70). For segments that may each block a gate.
 */
export function holm(input: { p: readonly number[]; alpha: number }): Adjusted {
  const count = input.p.length;
  let highest = 0;
  return inOrder(input, (value, index) => {
    highest = Math.max(highest, Math.min(1, value * (count - index)));
    return highest;
  });
}

/**
 * Benjamini and Hochberg's step-up procedure: of all rejections a share of at most `alpha` is false on average (Journal of the Royal Statistical Society B 57,
 * 1995, 289-300; independent or positively dependent tests). For lists of secondary metrics, not for guardrails.
 */
export function benjaminiHochberg(input: { p: readonly number[]; alpha: number }): Adjusted {
  const count = input.p.length;
  const falling = [...input.p].sort((left, right) => right - left);
  let lowest = 1;
  const byRank = falling.map((value, index) => {
    lowest = Math.min(lowest, (value * count) / (count - index));
    return lowest;
  });
  return inOrder(input, (_, index) => byRank[count - 1 - index] ?? 1);
}

/** Adjusts p-values from the smallest to the largest and puts them back in the order of the input. */
function inOrder(
  { p, alpha }: { p: readonly number[]; alpha: number },
  adjust: (value: number, index: number) => number,
): Adjusted {
  const adjusted = p.map(() => 1);
  const rising = [...p.entries()].sort(([, left], [, right]) => left - right);
  for (const [index, [position, value]] of rising.entries()) adjusted[position] = adjust(value, index);
  return { adjusted, reject: adjusted.map((value) => value <= alpha) };
}
