import { RUNG_KINDS } from "../decision/constants.ts";
import type { Effect, RungKind } from "../decision/effect.ts";
import { pickRung } from "../decision/fallback.ts";
import { prepareLadder } from "../decision/prepare-ladder.ts";
import type { Rung, Scope } from "../decision/ruleset.ts";
import { find, lowerFirst, type Names, percent, secondsPhrase } from "./names.ts";
import { RUNG_WORDS } from "./rung-words.ts";

/** What customers see instead: a sentence, and the approved text itself where there is one. */
export type Sees = { sentence: string; text: string | null };

/** What customers see while these effects hold in that scope; the most drastic effect decides the sentence. */
export function seesOf(effects: readonly Effect[], scope: Scope, names: Names): Sees {
  const fallback = fallbackSeen(effects, scope, names);
  const plain = (sentence: string): Sees => ({ sentence, text: null });
  const instead = (before: string): Sees => ({ sentence: `${before} see ${fallback.seen}.`, text: fallback.text });
  for (const kind of DRASTIC_FIRST) {
    const effect = effects.find((candidate) => candidate.kind === kind);
    switch (effect?.kind) {
      case "serve":
      case "rung":
        return instead("Customers");
      case "hold":
        if (effect.of === "feature") return instead("Customers who have not had it yet");
        return plain("Customers who have not had the new release keep the current one.");
      case "stopModel":
        return plain("Customers get answers from the models that are left, and the approved fallback where none is.");
      case "minConfidence":
        return instead(`Where we are less than ${percent(effect.value)} sure, customers`);
      case "suggest":
        return plain("Customers get what a person sends. AI only suggests it.");
      case "reviewBelow":
        if (effect.value >= 1) return plain("Customers get an AI answer only after a person has approved it.");
        return plain(
          `Where we are less than ${percent(effect.value)} sure, customers wait until a person has approved the answer.`,
        );
      case "rateLimit":
        return plain(
          "Customers above the limit get answers from the last model of the chain, and after that the approved fallback.",
        );
      case "maxLatency":
        return instead(`After ${secondsPhrase(effect.ms / 1000)}, customers`);
      case "reroute":
        return plain(`Customers still get AI answers, made by ${rerouteTarget(effect.to, names)}.`);
      case "chainStart":
        return plain("Customers still get AI answers, made by a later model of the chain.");
      case "notice":
        return { sentence: "Customers see this notice.", text: effect.text };
      default:
    }
  }
  return instead("Customers");
}

/** Every kind of effect, the one that changes most for customers first. */
const DRASTIC_FIRST: readonly Effect["kind"][] = [
  "serve",
  "rung",
  "hold",
  "stopModel",
  "minConfidence",
  "suggest",
  "reviewBelow",
  "rateLimit",
  "maxLatency",
  "reroute",
  "chainStart",
  "notice",
];

function rerouteTarget(to: { provider: string; model?: string }, names: Names): string {
  const provider = find(names.providers, to.provider);
  const model = find(provider?.models ?? {}, to.model);
  return model ?? provider?.name ?? "another model";
}

/** "the approved billing template" with its text; where kinds of case differ, the words for all of them and no text. */
function fallbackSeen(effects: readonly Effect[], scope: Scope, names: Names): { seen: string; text: string | null } {
  const feature = find(names.features, scope.feature);
  if (!feature) return { seen: "each feature's approved fallback", text: null };
  const scenario = find(feature.scenarios, scope.scenario);
  if (!scenario && Object.keys(feature.scenarios).length > 0) {
    const forced = effects.find((effect) => effect.kind === "rung");
    if (forced?.kind === "rung") return { seen: `${RUNG_WORDS[forced.rung].seen} for their kind of case`, text: null };
    return { seen: "the approved fallback for their kind of case", text: null };
  }
  const served = rungServed(scenario?.ladder ?? feature.ladder ?? [], effects);
  const { seen } = RUNG_WORDS[served.rung];
  return {
    seen: scenario ? seen.replace("approved ", `approved ${lowerFirst(scenario.name)} `) : seen,
    text: find(names.texts, served.content) ?? null,
  };
}

/** The rung that is served under these effects, by the rules of `decide`. Hours of people are left out of account: a sentence outlives the hour. */
function rungServed(ladder: readonly Rung[], effects: readonly Effect[]): { rung: RungKind; content: string } {
  const quality = effects.some((effect) => effect.kind === "serve" && effect.cause === "quality");
  const rungs = effects.reduce(
    (bits, effect) => (effect.kind === "rung" ? bits | (1 << RUNG_KINDS.indexOf(effect.rung)) : bits),
    0,
  );
  return pickRung(prepareLadder(ladder.map(({ kind, content }) => ({ kind, content }))), rungs, quality, 0);
}
