import { isRecord } from "./json.ts";
import type { Control, Ruleset } from "./ruleset.ts";

/**
 * The ruleset with these controls added: a new object, the given one stays as it is. Adding can only tighten, so a control never takes the place
 * of another: one whose id is taken gets the next free `id~2`, `id~3`... A ruleset whose controls cannot be read falls back everywhere as it is, and comes back unchanged.
 */
export function withControls(ruleset: Ruleset, controls: Record<string, Control>): Ruleset {
  if (!isRecord(ruleset) || !isRecord(ruleset.controls)) return ruleset;
  const taken = new Map<string, Control>(Object.entries(ruleset.controls));
  for (const [id, control] of Object.entries(controls)) {
    let free = id;
    for (let n = 2; taken.has(free); n++) free = `${id}~${n}`;
    taken.set(free, control);
  }
  return { ...ruleset, controls: Object.fromEntries(taken) };
}
