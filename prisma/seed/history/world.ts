import { slotOf } from "#lib/core/decision/arms.ts";
import { SLOTS } from "#lib/core/decision/constants.ts";
import type { DecisionEvent } from "#lib/core/events/event.ts";
import { FEATURES, type SeedFeature } from "../data/features.ts";
import { momentOf } from "./calendar.ts";
import type { FeatureStory, Moment } from "./story.ts";

/** What a history happens in. Times are epoch ms. */
export type World = {
  now: number;
  zone: string;
  /** How many days it has, today as the last, and the moment with which it ends. */
  days: number;
  end: number;
  /** Pseudonym of a user or session, as `hashUser()` makes it. */
  pseudonym(id: string): string;
  releaseId(feature: string, key: string): string;
  /** Names of the published rules, oldest first, each in force from its moment on. */
  rulesets: readonly { from: number; name: DecisionEvent["ruleset"] }[];
  stops: readonly { control: string; feature: string; scenario: string; from: number; until: number }[];
  /** Servers that report. */
  instances: readonly string[];
};

/** What the rules say of a request, apart from what becomes of it. */
export type Assigned = Pick<DecisionEvent, "release" | "arm" | "slot"> & { key: string };

/** The release, arm and slot of somebody at a moment, as `decide` assigns them. */
export function assignerOf(world: World, story: FeatureStory): (id: string, at: number) => Assigned {
  const { rollout } = factsOf(story.feature);
  const epoch = ([daysAgo, hour]: Moment) => momentOf(world.zone, world.now, daysAgo, hour);
  const releases = story.releases.map(({ key, from }) => ({
    key,
    id: world.releaseId(story.feature, key),
    from: from ? epoch(from) : -Infinity,
  }));
  const since = story.candidateSince && rollout ? epoch(story.candidateSince) : Infinity;
  const candidate = rollout ? { key: rollout.release, id: world.releaseId(story.feature, rollout.release) } : null;
  return (id, at) => {
    const slot = rollout && at >= since ? slotOf(id, rollout.seed) : null;
    if (candidate && rollout && slot !== null && slot < rollout.share * SLOTS)
      return { release: candidate.id, arm: "candidate", slot, key: candidate.key };
    const current = releases.findLast((release) => at >= release.from) ?? releases[0];
    if (!current) throw new Error(`The story of ${story.feature} has no release.`);
    return { release: current.id, arm: "current", slot, key: current.key };
  };
}

/** A feature as the seed data have it. */
export function factsOf(feature: string): SeedFeature {
  const facts = FEATURES.find(({ key }) => key === feature);
  if (!facts) throw new Error(`There is no feature ${feature} in the seed data.`);
  return facts;
}
