import type { Ruleset } from "./ruleset.ts";

/** Whether a change was proved to only reduce risk; if not, why not, in plain words. */
export type Proof = { down: true } | { down: false; because: string };

/** Whether no decision under `after` is less safe than under `before`. */
export function isTightening(before: Ruleset, after: Ruleset): Proof {
  const rest = (ruleset: Ruleset) => JSON.stringify({ ...ruleset, version: 0, controls: {} });
  if (rest(before) !== rest(after)) return { down: false, because: "More than controls would change." };
  for (const [id, control] of Object.entries(before.controls)) {
    if (JSON.stringify(after.controls[id]) !== JSON.stringify(control)) {
      return { down: false, because: `“${control.sentence}” would change or no longer hold.` };
    }
  }
  return { down: true };
}
