import type { Ruleset } from "../../core/decision/ruleset.ts";
import type { RulesetName } from "../../core/delivery/wire.ts";

export type Origin = "server" | "cache-file" | "bootstrap";

export type Held = { readonly ruleset: Ruleset; readonly origin: Origin };

/** The name of a ruleset. */
export function nameOf(ruleset: Ruleset): RulesetName {
  return { epoch: ruleset.epoch, version: ruleset.version };
}

export function isSameName(a: RulesetName, b: RulesetName): boolean {
  return a.epoch === b.epoch && a.version === b.version;
}

/**
 * What to do with a ruleset that the server named. A new epoch always wins (a restored database has lower versions); within one epoch only
 * a higher version does; and the server always beats what came from a file, which may be older or newer than the truth.
 */
export function admission(held: Held | null, next: RulesetName): "apply" | "same" | "older" {
  if (held?.origin !== "server") return "apply";
  const now = nameOf(held.ruleset);
  if (now.epoch !== next.epoch || next.version > now.version) return "apply";
  return next.version === now.version ? "same" : "older";
}
