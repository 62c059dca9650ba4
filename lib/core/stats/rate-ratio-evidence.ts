/**
 * What one tick brought, in both arms (T treatment, C control) of one stage. Of the decisions, those by users without such an event before
 * the tick; of the events, the first of a user in this stage. Counting calls instead of users alarms falsely in 42 to 48 % of harmless rollouts (measured).
 */
export type ArmTick = { nT: number; xT: number; nC: number; xC: number };

/**
 * Rate ratios that a rule "more than `ratio` times the control" is weighed at, equally. From the third on they break the rule; the border lies between
 * ratio^(2/3) and ratio, for "2 times" at about 1.8.
 */
export function harmfulRatios(ratio: number): number[] {
  return [ratio ** (1 / 3), ratio ** (2 / 3), ratio, 1.5 * ratio, 2.5 * ratio, 5 * ratio, 15 * ratio];
}

/** Index in `harmfulRatios` of the first that breaks the rule. */
export const FIRST_SEVERE = 2;

/**
 * Natural logarithm of how much likelier a tick is when the treatment's rate is `alternative` times the control's than when it is `assumed` times: which arm
 * was the next affected user in? The partial likelihood ratio of Cox, as in Lindon and Malek (arXiv:2011.03567) and the anytime-valid logrank test
 * (ter Schure, Pérez-Ortiz, Ly, Grünwald, NEJSDS 2024). A rate that moves in both arms cancels out. No traffic in an arm: no information, 0.
 */
export function logRatioEvidence(tick: ArmTick, alternative: number, assumed: number): number {
  const events = tick.xT + tick.xC;
  if (events === 0 || tick.nT <= 0 || tick.nC <= 0) return 0;
  const share = tick.nT / (tick.nT + tick.nC);
  const scale = Math.log1p(share * (alternative - 1)) - Math.log1p(share * (assumed - 1));
  return tick.xT * Math.log(alternative / assumed) - events * scale;
}
