import { DAY_MS, HOUR_MS } from "#lib/core/time.ts";

/** How many requests the hours of a feature had (by their start, epoch ms; those without any are absent), up to the one in which it was last reported. Since when they are known is told by the oldest. */
export type Rhythm = ReadonlyMap<number, number>;

/**
 * How many requests one would have expected in a stretch (epoch ms): by the same hours of the week before, of the day before where it did not exist then, or by its mean.
 * A day is not the same to the minute: of an hour and its neighbours the least counts, or of a long stretch what lies an hour within it.
 */
export function expectedIn(rhythm: Rhythm, { from, to }: { from: number; to: number }): number {
  const asked = asBefore(rhythm);
  let [least, within] = [0, 0];
  for (let hour = Math.floor(from / HOUR_MS) * HOUR_MS; hour < to; hour += HOUR_MS) {
    const share = (Math.min(to, hour + HOUR_MS) - Math.max(from, hour)) / HOUR_MS;
    least += share * Math.min(asked(hour - HOUR_MS), asked(hour), asked(hour + HOUR_MS));
    if (hour >= from + HOUR_MS && hour + HOUR_MS <= to - HOUR_MS) within += asked(hour);
  }
  return Math.max(least, within);
}

/** How many requests an hour had in the week before, or the day before. Of a silence that is longer, the last week or day before it speaks again and again. */
function asBefore(rhythm: Rhythm): (hour: number) => number {
  const known = [...rhythm.keys()];
  const [first, last] = [Math.min(...known), Math.max(...known)];
  const sum = [...rhythm.values()].reduce((total, count) => total + count, 0);
  const mean = sum === 0 ? 0 : (sum * HOUR_MS) / (last - first + HOUR_MS);
  return (hour) => {
    for (const back of [7 * DAY_MS, DAY_MS]) {
      // The hour of the last report is not whole.
      const then = hour - back * Math.max(1, Math.floor((hour - last) / back) + 1);
      if (then >= first) return rhythm.get(then) ?? 0;
    }
    return mean;
  };
}
