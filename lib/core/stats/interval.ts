/** Lower and upper end, in the unit of what is estimated. */
export type Interval = [lower: number, upper: number];

/** What a gate or a comparison against a margin may answer. The third is a state of its own, never a pass. */
export type Verdict = "PASS" | "FAIL" | "NOT_ENOUGH_DATA";

/** `centre` plus and minus `halfWidth`. */
export function around(centre: number, halfWidth: number): Interval {
  return [centre - halfWidth, centre + halfWidth];
}
