import { percent, secondsPhrase, upperFirst } from "./names.ts";
import type { Restrictions } from "./restrictions.ts";
import { RUNG_WORDS } from "./rung-words.ts";

/** Whom restrictions touch, in words: `kind` a scenario ("billing") or "", `who` a cohort ("region DE") or "". `one`, `many`: its outputs ("reply", "replies"). */
export type Place = { kind: string; who: string; one: string; many: string };

/** " for billing cases", " for region DE", " for billing cases in region DE", or "" for everyone. */
export function casesPhrase({ kind, who }: Place): string {
  if (!kind) return who && ` for ${who}`;
  return ` for ${kind} cases${who && ` in ${who}`}`;
}

/** The sentences of what holds in a place, the most drastic first. `beyond`: what holds around it anyway and need not be said again. */
export function restrictionSentences(place: Place, met: Restrictions, beyond?: Restrictions): string[] {
  const kind = place.kind && `${place.kind} `;
  const where = place.who && ` for ${place.who}`;
  const cases = casesPhrase(place);
  const many = `${kind}${place.many}`;
  const said: string[] = [];
  const say = (holds: boolean, sentence: string) => {
    if (holds) said.push(sentence);
  };

  say(met.suggest && !beyond?.suggest, `A person sends every ${kind}${place.one}${where}.`);
  if (!met.suggest && !beyond?.suggest && met.reviewBelow > (beyond?.reviewBelow ?? 0)) {
    if (met.reviewBelow >= 1) said.push(`A person approves every ${kind}${place.one}${where}.`);
    else said.push(`A person approves ${many} we are less than ${percent(met.reviewBelow)} sure of${where}.`);
  }
  say(
    met.minConfidence > (beyond?.minConfidence ?? 0),
    `Only ${many} we are at least ${percent(met.minConfidence)} sure of are shown${where}.`,
  );
  say(
    met.maxLatencyMs < (beyond?.maxLatencyMs ?? Number.POSITIVE_INFINITY),
    `${upperFirst(many)} that take longer than ${secondsPhrase(met.maxLatencyMs / 1000)} fall back${where}.`,
  );
  if (met.rung !== null && met.rung !== beyond?.rung)
    said.push(`Where AI does not answer, the ${RUNG_WORDS[met.rung].fallback} fallback is used${cases}.`);
  say(met.holdsFeature && !beyond?.holdsFeature && cases !== "", `Nobody new gets ${many}${where}.`);
  say(met.holdsRollout && !beyond?.holdsRollout, `Nobody new gets the new release${cases}.`);
  say(
    met.chainStart > (beyond?.chainStart ?? 0),
    `${met.chainStart === 1 ? "The first model is" : `The first ${met.chainStart} models are`} skipped${cases}.`,
  );
  say(
    met.perHour < (beyond?.perHour ?? Number.POSITIVE_INFINITY),
    `Each person has at most ${met.perHour} AI requests per hour${cases}.`,
  );
  for (const notice of met.notices) said.push(`Users${cases} are told: ${notice.text}`);
  return said;
}
