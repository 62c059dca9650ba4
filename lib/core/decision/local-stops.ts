import { isRecord, own } from "./json.ts";
import type { Control, Ruleset, Scope } from "./ruleset.ts";

/**
 * The controls of a host's local stop (`EVENKEEL_STOP`): entries separated by commas or blanks, each a feature (`reply-assistant`), a scenario of
 * one (`reply-assistant:billing`), or `*` for everything. To be added with `withControls`; they only tighten.
 * Nothing but blanks stops nothing. A stop must not fail for a slip of the pen, so what cannot be matched is read broader: an unknown scenario stops
 * its feature, an unknown feature stops everything.
 */
export function localStops(text: string, ruleset: Ruleset): Record<string, Control> {
  const controls: Record<string, Control> = {};
  for (const entry of text.split(/[\s,;]+/)) {
    if (entry === "") continue;
    const scope = scopeOf(entry, ruleset);
    const what = [scope.feature, scope.scenario].filter((part) => part !== undefined).join(", ");
    controls[`local-stop:${entry}`] = {
      sentence: what === "" ? "Everything is stopped on this machine." : `Stopped on this machine: ${what}.`,
      scope,
      effects: [{ kind: "serve", cause: "quality" }],
      expiresAt: null,
      code: "local-stop",
    };
  }
  return controls;
}

function scopeOf(entry: string, ruleset: Ruleset): Scope {
  const features = isRecord(ruleset) && isRecord(ruleset.features) ? ruleset.features : {};
  if (Object.hasOwn(features, entry)) return { feature: entry };
  const colon = entry.indexOf(":");
  const feature = colon < 0 ? entry : entry.slice(0, colon);
  const scenario = colon < 0 ? "" : entry.slice(colon + 1);
  const found = own(features, feature);
  if (!isRecord(found)) return {};
  const scenarios = own(found, "scenarios");
  return isRecord(scenarios) && Object.hasOwn(scenarios, scenario) ? { feature, scenario } : { feature };
}
