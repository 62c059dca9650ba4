-- Who was served by a release is of use while the release is: 90 days after its last decision the pseudonyms go, and how many they were stays (`release_seen`). A release that
-- comes back later than that counts the users who come back with it again. What controls did goes with the other figures by the hour.
create or replace function telemetry.drop_rollups(moment timestamptz, keep_days integer) returns void
  language sql security definer set search_path = pg_catalog, telemetry, pg_temp as $$
  delete from telemetry.rollup where resolution = 'minute' and bucket < least(moment, now()) - interval '8 days';
  delete from telemetry.rollup where resolution = 'hour' and bucket < least(moment, now()) - interval '180 days';
  delete from telemetry.latency_block where resolution = 'minute' and bucket < least(moment, now()) - interval '8 days';
  delete from telemetry.latency_block where resolution = 'hour' and bucket < least(moment, now()) - interval '180 days';
  delete from telemetry.instance_hour where hour < least(moment, now()) - interval '180 days';
  delete from telemetry.control_hour where hour < least(moment, now()) - interval '180 days';
  delete from telemetry.task where last_at < least(moment, now()) - make_interval(days => greatest(keep_days, 15));
  delete from telemetry.user_day where day < (least(moment, now()) - make_interval(days => greatest(keep_days, 90)))::date;
  delete from telemetry.release_user u using telemetry.release_seen s
    where s.last_at < least(moment, now()) - interval '90 days'
      and u.environment_id = s.environment_id and u.feature = s.feature and u.release = s.release and u.arm = s.arm;
$$;

-- What is past use is found by its time, every hour. Rows of one time are many and come one after the other, which an index holds in a few bytes each. A summary of
-- pages (brin) would be smaller, but room that was left by old rows is used for new ones, and then a page seems to be of both times for ever.
create index rollup_hour_bucket on telemetry.rollup_hour (bucket);
create index latency_block_passing on telemetry.latency_block (resolution, bucket) where resolution in ('minute', 'hour');
create index user_day_day on telemetry.user_day (day);
