import type { Interval, Verdict } from "./interval.ts";

/**
 * The answer of a gate from an interval of the change (treatment against control) and a margin in the same unit, above 0: how much worse is still accepted.
 * `n` observations of at least `minN`. PASS: the whole interval is on the good side of the margin; FAIL: the whole interval is beyond it. To be asked at any
 * time, the interval must be one that holds at every look (`asympCsTwoSided`, `asympCsOneSided`, `betaBinomialCs`). Source: our definition.
 */
export function gateVerdict(input: {
  n: number;
  minN: number;
  ci: Interval;
  margin: number;
  higherIsBetter: boolean;
}): { verdict: Verdict } {
  const { n, minN, ci, margin, higherIsBetter } = input;
  const [worst, best] = higherIsBetter ? ci : [-ci[1], -ci[0]];
  if (n < minN) return { verdict: "NOT_ENOUGH_DATA" };
  if (worst > -margin) return { verdict: "PASS" };
  return { verdict: best < -margin ? "FAIL" : "NOT_ENOUGH_DATA" };
}
