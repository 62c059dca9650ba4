-- Nothing is past keeping because the clock of a worker is wrong: what is removed goes by the database's own clock where that is earlier.
create or replace function telemetry.drop_rollups(moment timestamptz, keep_days integer) returns void
  language sql security definer set search_path = pg_catalog, telemetry, pg_temp as $$
  delete from telemetry.rollup where resolution = 'minute' and bucket < least(moment, now()) - interval '8 days';
  delete from telemetry.rollup where resolution = 'hour' and bucket < least(moment, now()) - interval '180 days';
  delete from telemetry.latency_block where resolution = 'minute' and bucket < least(moment, now()) - interval '8 days';
  delete from telemetry.latency_block where resolution = 'hour' and bucket < least(moment, now()) - interval '180 days';
  delete from telemetry.instance_hour where hour < least(moment, now()) - interval '180 days';
  delete from telemetry.task where last_at < least(moment, now()) - make_interval(days => greatest(keep_days, 15));
  delete from telemetry.user_day where day < (least(moment, now()) - make_interval(days => greatest(keep_days, 90)))::date;
$$;

-- Functions that run with their owner's rights look for nothing in the caller's temporary tables, which would else come first of all.
alter function telemetry.ensure_partitions(date, date) set search_path = pg_catalog, telemetry, pg_temp;
alter function telemetry.drop_partitions(date) set search_path = pg_catalog, telemetry, pg_temp;

-- Decisions whose id was made more than an hour before or after what it is said to have happened (a host that reports later, a clock that was put right):
-- few, and found by their time, where all others are found by their ids.
create index decision_stray on telemetry.decision (environment_id, at)
  where at - uuid_extract_timestamp(id) not between interval '-1 hour' and interval '1 hour';

-- What is past keeping is removed by the functions above and by nobody else: a default privilege of the first migrations gave DELETE on every table here.
-- Which files were applied is nothing that the application writes.
do $$
begin
  if exists (select from pg_roles where rolname = 'evenkeel_app') then
    alter default privileges in schema telemetry revoke delete on tables from evenkeel_app;
    revoke delete on all tables in schema telemetry from evenkeel_app;
    revoke insert, update on telemetry.migrations from evenkeel_app;
  end if;
end $$;
