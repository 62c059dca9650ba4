import type { Ruleset } from "#lib/core/decision/ruleset.ts";
import { staleControls } from "#lib/core/decision/stale-controls.ts";
import { withControls } from "#lib/core/decision/with-controls.ts";
import type { Rules } from "./evaluate.ts";

const stale = new WeakMap<Ruleset, Ruleset>();

/**
 * The rules a server holds, as far as they can still be relied on. `readAgoMs`: since the database last said which rules are the newest; `wallClock`: epoch ms. Time stands
 * still at that read, so no control expires unseen; after `staleAfter.coldStartMs` the rules of staleness are added, as in the SDK.
 */
export function heldRules(ruleset: Ruleset, readAgoMs: number, wallClock: number): Rules {
  const now = wallClock - readAgoMs;
  if (readAgoMs <= ruleset.staleAfter.coldStartMs) return { ruleset, now };
  const tightened = stale.get(ruleset) ?? withControls(ruleset, staleControls(ruleset));
  stale.set(ruleset, tightened);
  return { ruleset: tightened, now };
}
