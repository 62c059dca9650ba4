import { featureFilterName, rolloutFilterName } from "../compile/filter-names.ts";
import type { Effect, RungKind } from "../decision/effect.ts";

/** What a template is filled with once its params were checked: every one that it needs is there. `at`: epoch ms, orders notices. */
export type Filled = {
  feature: string;
  toProvider: string;
  toModel: string;
  rung: RungKind;
  confidence: number;
  seconds: number;
  steps: number;
  perHour: number;
  text: { key: string; text: string };
  at: number;
};

/** What templates compile to, by name. */
export const EFFECT_MAKERS = {
  stop: () => [{ kind: "serve", cause: "quality" }],
  rung: ({ rung }) => [
    { kind: "serve", cause: rung === "cached" ? "availability" : "quality" },
    { kind: "rung", rung },
  ],
  review: () => [{ kind: "reviewBelow", value: 1 }],
  reviewUnsure: ({ confidence }) => [{ kind: "reviewBelow", value: confidence }],
  suggest: () => [{ kind: "suggest" }],
  confidence: ({ confidence }) => [{ kind: "minConfidence", value: confidence }],
  latency: ({ seconds }) => [{ kind: "maxLatency", ms: Math.max(1, Math.round(seconds * 1000)) }],
  holdFeature: ({ feature }) => [{ kind: "hold", of: "feature", filter: featureFilterName(feature) }],
  holdRollout: ({ feature }) => [{ kind: "hold", of: "rollout", filter: rolloutFilterName(feature) }],
  stopModel: () => [{ kind: "stopModel" }],
  rerouteProvider: ({ toProvider }) => [{ kind: "reroute", to: { provider: toProvider } }],
  rerouteModel: ({ toProvider, toModel }) => [{ kind: "reroute", to: { provider: toProvider, model: toModel } }],
  chainStartOne: () => [{ kind: "chainStart", index: 1 }],
  chainStart: ({ steps }) => [{ kind: "chainStart", index: steps }],
  rateLimit: ({ perHour }) => [{ kind: "rateLimit", perHour }],
  notice: ({ text, at }) => [{ kind: "notice", id: text.key, text: text.text, at }],
} as const satisfies Record<string, (filled: Filled) => Effect[]>;

export type EffectMaker = keyof typeof EFFECT_MAKERS;
