-- Roll-ups. Everything in them is fed, in the statement that stores a batch, from the rows that were really inserted; batches of one environment
-- run one after another (an advisory lock), so what they read of each other is never half.

-- One row a bucket, part of the traffic, release, arm and (resolution 'group' only) group of users. `cut` is '' for all of a feature, or
-- 'scenario:<key>', 'cohort:<key>', 'dimension:<key>=<value>': one at a time, never crossed. `feature` '*' is the environment, '' is unassigned.
create table telemetry.rollup (
  environment_id uuid not null,
  -- minute | hour | day | group (a day, by group of users)
  resolution text not null,
  feature text not null,
  cut text not null,
  -- Start of the bucket; of a day, in the organisation's zone.
  bucket timestamptz not null,
  release text not null,
  arm text not null,
  -- 0 to 31 by the first five bits of the pseudonym; -1 elsewhere.
  user_group smallint not null default -1,
  -- The measures of lib/core/metrics/measures.ts.
  decisions double precision not null default 0,
  ai double precision not null default 0,
  tried double precision not null default 0,
  served_primary double precision not null default 0,
  served_secondary double precision not null default 0,
  served_cached double precision not null default 0,
  served_template double precision not null default 0,
  served_static double precision not null default 0,
  served_manual double precision not null default 0,
  served_person double precision not null default 0,
  suggestions double precision not null default 0,
  user_started double precision not null default 0,
  errors double precision not null default 0,
  timeouts double precision not null default 0,
  low_confidence double precision not null default 0,
  safety_filtered double precision not null default 0,
  latency_n double precision not null default 0,
  latency_ms double precision not null default 0,
  cost_n double precision not null default 0,
  cost_usd double precision not null default 0,
  tokens_in double precision not null default 0,
  tokens_out double precision not null default 0,
  controlled double precision not null default 0,
  late_decisions double precision not null default 0,
  tasks double precision not null default 0,
  repeats double precision not null default 0,
  regenerate_loops double precision not null default 0,
  s_shown double precision not null default 0,
  s_accepted double precision not null default 0,
  s_edited double precision not null default 0,
  s_overridden double precision not null default 0,
  s_reverted double precision not null default 0,
  s_regenerated double precision not null default 0,
  s_dismissed double precision not null default 0,
  s_abandoned double precision not null default 0,
  s_copied_not_sent double precision not null default 0,
  s_switched_to_manual double precision not null default 0,
  s_manual_path double precision not null default 0,
  s_thumbs_up double precision not null default 0,
  s_thumbs_down double precision not null default 0,
  s_escalated double precision not null default 0,
  s_policy_violation double precision not null default 0,
  s_moderated double precision not null default 0,
  s_reviewed double precision not null default 0,
  s_task_completed double precision not null default 0,
  s_task_failed double precision not null default 0,
  s_session_restarted double precision not null default 0,
  s_turned_off double precision not null default 0,
  s_turned_on double precision not null default 0,
  s_judged double precision not null default 0,
  s_audited double precision not null default 0,
  correction_n double precision not null default 0,
  correction_s double precision not null default 0,
  correction_ss double precision not null default 0,
  changed_n double precision not null default 0,
  changed_sum double precision not null default 0,
  review_n double precision not null default 0,
  review_s double precision not null default 0,
  judged_n double precision not null default 0,
  judged_sum double precision not null default 0,
  judged_ss double precision not null default 0,
  audited_misleading double precision not null default 0,
  false_positives double precision not null default 0,
  signals double precision not null default 0,
  late_signals double precision not null default 0,
  primary key (environment_id, feature, resolution, cut, bucket, release, arm, user_group)
) partition by list (resolution);
create table telemetry.rollup_minute partition of telemetry.rollup for values in ('minute') with (fillfactor = 70);
create table telemetry.rollup_hour partition of telemetry.rollup for values in ('hour') with (fillfactor = 70);
create table telemetry.rollup_day partition of telemetry.rollup for values in ('day') with (fillfactor = 70);
create table telemetry.rollup_group partition of telemetry.rollup for values in ('group') with (fillfactor = 70);
create index rollup_minute_bucket on telemetry.rollup_minute using brin (bucket);

-- Latency of AI answers in bins of an exponential histogram, scale 5: they add up.
create table telemetry.latency_bin (
  environment_id uuid not null,
  resolution text not null,
  feature text not null,
  cut text not null,
  bucket timestamptz not null,
  release text not null,
  arm text not null,
  bin smallint not null,
  n bigint not null,
  primary key (environment_id, feature, resolution, cut, bucket, release, arm, bin)
) with (fillfactor = 70);

-- The earliest signal of each kind of a decision: a decision that was edited twice is one edited output. By the decision's id, so it goes with its day.
create table telemetry.first_signal (
  decision_id uuid not null,
  environment_id uuid not null,
  kind text not null,
  at timestamptz not null,
  primary key (decision_id, environment_id, kind)
) partition by range (decision_id);

-- A task counts where its first decision was.
create table telemetry.task (
  environment_id uuid not null,
  feature text not null,
  task text not null,
  first_at timestamptz not null,
  first_id uuid not null,
  release text not null,
  arm text not null,
  cuts text[] not null,
  user_group smallint not null,
  decisions integer not null,
  regenerated integer not null,
  last_at timestamptz not null,
  primary key (environment_id, feature, task)
);
create index task_last on telemetry.task using brin (last_at);

