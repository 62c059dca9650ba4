import type { DecisionEvent, SignalEvent } from "#lib/core/events/event.ts";
import { HOUR_MS, MINUTE_MS } from "#lib/core/time.ts";
import { answer } from "./answer.ts";
import { historyDays, momentOf } from "./calendar.ts";
import { newPerson, type Person } from "./people.ts";
import { idAt, type Random, randomOf } from "./random.ts";
import { type RatesAt, ratesOf } from "./rates-at.ts";
import { reactionsTo } from "./reactions.ts";
import type { FeatureStory, Story } from "./story.ts";
import { assignerOf, factsOf, type World } from "./world.ts";

const MOST_ATTEMPTS = 5;
/** How busy each hour of the day is. */
const HOURS = [9, 5, 4, 3, 3, 6, 16, 32, 54, 70, 76, 74, 66, 68, 72, 70, 64, 58, 52, 46, 40, 32, 22, 14];
const HOUR_WEIGHTS: Record<number, number> = { ...HOURS };
const NEWCOMER_DAYS = 14;

export type HistoryEvent = DecisionEvent | SignalEvent;

/**
 * The events of a story, oldest first, ready for the sink: the same story in the same world gives the same events, each with a UUIDv7 of its moment.
 * What would lie after `world.end` has not happened yet and is left out.
 */
export function historyOf(story: Story, world: World): HistoryEvent[] {
  const events = story.features.flatMap((feature) => featureHistory(story.seed, feature, world));
  return events.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

type Telling = {
  story: FeatureStory;
  world: World;
  ratesAt: RatesAt;
  assign: ReturnType<typeof assignerOf>;
  facts: ReturnType<typeof factsOf>;
  events: HistoryEvent[];
};

function featureHistory(seed: string, story: FeatureStory, world: World): HistoryEvent[] {
  const events: HistoryEvent[] = [];
  const ratesAt = ratesOf(story, world.zone, world.now);
  const telling: Telling = {
    story,
    world,
    ratesAt,
    assign: assignerOf(world, story),
    facts: factsOf(story.feature),
    events,
  };
  const begin = randomOf(`${seed}/${story.feature}`);
  const people = Array.from({ length: story.size }, (_, number) => newPerson(story, number, -NEWCOMER_DAYS, 1, begin));
  for (const [index, day] of historyDays(world.zone, world.now, world.days).entries()) {
    const random = randomOf(`${seed}/${story.feature}/${day.daysAgo}`);
    const starts = momentOf(world.zone, world.now, day.daysAgo, 0);
    const rates = ratesAt(starts + 12 * HOUR_MS, "");
    const busy = day.weekend ? story.weekend : 1;
    for (let left = random.count(rates.arrivals * busy); left > 0; left--)
      people.push(newPerson(story, people.length, index, rates.staying, random));
    for (const person of people) {
      const fresh = person.joined === index;
      if (index > person.leaves || (person.offUntil !== null && index < person.offUntil)) continue;
      const newcomer = index - person.joined < NEWCOMER_DAYS ? rates.newcomersVisits : 1;
      if (fresh || random.chance(person.habit * busy * rates.visits * newcomer))
        visit(telling, { person, index, at: starts + timeOfDay(person, random) }, random);
    }
    manualVisits(telling, { people, starts, busy }, random);
  }
  const ended = new Date(world.end).toISOString();
  return events.filter((event) => event.at <= ended);
}

function timeOfDay(person: Person, random: Random): number {
  const hour = random.chance(0.4) ? person.hour + random.between(-1, 1) : Number(random.weighted(HOUR_WEIGHTS));
  return Math.floor((Math.floor(hour) + random.next()) * HOUR_MS);
}

/** Somebody comes with one or a few tasks. */
function visit(telling: Telling, { person, index, at }: { person: Person; index: number; at: number }, random: Random) {
  const session = `session/${person.id}/${index}`;
  let now = at;
  for (let task = 0; task === 0 || random.chance(0.3); task++) {
    const named = {
      task: `${person.id}/${index}/${task}`,
      session,
      scenario: random.weighted(telling.story.scenarios),
    };
    now = attempts(telling, { person, index, at: now, ...named }, random) + random.between(2, 30) * MINUTE_MS;
  }
}

type Task = { person: Person; index: number; at: number; task: string; session: string; scenario: string };

/** One task with all its attempts; returns when the last of them was made. */
function attempts(telling: Telling, { person, index, at, task, session, scenario }: Task, random: Random): number {
  const { world, ratesAt, assign, facts: feature, events } = telling;
  let now = Math.floor(at);
  let again = false;
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const rates = ratesAt(now, scenario);
    const bySystem = attempt === 1 && random.chance(rates.system);
    const assigned = assign(person.id, now);
    const decision = answer(
      { at: now, person, scenario, task, session, bySystem },
      { feature, rates, assigned, world, random },
    );
    const retries = attempt < MOST_ATTEMPTS && random.chance(rates.retries);
    const impatient = again ? { ...rates, regenerated: Math.min(0.5, rates.regenerated * 8) } : rates;
    const { signals, regenerated, turnedOff } = reactionsTo({
      decision,
      person,
      last: !retries,
      rates: impatient,
      random,
    });
    events.push(decision, ...signals, ...comeBack(person, decision, random));
    person.offUntil = turnedOff ? index + 2 + random.count(4) : person.offUntil;
    if (turnedOff || !(retries || regenerated)) break;
    again = regenerated;
    now += Math.floor(random.between(1, 4) * MINUTE_MS);
  }
  return now;
}

/** Who had switched the feature off has switched it on again. */
function comeBack(person: Person, decision: DecisionEvent, random: Random): SignalEvent[] {
  if (person.offUntil === null) return [];
  person.offUntil = null;
  const at = Date.parse(decision.at) + 1;
  return [
    {
      type: "signal",
      id: idAt(at, random),
      at: new Date(at).toISOString(),
      decisionId: decision.id,
      kind: "turned-on",
    },
  ];
}

/** People who do not ask AI at all: they go the manual way, and the product says so without a decision. */
function manualVisits(
  telling: Telling,
  day: { people: readonly Person[]; starts: number; busy: number },
  random: Random,
) {
  const { story, world, ratesAt, events } = telling;
  const total = Object.values(story.scenarios).reduce((sum, weight) => sum + weight, 0);
  for (const [scenario, weight] of Object.entries(story.scenarios)) {
    const often = ratesAt(day.starts + 12 * HOUR_MS, scenario).manualVisits;
    for (let left = random.count((often * day.busy * weight) / total); left > 0; left--) {
      const person = day.people[Math.floor(random.next() * day.people.length)];
      if (!person) continue;
      const at = day.starts + timeOfDay(person, random);
      events.push({
        type: "signal",
        id: idAt(at, random),
        at: new Date(at).toISOString(),
        feature: story.feature,
        scenarios: scenario === "" ? [] : [scenario],
        userHash: world.pseudonym(person.id),
        kind: "manual-path",
      });
    }
  }
}
