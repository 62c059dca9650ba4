-- Latency bins, 32 to a row: one batch has its answers in many bins but in few powers of two, and one wide row is added to faster than 32 narrow ones.
-- Block b holds bins 32 b to 32 b + 31, which at scale 5 is one power of two.
create table telemetry.latency_block (
  environment_id uuid not null,
  resolution text not null,
  feature text not null,
  cut text not null,
  bucket timestamptz not null,
  release text not null,
  arm text not null,
  block smallint not null,
  counts bigint[] not null check (cardinality(counts) = 32),
  primary key (environment_id, feature, resolution, cut, bucket, release, arm, block)
) with (fillfactor = 50);

insert into telemetry.latency_block
select environment_id, resolution, feature, cut, bucket, release, arm, block,
  array(select coalesce(sum(n) filter (where bin = block * 32 + i), 0)::bigint from unnest(bins, ns) as x(bin, n), generate_series(0, 31) i group by i order by i)
from (
  select environment_id, resolution, feature, cut, bucket, release, arm, (bin >> 5)::smallint as block, array_agg(bin) as bins, array_agg(n) as ns
  from telemetry.latency_bin group by 1, 2, 3, 4, 5, 6, 7, 8
) b;

drop table telemetry.latency_bin;
create view telemetry.latency_bin as
select environment_id, resolution, feature, cut, bucket, release, arm, (block * 32 + i - 1)::smallint as bin, n
from telemetry.latency_block, unnest(counts) with ordinality as c(n, i) where n > 0;

-- As before, with latency in its new place.
create or replace function telemetry.drop_rollups(moment timestamptz, keep_days integer) returns void
  language sql security definer set search_path = pg_catalog, telemetry as $$
  delete from telemetry.rollup where resolution = 'minute' and bucket < moment - interval '8 days';
  delete from telemetry.rollup where resolution = 'hour' and bucket < moment - interval '180 days';
  delete from telemetry.latency_block where resolution = 'minute' and bucket < moment - interval '8 days';
  delete from telemetry.latency_block where resolution = 'hour' and bucket < moment - interval '180 days';
  delete from telemetry.instance_hour where hour < moment - interval '180 days';
  delete from telemetry.task where last_at < moment - make_interval(days => greatest(keep_days, 15));
  delete from telemetry.user_day where day < (moment - make_interval(days => greatest(keep_days, 90)))::date;
$$;

-- Earliest signals of decisions that were stored before there was a table for them.
do $$
declare
  oldest date;
begin
  select min(to_date(right(c.relname, 8), 'YYYYMMDD')) into oldest
    from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'telemetry.decision'::regclass;
  perform telemetry.ensure_partitions(greatest(oldest, (now() at time zone 'UTC')::date - 790), (now() at time zone 'UTC')::date + 3);
end $$;

do $$
begin
  if exists (select from pg_roles where rolname = 'evenkeel_app') then
    grant select, insert, update on telemetry.latency_block to evenkeel_app;
    grant select on telemetry.latency_bin to evenkeel_app;
  end if;
end $$;
