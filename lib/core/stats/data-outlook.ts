/** Enough data, or how many observations are missing and about how many days that takes at the present rate (null: nothing arrives). */
export type DataOutlook = { enough: true } | { enough: false; missing: number; days: number | null };

/**
 * "Not enough data yet: about 2 more days at this rate." `seen` and `required` in the same unit (users, or calls), `perDay` their number in the last 24 hours.
 * Days are rounded up. Source: plain division; the rate of tomorrow is not known better than that.
 */
export function dataOutlook(input: { seen: number; required: number; perDay: number }): DataOutlook {
  const missing = input.required - input.seen;
  if (missing <= 0) return { enough: true };
  return { enough: false, missing, days: input.perDay > 0 ? Math.ceil(missing / input.perDay) : null };
}
