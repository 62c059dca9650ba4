import { KEPT_DAYS, RETURN_DAYS } from "#lib/core/metrics/user-counts.ts";

/** A day of which something is known of a user (days since 1970): whether they met the feature and started something themselves, and how they left its switch (null: untouched). */
export type UsedDay = { day: number; met: boolean; started: boolean; off: boolean | null };

/** What a user adds to the days of `telemetry.user_count`. `enter_<n>`: by how much the users of the n days ending with a day differ from the day before's. */
export const HISTORY_COUNTS = [
  ...(["users_1", "enter_7", "enter_28", "new_users", "came_back", "started_again"] as const),
  ...(["kept_on", "used_or_switched", "left_off"] as const),
] as const;
export type HistoryCount = (typeof HISTORY_COUNTS)[number];

/** Longest window of days. */
export const LONGEST_WINDOW = 28;
const WINDOWS = [
  ["enter_7", 7],
  ["enter_28", LONGEST_WINDOW],
] as const;

type Add = (day: number, count: HistoryCount, amount: number) => void;

/** Counts one user: `days` in ascending order, each once. Linear in them: `sign` -1 takes back what 1 added. */
export function countHistory(days: readonly UsedDay[], sign: 1 | -1, add: Add): void {
  for (const { day, off } of days) {
    add(day, "used_or_switched", sign);
    if (off) add(day, "left_off", sign);
  }
  const met = days.filter((day) => day.met);
  const [first] = met;
  if (!first) return;
  countPresence(met, sign, add);
  add(first.day, "new_users", sign);
  const after = met.filter(({ day }) => day > first.day && day <= first.day + RETURN_DAYS);
  if (after.length > 0) add(first.day, "came_back", sign);
  if (after.some(({ started }) => started)) add(first.day, "started_again", sign);
  const last = days.findLast(({ day, off }) => off !== null && day <= first.day + KEPT_DAYS);
  if (!last?.off) add(first.day, "kept_on", sign);
}

function countPresence(met: readonly UsedDay[], sign: 1 | -1, add: Add): void {
  let previous = Number.NEGATIVE_INFINITY;
  for (const { day } of met) {
    add(day, "users_1", sign);
    for (const [count, length] of WINDOWS) {
      // Windows of days that are near one another overlap: only what is new of this one counts.
      add(Math.max(day, previous + length), count, sign);
      add(day + length, count, -sign);
    }
    previous = day;
  }
}
