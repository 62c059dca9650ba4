/**
 * What is counted by distinct users, exactly, for each day of the organisation's zone, feature by feature. Order of arrival never matters.
 * Who meets a feature on a day has a decision of it. What others do with an answer (judge it, audit it), and who only took the manual way, is no meeting.
 * `users1`, `users7`, `users28`: distinct users who met it in the 1, 7 and 28 days that end with this day.
 * `newUsers`: users who met it on this day first; `cameBack`: of them, those who met it again on one of the 7 days after; `startedAgain`: of them, those who
 * started it themselves (`initiatedBy` user) on one of the 7 days after; `keptOn`: of them, those whose last `turned-off` / `turned-on` by the end of the
 * 14th day after is not off, whether they came again or not. These are final only when those days are over.
 * `usedOrSwitched`: users who met it or turned it off or on on this day; `leftOff`: of them, those whose last switch of this day is off.
 */
export type UserDay = {
  /** "2026-11-20", a day of the organisation's zone. */
  day: string;
  users1: number;
  users7: number;
  users28: number;
  newUsers: number;
  cameBack: number;
  startedAgain: number;
  keptOn: number;
  usedOrSwitched: number;
  leftOff: number;
};

/** Days after the first in which coming back counts. */
export const RETURN_DAYS = 7;

/** Days after the first at the end of which it counts whether it is switched on. */
export const KEPT_DAYS = 14;

/** Distinct users of a span that is none of the exact windows. */
export type UsersEstimate = { users: number; exact: boolean };