-- Per user and day of the organisation's zone.
create table telemetry.user_day (
  environment_id uuid not null,
  feature text not null,
  user_hash uuid not null,
  day date not null,
  decisions integer not null,
  signals integer not null,
  user_started integer not null,
  switched_at timestamptz,
  switched_off boolean not null default false,
  primary key (environment_id, feature, user_hash, day)
);
create index user_day_sample on telemetry.user_day (environment_id, feature, day) where get_byte(uuid_send(user_hash), 15) < 16;

-- Distinct users of a day. `enter_7`, `enter_28`: by how much the number of users of the 7 or 28 days ending with this day differs from the day before's.
create table telemetry.user_count (
  environment_id uuid not null,
  feature text not null,
  day date not null,
  users_1 bigint not null default 0,
  enter_7 bigint not null default 0,
  enter_28 bigint not null default 0,
  left_off bigint not null default 0,
  new_users bigint not null default 0,
  came_back bigint not null default 0,
  started_again bigint not null default 0,
  primary key (environment_id, feature, day)
);

-- Users of each release and arm since it began, and how many they are.
create table telemetry.release_user (
  environment_id uuid not null,
  feature text not null,
  release text not null,
  arm text not null,
  user_hash uuid not null,
  primary key (environment_id, feature, release, arm, user_hash)
);
create table telemetry.release_seen (
  environment_id uuid not null,
  feature text not null,
  release text not null,
  arm text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  users bigint not null,
  primary key (environment_id, feature, release, arm)
);

-- Decisions in which a control acted.
create table telemetry.control_hour (
  environment_id uuid not null,
  control text not null,
  feature text not null,
  hour timestamptz not null,
  decisions bigint not null,
  primary key (environment_id, control, hour, feature)
);

-- Which instance reported what, by hour.
create table telemetry.instance_hour (
  environment_id uuid not null,
  instance text not null,
  feature text not null,
  hour timestamptz not null,
  decisions bigint not null,
  last_at timestamptz not null,
  primary key (environment_id, feature, hour, instance)
);

-- Values seen of each dimension: the first 50 are told apart, all further ones are '(other)', so that no host can flood the roll-ups.
create table telemetry.dimension_value (
  environment_id uuid not null,
  feature text not null,
  key text not null,
  value text not null,
  primary key (environment_id, feature, key, value)
);

-- Days for the earliest signals, next to those of the raw tables.
create or replace function telemetry.ensure_partitions(from_day date, to_day date) returns integer
  language plpgsql security definer set search_path = pg_catalog, telemetry as $$
declare
  day date := from_day;
  parent text;
  made integer := 0;
begin
  if to_day - from_day > 800 then
    raise exception 'too many days at once';
  end if;
  while day <= to_day loop
    foreach parent in array array['decision', 'signal', 'sample', 'first_signal'] loop
      if to_regclass(format('telemetry.%I', parent || to_char(day, '_YYYYMMDD'))) is null then
        perform pg_advisory_xact_lock(hashtext('telemetry.ensure_partitions'));
        execute format('create table if not exists telemetry.%I partition of telemetry.%I for values from (%L) to (%L)',
          parent || to_char(day, '_YYYYMMDD'), parent,
          telemetry.id_floor(day::timestamp at time zone 'UTC'), telemetry.id_floor((day + 1)::timestamp at time zone 'UTC'));
        made := made + 1;
      end if;
    end loop;
    day := day + 1;
  end loop;
  return made;
end $$;

create or replace function telemetry.drop_partitions(before_day date) returns integer
  language plpgsql security definer set search_path = pg_catalog, telemetry as $$
declare
  part record;
  dropped integer := 0;
begin
  for part in
    select c.relname as name from pg_inherits i
      join pg_class c on c.oid = i.inhrelid
      join pg_class p on p.oid = i.inhparent
      join pg_namespace n on n.oid = p.relnamespace
    where n.nspname = 'telemetry' and p.relname in ('decision', 'signal', 'sample', 'first_signal')
  loop
    if to_date(right(part.name, 8), 'YYYYMMDD') < least(before_day, (now() at time zone 'UTC')::date - 8) then
      execute format('drop table telemetry.%I', part.name);
      dropped := dropped + 1;
    end if;
  end loop;
  return dropped;
end $$;

-- Removes roll-ups past their use: minutes after 8 days, hours and latency bins by the hour after 180, tasks and user days after `keep_days` but never
-- while late events may still touch them. Days are kept for ever.
create function telemetry.drop_rollups(moment timestamptz, keep_days integer) returns void
  language sql security definer set search_path = pg_catalog, telemetry as $$
  delete from telemetry.rollup where resolution = 'minute' and bucket < moment - interval '8 days';
  delete from telemetry.rollup where resolution = 'hour' and bucket < moment - interval '180 days';
  delete from telemetry.latency_bin where resolution = 'minute' and bucket < moment - interval '8 days';
  delete from telemetry.latency_bin where resolution = 'hour' and bucket < moment - interval '180 days';
  delete from telemetry.instance_hour where hour < moment - interval '180 days';
  delete from telemetry.task where last_at < moment - make_interval(days => greatest(keep_days, 15));
  delete from telemetry.user_day where day < (moment - make_interval(days => greatest(keep_days, 90)))::date;
$$;

select telemetry.ensure_partitions((now() at time zone 'UTC')::date - 8, (now() at time zone 'UTC')::date + 3);

do $$
begin
  if exists (select from pg_roles where rolname = 'evenkeel_app') then
    grant select, insert, update on all tables in schema telemetry to evenkeel_app;
    revoke execute on function telemetry.drop_rollups from public;
    grant execute on function telemetry.drop_rollups to evenkeel_app;
  end if;
end $$;
