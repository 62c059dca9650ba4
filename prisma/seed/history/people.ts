import { matchCohort, UNKNOWN, YES } from "#lib/core/decision/match.ts";
import { prepareCohorts } from "#lib/core/decision/prepare-cohorts.ts";
import { customer } from "#lib/sdk/examples/support-desk/desk/customers.mjs";
import { ATTRIBUTES, COHORTS } from "../data/environments.ts";
import type { Random } from "./random.ts";
import type { FeatureStory } from "./story.ts";

/** Somebody who uses a feature, and how. Days are places in the history, 0 the first. */
export type Person = {
  id: string;
  cohorts: string[];
  cohortsUnknown: string[];
  joined: number;
  /** The last day on which they may come. */
  leaves: number;
  /** Chance that they come on a working day. */
  habit: number;
  /** Hour at which they like to come. */
  hour: number;
  /** How much more often than others something goes wrong for them, and how much longer they take to put it right; both are 1 on average. */
  prone: number;
  slow: number;
  /** They switched the feature off and come again on this day at the earliest. */
  offUntil: number | null;
};

/** Mean days that somebody with the habit keeps coming. */
const STAY_DAYS = 90;
const PRONE_SPREAD = 0.45;
const SLOW_SPREAD = 0.2;
const HABIT_SPREAD = 0.7;

/** A log-normal number with this mean. */
export function spreadAround(random: Random, mean: number, spread: number): number {
  return random.around(mean * Math.exp(-(spread * spread) / 2), spread);
}

/** Somebody new. `staying`: the chance that they make it a habit; who does not comes once. */
export function newPerson(
  story: FeatureStory,
  number: number,
  joined: number,
  staying: number,
  random: Random,
): Person {
  const id = `${story.people}-${number}`;
  return {
    id,
    ...cohortsOf(id, story.people),
    joined,
    leaves: random.chance(staying) ? joined + Math.ceil(random.exponential(STAY_DAYS)) : joined,
    habit: Math.min(0.95, spreadAround(random, story.habit, HABIT_SPREAD)),
    hour: random.between(8, 19),
    prone: spreadAround(random, 1, PRONE_SPREAD),
    slow: spreadAround(random, 1, SLOW_SPREAD),
    offUntil: null,
  };
}

const cohorts = prepareCohorts(
  Object.fromEntries(COHORTS.map(({ key, name, when }) => [key, { name, version: 1, when }])),
  Object.fromEntries(ATTRIBUTES.map(({ key, type }) => [key, { type }])),
);
let lastStamp = 0;

/** As the SDK finds them from what the support desk knows of a customer. Of colleagues it knows nothing. */
function cohortsOf(id: string, people: FeatureStory["people"]): Pick<Person, "cohorts" | "cohortsUnknown"> {
  const stamp = ++lastStamp;
  const attributes: Record<string, string> = people === "customer" ? customer(id).attributes : {};
  const answers = [...cohorts].map(([key, cohort]) => ({ key, answer: matchCohort(cohort, attributes, stamp) }));
  return {
    cohorts: answers.filter(({ answer }) => answer === YES).map(({ key }) => key),
    cohortsUnknown: answers.filter(({ answer }) => answer === UNKNOWN).map(({ key }) => key),
  };
}
