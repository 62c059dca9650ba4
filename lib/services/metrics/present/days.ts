import type { Finding } from "./panels.ts";

/** Of which days figures are that are counted by users, by metric, for words beside figures of the period: whether somebody comes back is known a week later. */
export function daysBehind(findings: readonly Finding[]): Map<string, string> {
  return new Map(
    findings.flatMap(({ definition: { key, formula }, sample: { userDays = [] } }): [string, string][] => {
      const [first, last] = [userDays[0]?.day, userDays.at(-1)?.day];
      if (formula.kind !== "users" || first === undefined || last === undefined) return [];
      const of = formula.denominator === "newUsers" ? "of people who were new" : "over the days";
      return [[key, `${of} from ${daySaid(first)} to ${daySaid(last)}`]];
    }),
  );
}

/** "12 November": a day by its name, so no zone is asked. */
function daySaid(day: string): string {
  const date = new Date(`${day}T12:00Z`);
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" }).format(date);
}
