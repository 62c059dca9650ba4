import type { Decision, DecisionContext, DecisionInputs } from "./decision.ts";
import { isRecord } from "./json.ts";
import type { Ruleset } from "./ruleset.ts";

/**
 * One conformance case. `expected` is a partial decision: objects are compared by the fields it names, lists and values exactly
 * (in `because`, each reason by the fields it names).
 */
export type DecisionCase = {
  name: string;
  /** A ruleset, a key into the file's `rulesets`, or changes of one: `set` maps paths (`controls/c1`, `features/f/on`) to new values, `removed` lists paths. */
  ruleset: unknown;
  feature: string;
  context: DecisionContext;
  inputs: DecisionInputs;
  expected: Partial<Decision>;
  /** False where the ruleset breaks its schema on purpose. */
  valid?: boolean;
};

export type CaseFile = { rulesets: Record<string, unknown>; cases: DecisionCase[] };

/** Reads a case file: the object that `cases.json` is, or a bare list of cases. */
export function readCaseFile(file: CaseFile | DecisionCase[]): CaseFile {
  return Array.isArray(file) ? { rulesets: {}, cases: file } : { rulesets: file.rulesets ?? {}, cases: file.cases };
}

/** The whole ruleset of a case, a fresh object each time. */
export function rulesetOfCase(file: CaseFile, ruleset: unknown): Ruleset {
  if (typeof ruleset === "string") {
    if (!Object.hasOwn(file.rulesets, ruleset)) throw new Error(`There is no ruleset "${ruleset}" in the case file.`);
    return rulesetOfCase(file, file.rulesets[ruleset]);
  }
  if (!isRecord(ruleset) || typeof ruleset.extends !== "string") return JSON.parse(JSON.stringify(ruleset));
  const whole = rulesetOfCase(file, ruleset.extends);
  const set: Record<string, unknown> = isRecord(ruleset.set) ? ruleset.set : {};
  for (const [path, value] of Object.entries(set))
    change(whole, path, (at, key) => Object.assign(at, { [key]: value }));
  const removed: unknown[] = Array.isArray(ruleset.removed) ? ruleset.removed : [];
  for (const path of removed) change(whole, String(path), (at, key) => Reflect.deleteProperty(at, key));
  return JSON.parse(JSON.stringify(whole));
}

function change(whole: unknown, path: string, act: (at: Record<string, unknown>, key: string) => void): void {
  const keys = path.split("/");
  const last = keys.pop() ?? "";
  let at: unknown = whole;
  for (const key of keys) at = isRecord(at) ? at[key] : undefined;
  if (!isRecord(at)) throw new Error(`The path "${path}" leads nowhere.`);
  act(at, last);
}
