import { dataOutlook } from "../stats/data-outlook.ts";
import { DAY_MS } from "../time.ts";
import type { MetricDefinition } from "./definition.ts";
import { ENOUGH_PEOPLE } from "./definitions/comparisons.ts";
import type { Figure } from "./figure.ts";

/** Where people are not known, so many answers must stand for them: the playbook's least number for a gate. */
export const ENOUGH_WITHOUT_PEOPLE = 200;
/** Days of the longest period that anybody can look at. */
export const LONGEST_PERIOD = 60;

/**
 * What is missing before a figure can be relied on: `seen` of `required` people or values. `days`: how many more at this rate, null when none arrives.
 * `period`: days that a period must have, when a period that moves on with time will never hold enough; null when it is not known that any does, and then `few`
 * is how many people the longest span that was counted had.
 */
export type Outlook = {
  of: "people" | "values";
  seen: number;
  required: number;
  days: number | null;
  period: number | null;
  few?: PeopleOf;
};

/** How many people so many days had. */
export type PeopleOf = { days: number; users: number };

type Time = {
  from: number;
  now: number;
  rolling?: number;
  sample: { users?: number | null };
  windows?: readonly PeopleOf[];
};

/** Whether a figure rests on enough: its own minimum, and 50 people, below which no comparison holds (`statistics` 2.3). */
export function isEnough({ minimum }: MetricDefinition, { n }: Figure, users: number | null): boolean {
  return n >= minimum && (users === null ? n >= ENOUGH_WITHOUT_PEOPLE : users >= ENOUGH_PEOPLE);
}

/** What is missing, and about when it will be there; null when nothing is. */
export function enoughFor({ minimum }: MetricDefinition, { n }: Figure, time: Time): Outlook | null {
  const people = time.sample.users ?? null;
  const values = missing("values", n, people === null ? Math.max(minimum, ENOUGH_WITHOUT_PEOPLE) : minimum, time);
  const persons = people === null ? null : asCounted(missing("people", people, ENOUGH_PEOPLE, time), time);
  if (values === null || persons === null) return values ?? persons;
  return waits(values) >= waits(persons) ? values : persons;
}

/** People come back, so twice the days are not twice the people: what was counted of longer spans says more than any rate. */
function asCounted(outlook: Outlook | null, { windows = [], rolling = 0 }: Time): Outlook | null {
  const longer = windows.filter(({ days }) => days * DAY_MS > rolling);
  if (outlook === null || outlook.period === null || longer.length === 0) return outlook;
  const enough = longer.find(({ users }) => users >= outlook.required);
  return enough ? { ...outlook, period: enough.days } : { ...outlook, period: null, few: longer.at(-1) };
}

/** In about how many days it is there, or how many a period must have; what no period can hold comes last, and before it what was counted rather than guessed. */
export function waits(outlook: Outlook | null): number {
  const days = outlook?.days ?? outlook?.period ?? Number.POSITIVE_INFINITY;
  return outlook?.few ? Number.MAX_SAFE_INTEGER : days > LONGEST_PERIOD ? Number.POSITIVE_INFINITY : days;
}

function missing(of: Outlook["of"], seen: number, required: number, { from, now, rolling }: Time): Outlook | null {
  const elapsed = Math.max(now - from, 1) / DAY_MS;
  const perDay = seen / elapsed;
  const outlook = dataOutlook({ seen, required, perDay });
  if (outlook.enough) return null;
  const held = rolling === undefined ? Number.POSITIVE_INFINITY : rolling / DAY_MS;
  const never = perDay * held < required;
  const period = never && perDay > 0 ? Math.ceil(required / perDay) : null;
  return { of, seen, required, days: never ? null : outlook.days, period };
}
