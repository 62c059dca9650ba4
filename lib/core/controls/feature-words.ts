import { upperFirst } from "./names.ts";

/**
 * Whether a sentence would stumble over a feature's name as its subject: one that reads as several things ("Call notes") or as the verb itself ("Knowledge answers").
 * Such a name stands as the object, which suits every name: a wrong guess changes the sentence, not its grammar.
 */
function stumbles(name: string): boolean {
  return /\banswers?$/i.test(name) || /[^isu'’]s$/i.test(name);
}

/** Who is answered: "Reply assistant answers every customer.", but "Every customer gets Knowledge answers." */
export function sayWhoGets(name: string, audience: string): string {
  if (!stumbles(name)) return `${name} answers ${audience}.`;
  return `${upperFirst(audience)} ${audience.startsWith("every ") ? "gets" : "get"} ${name}.`;
}

/** That nobody is: "Reply assistant is off.", but "AI is off in Call notes." `why`: ", because ..." or "". */
export function sayOff(name: string, why: string): string {
  return stumbles(name) ? `AI is off in ${name}${why}.` : `${name} is off${why}.`;
}
