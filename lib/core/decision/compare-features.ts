import { armsLoosened } from "./compare-arms.ts";
import { implies } from "./implies.ts";
import type { Feature, Ruleset } from "./ruleset.ts";
import { sameJson } from "./same-json.ts";

/** Why one feature is not proved to be as safe as before, null when it is. Names do not count: no decision depends on them. */
export function featureLoosened(
  key: string,
  before: { ruleset: Ruleset; feature: Feature },
  after: { ruleset: Ruleset; feature: Feature },
  now: number | undefined,
): string | null {
  const b = before.feature;
  const a = after.feature;
  const name = `“${b.name}”`;
  if (a.on && !b.on) return `${name} would be turned on.`;
  if (!implies(a.envelope, b.envelope)) return `More requests of ${name} might be inside what it was launched for.`;
  if (b.mode === "suggestion" && a.mode === "autonomous") return `${name} would act without a person.`;
  if (a.reviewBelow < b.reviewBelow) return `Fewer answers of ${name} would be reviewed.`;
  if (a.minConfidence < b.minConfidence) return `Less certain answers of ${name} would be shown.`;
  if (a.maxLatencyMs > b.maxLatencyMs) return `People would wait longer for ${name}.`;
  if (a.stream && !b.stream) return `${name} would show answers while they are written.`;
  if (a.sampleShare > b.sampleShare) return `More answers of ${name} would be kept as samples.`;
  if (!sameJson(withoutNames(b), withoutNames(a))) return `The scenarios or fallbacks of ${name} would change.`;
  if (!sameJson(pinsOf(b, now), pinsOf(a, now))) return `Who keeps an earlier release of ${name} would change.`;
  return armsLoosened(key, before, after, now);
}

function withoutNames(feature: Feature) {
  const scenarios = Object.entries(feature.scenarios).map(([key, { risk, ladder }]) => [key, { risk, ladder }]);
  return { scenarios: Object.fromEntries(scenarios), ladder: feature.ladder };
}

function pinsOf(feature: Feature, now: number | undefined) {
  return feature.pins.filter((pin) => now === undefined || pin.until > now);
}
