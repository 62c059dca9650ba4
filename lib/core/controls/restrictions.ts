import { RUNG_KINDS } from "../decision/constants.ts";
import type { RungKind } from "../decision/effect.ts";
import type { Control } from "../decision/ruleset.ts";

/** What the controls of one scope come to together, each field at its neutral value where none speaks of it. */
export type Restrictions = {
  off: boolean;
  rung: RungKind | null;
  suggest: boolean;
  reviewBelow: number;
  minConfidence: number;
  maxLatencyMs: number;
  holdsFeature: boolean;
  holdsRollout: boolean;
  chainStart: number;
  perHour: number;
  notices: { id: string; text: string; at: number }[];
};

function none(): Restrictions {
  return {
    off: false,
    rung: null,
    suggest: false,
    reviewBelow: 0,
    minConfidence: 0,
    maxLatencyMs: Number.POSITIVE_INFINITY,
    holdsFeature: false,
    holdsRollout: false,
    chainStart: 0,
    perHour: Number.POSITIVE_INFINITY,
    notices: [],
  };
}

/** Meets the effects of controls that share a scope. Stops and reroutes of models are left to whoever knows the chain; an unknown effect is off. */
export function meetRestrictions(controls: readonly Control[]): Restrictions {
  const met = none();
  for (const effect of controls.flatMap((control) => control.effects)) {
    switch (effect.kind) {
      case "serve":
        met.off = true;
        break;
      case "rung":
        if (met.rung === null || RUNG_KINDS.indexOf(effect.rung) > RUNG_KINDS.indexOf(met.rung)) met.rung = effect.rung;
        break;
      case "suggest":
        met.suggest = true;
        break;
      case "reviewBelow":
        met.reviewBelow = Math.max(met.reviewBelow, effect.value);
        break;
      case "minConfidence":
        met.minConfidence = Math.max(met.minConfidence, effect.value);
        break;
      case "maxLatency":
        met.maxLatencyMs = Math.min(met.maxLatencyMs, effect.ms);
        break;
      case "hold":
        if (effect.of === "rollout") met.holdsRollout = true;
        else met.holdsFeature = true;
        break;
      case "chainStart":
        met.chainStart = Math.max(met.chainStart, effect.index);
        break;
      case "rateLimit":
        met.perHour = Math.min(met.perHour, effect.perHour);
        break;
      case "notice":
        if (!met.notices.some((notice) => notice.id === effect.id)) met.notices.push(effect);
        break;
      case "stopModel":
      case "reroute":
        break;
      default:
        met.off = true;
    }
  }
  met.notices.sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
  return met;
}
