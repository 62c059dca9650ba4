import type { MetricDefinition } from "../definition.ts";
import { KEPT_DAYS, RETURN_DAYS } from "../user-counts.ts";
import { BEFORE, BOTH, ENOUGH_ANSWERS, ENOUGH_PEOPLE } from "./comparisons.ts";

/** Whether people rely on it of their own accord. */
export const TRUST: readonly MetricDefinition[] = [
  {
    key: "repeat-usage",
    family: "trust",
    name: "Repeat usage",
    of: "new people",
    sentence: "Of the people who met this feature for the first time, the share who came back within 7 days.",
    counting:
      "People who had a request again on one of the 7 days after the day of their first, of all people whose first day it was. What others do with an answer later, a judge for instance, brings nobody back. Left out: people whose 7 days are not over, and what nobody can be named for.",
    formula: { kind: "users", numerator: "cameBack", denominator: "newUsers", closesAfterDays: RETURN_DAYS },
    unit: "share",
    better: "up",
    minimum: ENOUGH_PEOPLE,
    comparisons: BEFORE,
    splits: false,
  },
  {
    key: "voluntary-return",
    family: "trust",
    name: "Voluntary return",
    of: "new people",
    sentence:
      "Of the people who met this feature for the first time, the share who started it again themselves within 7 days.",
    counting:
      "People who asked for it themselves (the system did not) on one of the 7 days after their first day, of all people whose first day it was. Left out: people whose 7 days are not over.",
    formula: { kind: "users", numerator: "startedAgain", denominator: "newUsers", closesAfterDays: RETURN_DAYS },
    unit: "share",
    better: "up",
    minimum: ENOUGH_PEOPLE,
    comparisons: BEFORE,
    splits: false,
  },
  {
    key: "kept-on",
    family: "trust",
    name: "Kept switched on",
    of: "new people",
    sentence:
      "Of the people who met this feature for the first time, the share who still had it switched on 14 days later.",
    counting:
      "People whose last change of the switch by the end of the 14th day after their first was not to off, of all people whose first day it was. Who never touched the switch has left it on; who switched it off counts as off, also when they were not seen again. Left out: people whose 14 days are not over, and what nobody can be named for.",
    formula: { kind: "users", numerator: "keptOn", denominator: "newUsers", closesAfterDays: KEPT_DAYS },
    unit: "share",
    better: "up",
    minimum: ENOUGH_PEOPLE,
    comparisons: BEFORE,
    splits: false,
  },
  {
    key: "switched-off",
    family: "trust",
    name: "Switching off",
    of: "people a day",
    sentence: "Of the people of each day, the share who switched the feature off and left it off.",
    counting:
      "People whose last change of the switch on a day was to off, of all people who had a request or changed the switch on that day; over several days, people are counted on each of them. It says how fast people leave, not how many have left.",
    formula: { kind: "users", numerator: "leftOff", denominator: "usedOrSwitched", closesAfterDays: 0 },
    unit: "share",
    better: "down",
    minimum: ENOUGH_PEOPLE,
    comparisons: BEFORE,
    splits: false,
  },
  {
    key: "repeated-prompts",
    family: "trust",
    name: "Repeated prompting",
    of: "requests with a task",
    sentence: "Of all requests that belong to a task, the share that asked again for the same task.",
    counting:
      "Requests of a task after its first, of all requests that name a task; they count where the task began. Left out: requests that name no task.",
    formula: { kind: "share", numerator: ["repeats"], denominator: ["tasks", "repeats"] },
    unit: "share",
    better: "down",
    minimum: ENOUGH_ANSWERS,
    comparisons: BOTH,
    splits: true,
  },
];
