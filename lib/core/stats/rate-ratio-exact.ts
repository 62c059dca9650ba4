import { binomialLowerTail, binomialUpperTail } from "./tails.ts";

/**
 * Exact test of a ratio of two rates for one planned look: given all events together, the treatment's are binomial with chance
 * `theta0` = ratio nT / (ratio nT + nC) (Przyborowski, Wilenski, Biometrika 31, 1940, 313-323). `x`: users with the event; `n`: users, or calls, at risk.
 * `greater` claims a rate above `ratio` times the control's, `less` one below it. `ratioEstimate` is null when the control has no events, for it has no bound.
 */
export function rateRatioExact(input: {
  xT: number;
  nT: number;
  xC: number;
  nC: number;
  ratio: number;
  alternative: "greater" | "less";
}): { theta0: number; p: number; ratioEstimate: number | null } {
  const { xT, nT, xC, nC, ratio } = input;
  const theta0 = (ratio * nT) / (ratio * nT + nC);
  const events = xT + xC;
  const tail = input.alternative === "greater" ? binomialUpperTail : binomialLowerTail;
  return { theta0, p: tail(xT, events, theta0), ratioEstimate: xC === 0 || nT === 0 ? null : xT / nT / (xC / nC) };
}
