import { HOUR_MS } from "#lib/core/time.ts";
import { momentOf } from "./calendar.ts";
import type { FeatureStory, Moment, Phase, Rates } from "./story.ts";

type Timed = Phase & { start: number; end: number };

/** Rates of a feature at a moment (epoch ms) in a scenario ("" is none). Kept by the hour, so the same hour gives the same object. */
export type RatesAt = (at: number, scenario: string) => Rates;

/** How the phases of a story change its rates over time; where several touch the same rate, the last one holds. */
export function ratesOf(story: Pick<FeatureStory, "rates" | "phases">, zone: string, now: number): RatesAt {
  const epoch = ([daysAgo, hour]: Moment) => momentOf(zone, now, daysAgo, hour);
  const phases = story.phases.map(
    (phase): Timed => ({ ...phase, start: epoch(phase.from), end: phase.to ? epoch(phase.to) : Infinity }),
  );
  const known = new Map<string, Rates>();
  return (at, scenario) => {
    const hour = Math.floor(at / HOUR_MS);
    const key = `${hour}/${scenario}`;
    let rates = known.get(key);
    if (!rates) {
      rates = mixed(story.rates, phases, (hour + 0.5) * HOUR_MS, scenario);
      known.set(key, rates);
    }
    return rates;
  };
}

function mixed(base: Rates, phases: readonly Timed[], at: number, scenario: string): Rates {
  const rates = { ...base };
  for (const phase of phases) {
    if (phase.scenarios && !phase.scenarios.includes(scenario)) continue;
    const share = strength(phase, at);
    if (share === 0) continue;
    for (const name of Object.keys(phase.rates) as (keyof Rates)[]) {
      rates[name] += share * ((phase.rates[name] ?? rates[name]) - rates[name]);
    }
  }
  return rates;
}

/** 0 outside of a phase, 1 when it is fully there. */
function strength({ start, end, over = 0, fades = 0 }: Timed, at: number): number {
  if (at < start) return 0;
  if (at >= end) return fades > 0 ? Math.max(0, 1 - (at - end) / (fades * HOUR_MS)) : 0;
  return over > 0 ? Math.min(1, (at - start) / (over * HOUR_MS)) : 1;
}
