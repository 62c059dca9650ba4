import { controlsLoosened, hasExpired } from "./compare-controls.ts";
import { featureLoosened } from "./compare-features.ts";
import { mentions } from "./implies.ts";
import { areTangled } from "./prepare-cohorts.ts";
import { type PreparedLadder, prepareLadder } from "./prepare-ladder.ts";
import { type Feature, type Ruleset, ruleset } from "./ruleset.ts";
import { sameJson } from "./same-json.ts";

/** Whether a change was proved to only reduce risk; if not, why not, in plain words. */
export type Proof = { down: true } | { down: false; because: string };

/**
 * Whether every decision under `after` is proved to be at least as safe as under `before` (in the order of `whyLessSafe`), from the compiled rulesets alone.
 * Sound rather than complete: what it cannot prove is not down. `now` (server time, epoch ms) lets what has expired by then be left out of `after`;
 * without it nothing counts as expired.
 */
export function isTightening(before: Ruleset, after: Ruleset, now?: number): Proof {
  const because = whyLoosened(before, after, now);
  return because === null ? { down: true } : { down: false, because };
}

function whyLoosened(before: Ruleset, after: Ruleset, now: number | undefined): string | null {
  if (!ruleset.safeParse(before).success) return "The rules of now cannot be read, so nothing can be proved of them.";
  if (!ruleset.safeParse(after).success) return "The new rules cannot be read, so nothing can be proved of them.";
  return (
    headLoosened(before, after) ??
    vocabularyLoosened(before, after) ??
    reroutesLoosened(before, after) ??
    releasesLoosened(before, after, now) ??
    filtersLoosened(before, after, now) ??
    featuresLoosened(before, after, now) ??
    controlsLoosened(before, after, laddersOf(before), now)
  );
}

function headLoosened(before: Ruleset, after: Ruleset): string | null {
  if (before.environment !== after.environment) return "These are the rules of two environments.";
  if (before.userHashKey !== after.userHashKey) return "The key of the pseudonyms would change.";
  const later =
    after.staleAfter.coldStartMs > before.staleAfter.coldStartMs ||
    after.staleAfter.runningMs > before.staleAfter.runningMs;
  if (later) return "Rules would be trusted for longer without news.";
  const changed = Object.entries(before.texts).some(([key, text]) => own(after.texts, key) !== text);
  return changed ? "An approved text would change." : null;
}

