import type { Random } from "../../stats/testing/random.ts";
import type { FigureInput } from "../figure.ts";
import { addMeasures, type Measures } from "../measures.ts";

/** A user as we imagine them: how often they ask, and how often and how long they edit. Some ask ten times as much as others, and some edit nearly all. */
type Person = { group: number; asks: number; edits: number; seconds: number; met: boolean };

/** How many people there are, the share that they edit, and the seconds of an edit. */
export type Side = { people: number; edits: number; seconds: number };

type Done = { asked: number; edited: number; spent: number; squares: number };

const GROUPS = 32;

/** Draws people once; `live` lets a stretch of time pass, `sample` is what a page would read of it, `again` begins anew with the same people, changed or not. */
export function population(random: Random, side: Side) {
  const people = Array.from({ length: side.people }, () => personOf(random, side));
  let groups = nothingDone();
  return {
    live() {
      for (const person of people) {
        const done = groups[person.group];
        if (done && live(random, person, done)) person.met = true;
      }
    },
    sample(): FigureInput {
      const sums = groups.map(measured);
      return { measures: addMeasures(sums), groups: sums, users: people.filter(({ met }) => met).length };
    },
    again({ edits = 1, seconds = 1 }: { edits?: number; seconds?: number } = {}) {
      groups = nothingDone();
      for (const person of people) {
        person.met = false;
        person.edits = Math.min(1, person.edits * edits);
        person.seconds *= seconds;
      }
    },
  };
}

function nothingDone(): Done[] {
  return Array.from({ length: GROUPS }, () => ({ asked: 0, edited: 0, spent: 0, squares: 0 }));
}

function personOf(random: Random, { edits, seconds }: Side): Person {
  return {
    group: Math.floor(random.uniform() * GROUPS),
    asks: Math.exp(2 * random.uniform() - 1.5),
    edits: Math.min(0.95, edits * 3 * random.uniform() ** 2),
    seconds: seconds * (0.4 + 1.2 * random.uniform()),
    met: false,
  };
}

/** A stretch of one person's time; whether they were there at all. */
function live(random: Random, { asks, edits, seconds }: Person, done: Done): boolean {
  const asked = Math.floor(-Math.log(1 - random.uniform()) * asks);
  for (let request = 0; request < asked; request++) {
    if (random.uniform() >= edits) continue;
    const took = -Math.log(1 - random.uniform()) * seconds;
    done.edited += 1;
    done.spent += took;
    done.squares += took * took;
  }
  done.asked += asked;
  return asked > 0;
}

function measured({ asked, edited, spent, squares }: Done): Measures {
  return {
    decisions: asked,
    ai: asked,
    s_edited: edited,
    correction_n: edited,
    correction_s: spent,
    correction_ss: squares,
  };
}
