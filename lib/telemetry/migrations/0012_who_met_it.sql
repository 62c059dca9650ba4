-- Who meets a feature on a day has a decision of it. Until now every signal made a day, also one of somebody else: a judge who scored yesterday's answers made people
-- "come back". What was counted so stays counted (raw events are not kept for as long), so that nothing that is added to it counts twice.
alter table telemetry.user_day add column met boolean not null default true;
alter table telemetry.user_day alter column met drop default;
-- Switches are few, and the last one before a day is asked for whenever a user's days change.
create index user_day_switched on telemetry.user_day (environment_id, feature, user_hash, day) where switched_at is not null;

-- `kept_on`: of the new users of a day, those whose last switch by the end of the 14th day after is not off. `used_or_switched`: users of a day who met it or
-- switched it, against whom `left_off` stands.
alter table telemetry.user_count add column kept_on bigint not null default 0, add column used_or_switched bigint not null default 0;
update telemetry.user_count set kept_on = new_users, used_or_switched = users_1;

-- Where the first days of users are no longer kept, the first four weeks that are left hold many who were there before: of them, as of all days before, nobody
-- can tell any more who switched it off, and nobody is taken to have.
with kept as (
  select d.environment_id, d.feature, min(d.day) as since,
    (select min(c.day) from telemetry.user_count c where c.environment_id = d.environment_id and c.feature = d.feature and c.users_1 > 0) as counted_since
  from telemetry.user_day d group by 1, 2
), firsts as (
  select u.environment_id, u.feature, u.user_hash,
    (select min(d.day) from telemetry.user_day d where d.environment_id = u.environment_id and d.feature = u.feature and d.user_hash = u.user_hash) as day
  from (select distinct environment_id, feature, user_hash from telemetry.user_day where switched_at is not null and switched_off) u
), off as (
  select f.environment_id, f.feature, f.day, count(*) as users from firsts f
  cross join lateral (
    select d.switched_off from telemetry.user_day d
    where d.environment_id = f.environment_id and d.feature = f.feature and d.user_hash = f.user_hash and d.switched_at is not null and d.day <= f.day + 14
    order by d.day desc limit 1
  ) last
  join kept k using (environment_id, feature)
  where last.switched_off and f.day >= case when k.counted_since < k.since then k.since + 28 else k.since end
  group by 1, 2, 3
)
update telemetry.user_count c set kept_on = greatest(0, c.new_users - off.users)
from off where c.environment_id = off.environment_id and c.feature = off.feature and c.day = off.day;
