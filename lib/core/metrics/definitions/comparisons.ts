import type { Comparison } from "../definition.ts";

/** With the current release over the same hours, and with the 7 days before. */
export const BOTH: readonly Comparison[] = [{ with: "release" }, { with: "week-before" }];

/** What is counted by users over days is not told apart by release. */
export const BEFORE: readonly Comparison[] = [{ with: "week-before" }];

/** Also with a fixed limit of a share, over so many hours where that was said. */
export function withLine(line: number, hours: number | null = null): readonly Comparison[] {
  return [...BOTH, { with: "line", line, hours }];
}

/** Answers, or signals, before a share says something; people, before a share of people does. */
export const ENOUGH_ANSWERS = 50;
export const ENOUGH_PEOPLE = 50;
/** Told values before a mean says something. */
export const ENOUGH_VALUES = 30;
/** Before the slowest twentieth is more than a handful of answers. */
export const ENOUGH_FOR_P95 = 100;

/** Said of every figure that is made of signals. */
export const OWN_MINUTE =
  "An answer counts once however often it happens, at the time it first happens, so over a short stretch it may stand against answers given earlier.";
