import { isRecord, own, sortedKeys } from "./json.ts";
import type { Control, Ruleset } from "./ruleset.ts";

/**
 * The controls that hold while the rules are too old to be trusted: high-risk scenarios get the fallback, everything else is a suggestion that a
 * person reviews. To be added with `withControls`. A scenario whose risk cannot be read counts as high.
 */
export function staleControls(ruleset: Ruleset): Record<string, Control> {
  const controls: Record<string, Control> = {
    stale: {
      sentence: "The rules on this machine are too old: a person checks and sends every answer.",
      scope: {},
      effects: [{ kind: "suggest" }, { kind: "reviewBelow", value: 1 }],
      expiresAt: null,
      code: "stale",
    },
  };
  const features = recordAt(ruleset, "features");
  for (const feature of sortedKeys(features)) {
    const scenarios = recordAt(own(features, feature), "scenarios");
    for (const scenario of sortedKeys(scenarios)) {
      const declared = own(scenarios, scenario);
      const risk = isRecord(declared) ? own(declared, "risk") : null;
      if (risk === "low" || risk === "medium") continue;
      const name = isRecord(declared) ? own(declared, "name") : null;
      controls[`stale:${feature}:${scenario}`] = {
        sentence: `The rules on this machine are too old: no AI for ${typeof name === "string" ? name : scenario}.`,
        scope: { feature, scenario },
        effects: [{ kind: "serve", cause: "availability" }],
        expiresAt: null,
        code: "stale",
      };
    }
  }
  return controls;
}

function recordAt(value: unknown, key: string): Record<string, unknown> {
  const found = isRecord(value) ? own(value, key) : null;
  return isRecord(found) ? found : {};
}
