import { LOG_ZERO, logAdd, logOf, logSumExp } from "./log-sum-exp.ts";
import { type ArmTick, FIRST_SEVERE, harmfulRatios, logRatioEvidence } from "./rate-ratio-evidence.ts";

export type GuardPlan = {
  /** The rule: more than this many times the control's rate. Above 1. */
  ratio: number;
  /** Weight (0 to 1, ours 0.5) of "worse since the start"; the rest is spread over "worse since tick t". */
  startMass: number;
  /** Planned length of the stage, in ticks. */
  horizonTicks: number;
  /** Evidence at which the guard acts: stages x automatic guardrails / accepted chance for the whole rollout; ours 5 x 2 / 1 % = 1000. */
  threshold: number;
};

/** What has been seen, by ratio of `harmfulRatios`: natural logarithms of the products since the start, and of the sum over later starts. Survives JSON. */
export type GuardState = { ticks: number; sinceStart: number[]; sinceLater: number[] };

export type GuardDecision = "CONTINUE" | "HOLD" | "ROLLBACK";

/** `logE`: natural logarithm of the evidence of harm. `severe` (0 to 1): how much of it speaks for "at least the rule's ratio". */
export type GuardReading = { logE: number; severe: number; decision: GuardDecision };

/** The state at the start of a stage, or after a person accepted the risk of a HOLD. */
export function startGuard(plan: GuardPlan): GuardState {
  const ratios = harmfulRatios(plan.ratio);
  return { ticks: 0, sinceStart: ratios.map(() => 0), sinceLater: ratios.map(() => LOG_ZERO) };
}

/**
 * One more tick. Ticks that were missed are merged: their counts added up, `elapsed` of them at once. The order of arrival counts and a tick is never
 * rewritten. An empty tick advances the clock only.
 */
export function advanceGuard(plan: GuardPlan, state: GuardState, tick: ArmTick, elapsed = 1): GuardState {
  const ticks = state.ticks + elapsed;
  const newTicks = Math.min(ticks, plan.horizonTicks) - Math.min(state.ticks, plan.horizonTicks);
  const restart = logOf(((1 - plan.startMass) / plan.horizonTicks) * newTicks);
  const sinceStart = [...state.sinceStart];
  const sinceLater = [...state.sinceLater];
  for (const [index, ratio] of harmfulRatios(plan.ratio).entries()) {
    const news = logRatioEvidence(tick, ratio, 1);
    sinceStart[index] = (sinceStart[index] ?? 0) + news;
    const later = sinceLater[index] ?? LOG_ZERO;
    sinceLater[index] = (newTicks > 0 ? logAdd(later, restart) : later) + news;
  }
  return { ticks, sinceStart, sinceLater };
}

/** What a state says. */
export function readGuard(plan: GuardPlan, state: GuardState): GuardReading {
  const mixed = state.sinceStart.map((log, index) =>
    logAdd(logOf(plan.startMass) + log, state.sinceLater[index] ?? LOG_ZERO),
  );
  const sum = logSumExp(mixed);
  const severe = Math.exp(logSumExp(mixed.slice(FIRST_SEVERE)) - sum);
  const unspent = (1 - plan.startMass) * (1 - Math.min(state.ticks, plan.horizonTicks) / plan.horizonTicks);
  const logE = logAdd(sum - Math.log(mixed.length), logOf(unspent));
  const proven = logE >= Math.log(plan.threshold);
  return { logE, severe, decision: proven ? (severe >= 0.5 ? "ROLLBACK" : "HOLD") : "CONTINUE" };
}

/**
 * Guards a rare yes-or-no event (error, safety filter, escalation, a call slower than a limit) while a release is rolled out: evidence that users of the
 * treatment are affected at a higher rate than those of the control of the same time. A mixture over `harmfulRatios` and over the tick since when (Shin,
 * Ramdas, Rinaldo, e-detectors, in Shiryaev-Roberts form) of `logRatioEvidence`. A supermartingale under "not worse", so by Ville's inequality the chance that
 * a harmless stage ever reaches `threshold` is at most 1/threshold, however often one looks.
 *
 * Exact when assignment is random and sticky and users do not affect each other; a change of how much people use the product disturbs it slightly (measured:
 * half the use in the treatment, 0.25 % false alarms per stage). One user raises the evidence by at most 15 x ratio, so with a ratio of 2 and a threshold of
 * 1000 at least three must be hit; for larger ratios the caller asks for three affected users itself before it acts.
 * Where traffic is sparse, gather ticks first (`gatherTick`): few decisions in a tick cost much power.
 * HOLD: harm is proven but below the rule; keep evaluating. `firstDecision` is the first that is not CONTINUE, `atTick` its tick, counted from 1.
 */
export function countGuard(input: GuardPlan & { ticks: readonly ArmTick[] }): {
  logE: number[];
  severe: number[];
  firstDecision: GuardDecision;
  atTick: number | null;
} {
  let state = startGuard(input);
  const readings = input.ticks.map((tick) => {
    state = advanceGuard(input, state, tick);
    return readGuard(input, state);
  });
  const at = readings.findIndex(({ decision }) => decision !== "CONTINUE");
  return {
    logE: readings.map(({ logE }) => logE),
    severe: readings.map(({ severe }) => severe),
    firstDecision: readings[at]?.decision ?? "CONTINUE",
    atTick: at < 0 ? null : at + 1,
  };
}
