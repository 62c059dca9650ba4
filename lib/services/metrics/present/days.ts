import { daySaid } from "./day-said.ts";
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
