import type { Pool } from "pg";
import type { UserDay, UsersEstimate } from "#lib/core/metrics/user-counts.ts";
import type { Span } from "../figure-source.ts";
import { textRows } from "./measure-rows.ts";

/** Up to this many rows of a feature in `user_day` are counted one by one; it takes a few milliseconds. */
const COUNTED_ROWS = 20_000;
/** One user in sixteen is in the sample (index `user_day_sample`). It goes by the pseudonym's last byte, groups of users by its first. */
const SAMPLE = "get_byte(uuid_send(user_hash), 15) < 16";
const SAMPLED_OF = 16;

/** The days of zone $5 that begin in [$3, $4). A midnight that a change of clocks skips is where the day then begins. */
const DAYS = `days as (
  select day::date as day from generate_series(
    ($3::timestamptz at time zone $5)::date::timestamp, ($4::timestamptz at time zone $5)::date::timestamp, interval '1 day') day
  where (day at time zone $5) >= $3 and (day at time zone $5) < $4)`;

const parameters = (environmentId: string, feature: string, { from, to }: Span, zone: string) => [
  environmentId,
  feature,
  new Date(from),
  new Date(to),
  zone,
];

/** One row for every day of `zone` that begins in the span, also for those on which nobody came. */
export async function readUserDays(
  pool: Pool,
  zone: string,
  environmentId: string,
  feature: string,
  span: Span,
): Promise<UserDay[]> {
  const rows = await textRows(
    pool,
    "figures-user-days",
    `with ${DAYS}, known as (
       select day, users_1, enter_7, enter_28, new_users, came_back, started_again, kept_on, used_or_switched, left_off from telemetry.user_count
       where environment_id = $1 and feature = $2 and day <= (select max(day) from days)
       union all select day, 0, 0, 0, 0, 0, 0, 0, 0, 0 from days
     ), added as (
       select day, sum(users_1), sum(sum(enter_7)) over through_day, sum(sum(enter_28)) over through_day,
         sum(new_users), sum(came_back), sum(started_again), sum(kept_on), sum(used_or_switched), sum(left_off)
       from known group by day window through_day as (order by day)
     )
     select * from added where day in (select day from days) order by day`,
    parameters(environmentId, feature, span, zone),
  );
  return rows.map(([day = "", ...counts]) => {
    const [users1 = 0, users7 = 0, users28 = 0, ...more] = counts.map(Number);
    const [newUsers = 0, cameBack = 0, startedAgain = 0, keptOn = 0, usedOrSwitched = 0, leftOff = 0] = more;
    return { day, users1, users7, users28, newUsers, cameBack, startedAgain, keptOn, usedOrSwitched, leftOff };
  });
}

/**
 * Distinct users of the days that begin in the span. One, seven or 28 days are kept exactly; other lengths are counted while the feature has few
 * rows, and otherwise (or where user days past their keeping are gone) told from one user in sixteen and not called exact.
 */
export async function countUsers(
  pool: Pool,
  zone: string,
  environmentId: string,
  feature: string,
  span: Span,
): Promise<UsersEstimate> {
  const days = await readUserDays(pool, zone, environmentId, feature, span);
  const last = days.at(-1);
  const userDays = days.reduce((sum, { users1 }) => sum + users1, 0);
  if (!last || userDays === 0) return { users: 0, exact: true };
  if (days.length === 1) return { users: last.users1, exact: true };
  if (days.length === 7) return { users: last.users7, exact: true };
  if (days.length === 28) return { users: last.users28, exact: true };
  const values = parameters(environmentId, feature, span, zone);
  const within = `environment_id = $1 and feature = $2 and met and day >= (select min(day) from days) and day <= (select max(day) from days)`;
  if (await hasFewRows(pool, environmentId, feature)) {
    const [row] = await textRows(
      pool,
      "figures-users-counted",
      `with ${DAYS} select coalesce(sum(n), 0), count(*) from (select count(*) as n from telemetry.user_day where ${within} group by user_hash) users`,
      values,
    );
    const [kept, users] = [Number(row?.[0]), Number(row?.[1])];
    return { users, exact: kept === userDays };
  }
  const [row] = await textRows(
    pool,
    "figures-users-sampled",
    `with ${DAYS} select count(*) from (select distinct user_hash from telemetry.user_day where ${within} and ${SAMPLE}) users`,
    values,
  );
  return { users: Number(row?.[0]) * SAMPLED_OF, exact: false };
}

async function hasFewRows(pool: Pool, environmentId: string, feature: string): Promise<boolean> {
  const [row] = await textRows(
    pool,
    "figures-user-rows",
    `select count(*) from (select from telemetry.user_day where environment_id = $1 and feature = $2 limit ${COUNTED_ROWS + 1}) counted`,
    [environmentId, feature],
  );
  return Number(row?.[0]) <= COUNTED_ROWS;
}
