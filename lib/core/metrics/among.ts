import type { Unit } from "./definition.ts";
import { formatValue } from "./format.ts";

/** Why a change that is clear by itself is not called one, of so many metrics looked at together. */
export function sayAmong(together: number): string {
  return `Clear by itself, but among ${formatValue(together, "count")} metrics looked at together chance brings such a one.`;
}

/** The same, where the same hours a week earlier were much like it: "40% in the same hours a week earlier: it may be the day of the week." */
export function sayWeekAgo(weekAgo: number, unit: Unit): string {
  return `${formatValue(weekAgo, unit)} in the same hours a week earlier: it may be the day of the week.`;
}
