-- Raw telemetry. No foreign keys into the control plane; a primary key that begins with the UUIDv7 id, on which the tables are
-- partitioned by UTC day, so an event sent twice meets itself and a signal finds its decision's partition by the id alone.
create schema if not exists telemetry;

-- The smallest UUIDv7 of a moment.
create function telemetry.id_floor(moment timestamptz) returns uuid
  language sql immutable strict parallel safe
  return (lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid;

create table telemetry.decision (
  id uuid not null,
  environment_id uuid not null,
  at timestamptz not null,
  received_at timestamptz not null default now(),
  -- sdk | otlp
  source text not null,
  instance text,
  -- Null: unassigned, never guessed.
  feature text,
  scenarios text[] not null,
  cohorts text[] not null,
  release text,
  arm text,
  slot integer,
  -- Null where the sender follows no ruleset (OTLP).
  ruleset_epoch text,
  ruleset_version bigint,
  -- 128-bit pseudonyms; uuid is only the compact type for them.
  user_hash uuid,
  session_hash uuid,
  task text,
  initiated_by text not null,
  served text not null,
  provider text,
  model text,
  model_reported text,
  mode text not null,
  latency_ms double precision,
  cost_usd double precision,
  tokens_in bigint,
  tokens_out bigint,
  error text,
  safety_filtered boolean not null,
  confidence double precision,
  controls text[] not null,
  dimensions jsonb not null,
  primary key (id, environment_id)
) partition by range (id);

create table telemetry.signal (
  id uuid not null,
  environment_id uuid not null,
  at timestamptz not null,
  received_at timestamptz not null default now(),
  decision_id uuid,
  kind text not null,
  value double precision,
  changed double precision,
  label text,
  -- Pseudonym of who acted, or one of a few words such as "judge".
  actor text,
  feature text,
  scenarios text[],
  release text,
  arm text,
  user_hash uuid,
  -- decision: its decision is known | direct: sent without one | waiting: its decision may still come | unattributed: it did not come in 15 minutes
  attribution text not null check (attribution in ('decision', 'direct', 'waiting', 'unattributed')),
  primary key (id, environment_id)
) partition by range (id);

create index signal_waiting on telemetry.signal (received_at) where attribution = 'waiting';
create index signal_decision on telemetry.signal (decision_id) where decision_id is not null;

create table telemetry.sample (
  id uuid not null,
  environment_id uuid not null,
  at timestamptz not null,
  received_at timestamptz not null default now(),
  decision_id uuid not null,
  input text not null,
  output text not null,
  primary key (id, environment_id)
) partition by range (id);

-- Makes the day partitions of [from_day, to_day]. Runs with its owner's rights, because the application's role owns nothing.
create function telemetry.ensure_partitions(from_day date, to_day date) returns integer
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
    foreach parent in array array['decision', 'signal', 'sample'] loop
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

-- Drops whole days before `before_day`; never younger than the seven days in which late events still count.
create function telemetry.drop_partitions(before_day date) returns integer
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
    where n.nspname = 'telemetry' and p.relname in ('decision', 'signal', 'sample')
  loop
    if to_date(right(part.name, 8), 'YYYYMMDD') < least(before_day, (now() at time zone 'UTC')::date - 8) then
      execute format('drop table telemetry.%I', part.name);
      dropped := dropped + 1;
    end if;
  end loop;
  return dropped;
end $$;

select telemetry.ensure_partitions((now() at time zone 'UTC')::date - 8, (now() at time zone 'UTC')::date + 3);

do $$
begin
  if exists (select from pg_roles where rolname = 'evenkeel_app') then
    grant usage on schema telemetry to evenkeel_app;
    grant select, insert, update on all tables in schema telemetry to evenkeel_app;
    alter default privileges in schema telemetry grant select, insert, update on tables to evenkeel_app;
    revoke execute on function telemetry.ensure_partitions, telemetry.drop_partitions from public;
    grant execute on function telemetry.ensure_partitions, telemetry.drop_partitions, telemetry.id_floor to evenkeel_app;
  end if;
end $$;
