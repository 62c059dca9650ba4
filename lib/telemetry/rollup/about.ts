/** What a decision is about, as everything that is said of it is counted. `feature` "": unassigned; `user`: pseudonym, 32 hex digits. */
export type About = {
  id: string;
  feature: string;
  scenarios: readonly string[];
  cohorts: readonly string[];
  dimensions: Readonly<Record<string, unknown>>;
  release: string;
  arm: string;
  user: string | null;
  task: string | null;
};

/** Part of the traffic: all of a feature's release and arm ("" is the first cut), and what of it is told apart by one name. */
export type Part = {
  feature: string;
  cuts: readonly string[];
  release: string;
  arm: string;
};

/** Where something counts: in each cut of its part, and in its group of users (-1: nobody is named). Most of a batch shares a few parts, the very same objects. */
export type Place = { part: Part; group: number };

/** The group of a pseudonym: its first five bits. */
export function groupOf(user: string | null): number {
  return user === null ? -1 : Number.parseInt(user.slice(0, 2), 16) >> 3;
}

/** Under these keys scenarios and cohorts are told apart from one another, as values of a dimension are under its own. */
export const SCENARIO = "(scenario)";
export const COHORT = "(cohort)";

/** Equal for what is in the same part, whoever the user is. */
export function partKey({ feature, release, arm, scenarios, cohorts, dimensions }: About): string {
  return JSON.stringify([feature, release, arm, scenarios, cohorts, dimensions]);
}

/** `bucketOf`: what a value is counted as; null, of a dimension only: not at all. */
export function partOf(about: About, bucketOf: (key: string, value: string) => string | null): Part {
  const cuts = new Set([""]);
  for (const scenario of about.scenarios) cuts.add(`scenario:${bucketOf(SCENARIO, scenario)}`);
  for (const cohort of about.cohorts) cuts.add(`cohort:${bucketOf(COHORT, cohort)}`);
  for (const [key, value] of Object.entries(about.dimensions)) {
    const bucket = bucketOf(key, String(value));
    if (bucket !== null) cuts.add(`dimension:${key}=${bucket}`);
  }
  const { feature, release, arm } = about;
  return { feature, cuts: [...cuts], release, arm };
}
