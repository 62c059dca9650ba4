import { RUNG_KINDS } from "../decision/constants.ts";
import type { RungKind } from "../decision/effect.ts";

/** A rung before the word "fallback" ("Use template fallback"), and as what customers see. */
export const RUNG_WORDS: Record<RungKind, { fallback: string; seen: string }> = {
  cached: { fallback: "saved-answer", seen: "an earlier answer to the same question" },
  template: { fallback: "template", seen: "the approved template" },
  static: { fallback: "fixed-text", seen: "the approved fixed text" },
  manual: { fallback: "manual", seen: "the way without AI" },
  person: { fallback: "hand-over", seen: "that a person takes over" },
};

/** Whether it names a kind of rung. */
export function isRungKind(rung: string | undefined): rung is RungKind {
  return RUNG_KINDS.some((kind) => kind === rung);
}

/** "template", as in "Use template fallback"; "" for what is no rung. */
export function fallbackWord(rung: string | undefined): string {
  return isRungKind(rung) ? RUNG_WORDS[rung].fallback : "";
}
