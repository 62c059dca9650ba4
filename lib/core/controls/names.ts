import type { Rung } from "../decision/ruleset.ts";

/** A scenario as sentences need it. `ladder` tells what its customers see instead of AI. */
type ScenarioNames = { name: string; ladder?: readonly Rung[] };

/** A feature as sentences need it. `outputName`: what its outputs are called, plural: "AI replies". */
type FeatureNames = {
  name: string;
  outputName: string;
  ladder?: readonly Rung[];
  scenarios: Readonly<Record<string, ScenarioNames>>;
};

/** Display names by key: what an operator reads in the place of keys. `texts`: approved texts, of rungs and of notices. */
export type Names = {
  features: Readonly<Record<string, FeatureNames>>;
  cohorts: Readonly<Record<string, string>>;
  providers: Readonly<Record<string, { name: string; models: Readonly<Record<string, string>> }>>;
  texts: Readonly<Record<string, string>>;
};

/** An own entry of a lookup; never what an object inherits. */
export function find<T>(table: Readonly<Record<string, T>>, key: string | undefined): T | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

/** "Billing" inside a sentence: "billing". What is written in capitals stays: "VAT". */
export function lowerFirst(name: string): string {
  return /^\p{Lu}(?!\p{Lu})/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

/** "billing" at the start of a sentence: "Billing". */
export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A cohort in a sentence: "cohort Enterprise", but "region DE" for one that is named as a region. */
export function cohortPhrase(name: string): string {
  return /^region\s/i.test(name) ? lowerFirst(name) : `cohort ${name}`;
}

/** One of a feature's outputs, without "AI": "AI replies" gives "reply". */
export function oneOutput(outputName: string): string {
  const plural = outputName.replace(/^AI\s+/, "");
  if (/[^aeiou]ies$/i.test(plural)) return plural.replace(/ies$/i, "y");
  return /[^s]s$/i.test(plural) ? plural.slice(0, -1) : plural;
}

/** 0.8 as "80%", at most one decimal. */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}

/** 4 as "4 seconds", 1 as "1 second", 0.5 as "0.5 seconds". */
export function secondsPhrase(seconds: number): string {
  return `${seconds} ${seconds === 1 ? "second" : "seconds"}`;
}
