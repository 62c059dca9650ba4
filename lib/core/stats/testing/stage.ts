import { advanceGuard, type GuardDecision, type GuardPlan, readGuard, startGuard } from "../count-guard.ts";
import { type Gathered, gatherTick } from "../gather-ticks.ts";
import type { ArmTick } from "../rate-ratio-evidence.ts";
import type { Random } from "./random.ts";

/** Checks in a day, one every ten seconds. */
export const TICKS_PER_DAY = 8_640;

/** A stage of seven planned days under the default rule "2 times" and the default evidence. */
export const PLAN: GuardPlan = { ratio: 2, startMass: 0.5, horizonTicks: 7 * TICKS_PER_DAY, threshold: 1000 };

export type Traffic = {
  /** Treatment calls a day. */
  perDay: number;
  /** Control calls for each treatment call. */
  controls: number;
  /** Chance of the event in the control, of one call. */
  base: number;
};

/** What arrives in one tick, every call from a user of its own; `ratio` times the event in the treatment, `outage` times in both arms. */
export function drawTick(random: Random, { perDay, controls, base }: Traffic, ratio: number, outage = 1): ArmTick {
  const nT = random.poisson(perDay / TICKS_PER_DAY);
  const nC = random.poisson((perDay * controls) / TICKS_PER_DAY);
  const xT = random.binomial(nT, Math.min(1, base * ratio * outage));
  return { nT, xT, nC, xC: random.binomial(nC, Math.min(1, base * outage)) };
}

export type Stage = {
  ratio: number;
  ticks: number;
  until: readonly GuardDecision[];
  /** The tick from which on the treatment is `ratio` times as bad. */
  from?: number;
  /** How many times as bad both arms are in a tick. */
  outage?: (tick: number) => number;
  /** Whether ticks are gathered while traffic is sparse. */
  gather?: boolean;
};

/** Runs a guard for `ticks` ticks, or until it decides one of `until`. `calls`: treatment calls since tick `from`. */
export function runStage(random: Random, traffic: Traffic, stage: Stage): { decision: GuardDecision; calls: number } {
  const { from = 0, gather = false } = stage;
  let state = startGuard(PLAN);
  let pending: Gathered | null = null;
  let calls = 0;
  for (let at = 0; at < stage.ticks; at++) {
    const tick = drawTick(random, traffic, at < from ? 1 : stage.ratio, stage.outage?.(at));
    if (at >= from) calls += tick.nT;
    const { gathered, ready }: { gathered: Gathered; ready: boolean } = gatherTick(pending, tick);
    pending = gather && !ready ? gathered : null;
    if (pending !== null) continue;
    state = advanceGuard(PLAN, state, gathered, gathered.elapsed);
    // Without an event of the treatment the evidence does not rise.
    if (gathered.xT === 0) continue;
    const { decision } = readGuard(PLAN, state);
    if (stage.until.includes(decision)) return { decision, calls };
  }
  return { decision: "CONTINUE", calls };
}

/** The smallest value that at least `share` of all values do not exceed. */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
