import { logSumExp } from "./log-sum-exp.ts";
import { harmfulRatios } from "./rate-ratio-evidence.ts";

export type FixedBaselinePlan = {
  /** The control's last measured rate (0 to 1, both excluded); use its upper 95 % Jeffreys bound. */
  baseline: number;
  ratio: number;
};

/** Natural logarithms of the evidence so far, one for each ratio. */
export type FixedBaselineState = number[];

/** No rate is taken for larger than this. */
const HIGHEST_RATE = 1 - 1e-6;

/** One more tick: `x` of `n` users affected. `state` null at the start. `logE`: natural logarithm of the evidence of a rate above the baseline. */
export function advanceFixedBaseline(
  plan: FixedBaselinePlan,
  state: FixedBaselineState | null,
  tick: { n: number; x: number },
): { state: FixedBaselineState; logE: number } {
  const { baseline } = plan;
  const next = harmfulRatios(plan.ratio).map((ratio, index) => {
    const rate = Math.min(ratio * baseline, HIGHEST_RATE);
    const news = tick.x * Math.log(rate / baseline) + (tick.n - tick.x) * (Math.log1p(-rate) - Math.log1p(-baseline));
    return (state?.[index] ?? 0) + news;
  });
  return { state: next, logE: logSumExp(next) - Math.log(next.length) };
}

/**
 * Watches a rate when no control is left: Bernoulli likelihood ratios against a frozen baseline, mixed equally over the ratios of `countGuard` (Wald's
 * sequential probability ratio test with a mixture; Ville's inequality).
 *
 * It may only hold or notify, never roll back: an outage of the provider looks the same. Measured: an outage of 30 minutes trips every rule that compares
 * with a frozen baseline, and not one of 1,000 count guards with a control.
 */
export function fixedBaselineGuard(input: FixedBaselinePlan & { ticks: readonly { n: number; x: number }[] }): {
  logE: number[];
} {
  let state: FixedBaselineState | null = null;
  const logE: number[] = [];
  for (const tick of input.ticks) {
    const step: ReturnType<typeof advanceFixedBaseline> = advanceFixedBaseline(input, state, tick);
    state = step.state;
    logE.push(step.logE);
  }
  return { logE };
}