function own<T>(table: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** What an attribute or a cohort means must stay wherever `before` mentions it; what it does not mention may come and go. */
function vocabularyLoosened(before: Ruleset, after: Ruleset): string | null {
  const conditions = Object.values(before.features).flatMap((f) => [f.envelope, f.rollout?.eligible ?? null]);
  conditions.push(...Object.values(before.cohorts).map((cohort) => cohort.when));
  const mentioned = conditions.map(mentions);
  const attributes = new Set(mentioned.flatMap((each) => each.attributes));
  const cohorts = new Set(mentioned.flatMap((each) => each.cohorts));
  for (const { scope } of Object.values(before.controls)) if (scope.cohort !== undefined) cohorts.add(scope.cohort);
  for (const key of attributes) {
    if (!sameJson(own(before.attributes, key), own(after.attributes, key)))
      return `The attribute “${key}” would change.`;
  }
  for (const key of cohorts) {
    const [had, has] = [own(before.cohorts, key), own(after.cohorts, key)];
    if (!sameJson(had?.when, has?.when)) return `Who is in “${had?.name ?? key}” would change.`;
  }
  const same = sameJson(conditionsOf(before), conditionsOf(after));
  const tangled = !same && [before, after].some((rules) => areTangled(rules.cohorts, rules.attributes));
  return tangled ? "Cohorts refer to each other in circles, so nothing can be proved of a change among them." : null;
}

function conditionsOf({ cohorts }: Ruleset): Record<string, unknown> {
  return Object.fromEntries(Object.entries(cohorts).map(([key, { when }]) => [key, when]));
}

/** Fewer approved pairs can make an ambiguous target certain, so where a reroute holds they must stay as they are. */
function reroutesLoosened(before: Ruleset, after: Ruleset): string | null {
  const added = after.approvedReroutes.some((pair) => !before.approvedReroutes.some((had) => sameJson(had, pair)));
  if (added) return "Another way to reroute models would be approved.";
  const removed = before.approvedReroutes.some((pair) => !after.approvedReroutes.some((has) => sameJson(has, pair)));
  const inUse = Object.values(before.controls).some(({ effects }) =>
    effects.some((effect) => effect.kind === "reroute"),
  );
  return removed && inUse ? "A reroute that was approved would no longer be." : null;
}

/** Releases that a feature gives to somebody. */
function namedBy({ release, rollout, pins }: Feature): string[] {
  const shadow = rollout?.shadow ? [rollout.shadow.release] : [];
  return [release, ...(rollout?.arms.map((arm) => arm.release) ?? []), ...shadow, ...pins.map((pin) => pin.release)];
}

/**
 * Releases that a feature names must stay what they are; only withdrawing one is a tightening, unless somebody is pinned to it. One that nobody is given any more may go:
 * whether those who had it may be moved is asked of each feature.
 */
function releasesLoosened(before: Ruleset, after: Ruleset, now: number | undefined): string | null {
  const given = new Set(Object.values(after.features).flatMap(namedBy));
  for (const feature of [...Object.values(before.features), ...Object.values(after.features)]) {
    const active = feature.pins.filter((pin) => now === undefined || pin.until > now).map((pin) => pin.release);
    for (const id of namedBy({ ...feature, pins: feature.pins.filter((pin) => active.includes(pin.release)) })) {
      const [had, has] = [own(before.releases, id), own(after.releases, id)];
      if (has === undefined && (had === undefined || !given.has(id))) continue;
      if (had === undefined || has === undefined) return `Release “${id}” would come or go.`;
      const same = had.feature === has.feature && had.blob === has.blob && sameJson(had.chain, has.chain);
      if (!same) return `Release “${had.name}” would change.`;
      if (had.standing === "withdrawn" && has.standing !== "withdrawn")
        return `Release “${had.name}” would be allowed again.`;
      const leaves = had.standing !== "withdrawn" && has.standing === "withdrawn";
      if (leaves && active.includes(id))
        return `Release “${had.name}” would be taken from people who asked to keep it.`;
    }
  }
  return null;
}

/** The filters of holds decide who is admitted; losing their bits admits nobody. */
function filtersLoosened(before: Ruleset, after: Ruleset, now: number | undefined): string | null {
  for (const control of Object.values(before.controls)) {
    if (hasExpired(control, now)) continue;
    for (const effect of control.effects) {
      if (effect.kind !== "hold") continue;
      const [had, has] = [own(before.filters, effect.filter), own(after.filters, effect.filter)];
      if (has === undefined) continue;
      const kept = has.bits === undefined || has.bits === had?.bits;
      const same = had !== undefined && had.blob === has.blob && had.hashes === has.hashes && had.size === has.size;
      if (!same || !kept) return `Who is admitted by “${control.sentence}” would change.`;
    }
  }
  return null;
}

function featuresLoosened(before: Ruleset, after: Ruleset, now: number | undefined): string | null {
  for (const [key, feature] of Object.entries(before.features)) {
    const next = own(after.features, key);
    if (next === undefined) return `“${feature.name}” would no longer be there, nor its notices.`;
    if (feature === next && before.releases === after.releases) continue;
    const because = featureLoosened(key, { ruleset: before, feature }, { ruleset: after, feature: next }, now);
    if (because !== null) return because;
  }
  for (const [key, feature] of Object.entries(after.features)) {
    if (own(before.features, key) === undefined) return `“${feature.name}” would be a new feature.`;
  }
  return null;
}

function laddersOf({ features }: Ruleset): PreparedLadder[] {
  return Object.values(features).flatMap((feature) =>
    [feature.ladder, ...Object.values(feature.scenarios).map((scenario) => scenario.ladder)].map(prepareLadder),
  );
}
