import type { ClientBase } from "pg";
import type { HourCount, ReleaseSeen } from "../rollup/sightings.ts";
import type { Task } from "../rollup/tasks.ts";
import { arrayLiteral, plainArray } from "./raw-rows.ts";
import type { Remembered } from "./remembered.ts";

/** The earliest signal of a kind of a decision in a batch; times epoch ms. */
export type FirstSignal = { decisionId: string; kind: string; at: number };

/** Stores the earliest signals where they are earlier than what is stored. Answers, in the same order, with when the earliest was until now (epoch ms; null: none). */
export async function writeFirstSignals(
  client: ClientBase,
  environmentId: string,
  firsts: readonly FirstSignal[],
): Promise<(number | null)[]> {
  if (firsts.length === 0) return [];
  const { rows } = await client.query<{ at: number | null }>({
    name: "first-signals",
    text: `with given as (
        select decision_id, kind, to_timestamp(at / 1000) as at, i from unnest($2::uuid[], $3::text[], $4::float8[]) with ordinality as g(decision_id, kind, at, i)
      ), before as (
        select g.i, (extract(epoch from f.at) * 1000)::float8 as at from given g left join lateral (
          select f.at from telemetry.first_signal f
          where f.decision_id = g.decision_id and f.environment_id = $1::uuid and f.kind = g.kind offset 0
        ) f on true
      ), put as (
        insert into telemetry.first_signal (environment_id, decision_id, kind, at) select $1::uuid, decision_id, kind, at from given
        on conflict (decision_id, environment_id, kind) do update set at = excluded.at where excluded.at < first_signal.at
      ) select at from before order by i`,
    values: [
      environmentId,
      plainArray(firsts.map(({ decisionId }) => decisionId)),
      plainArray(firsts.map(({ kind }) => kind)),
      plainArray(firsts.map(({ at }) => at)),
    ],
  });
  return rows.map(({ at }) => at);
}

export async function writeTasks(client: ClientBase, environmentId: string, tasks: readonly Task[]): Promise<void> {
  if (tasks.length === 0) return;
  const parts = tasks.map(({ place }) => place.part);
  await client.query({
    name: "store-tasks",
    text: `insert into telemetry.task (environment_id, feature, task, first_at, first_id, release, arm, cuts, user_group, decisions, regenerated, last_at)
      select $1::uuid, feature, task, to_timestamp(first_at / 1000), first_id, release, arm, cuts::text[], user_group, decisions, regenerated, to_timestamp(last_at / 1000)
      from unnest($2::text[], $3::text[], $4::float8[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::int2[], $10::int[], $11::int[], $12::float8[])
        as t(feature, task, first_at, first_id, release, arm, cuts, user_group, decisions, regenerated, last_at)
      on conflict (environment_id, feature, task) do update set first_at = excluded.first_at, first_id = excluded.first_id,
        release = excluded.release, arm = excluded.arm, cuts = excluded.cuts, user_group = excluded.user_group,
        decisions = excluded.decisions, regenerated = excluded.regenerated, last_at = excluded.last_at`,
    values: [
      environmentId,
      ...columns(parts, ["feature"]),
      ...columns(tasks, ["task", "firstAt", "firstId"]),
      ...columns(parts, ["release", "arm"]),
      arrayLiteral(parts.map(({ cuts }) => arrayLiteral(cuts))),
      plainArray(tasks.map(({ place }) => place.group)),
      ...columns(tasks, ["decisions", "regenerated", "lastAt"]),
    ],
  });
}

export async function writeControlHours(client: ClientBase, environmentId: string, rows: readonly HourCount[]) {
  if (rows.length === 0) return;
  await client.query({
    name: "control-hours",
    text: `insert into telemetry.control_hour (environment_id, control, feature, hour, decisions)
      select $1::uuid, control, feature, to_timestamp(hour / 1000), decisions
      from unnest($2::text[], $3::text[], $4::float8[], $5::bigint[]) as r(control, feature, hour, decisions)
      on conflict (environment_id, control, hour, feature) do update set decisions = control_hour.decisions + excluded.decisions`,
    values: [environmentId, ...columns(rows, ["name", "feature", "hour", "decisions"])],
  });
}

export async function writeInstanceHours(client: ClientBase, environmentId: string, rows: readonly HourCount[]) {
  if (rows.length === 0) return;
  await client.query({
    name: "instance-hours",
    text: `insert into telemetry.instance_hour (environment_id, instance, feature, hour, decisions, last_at)
      select $1::uuid, instance, feature, to_timestamp(hour / 1000), decisions, to_timestamp(last_at / 1000)
      from unnest($2::text[], $3::text[], $4::float8[], $5::bigint[], $6::float8[]) as r(instance, feature, hour, decisions, last_at)
      on conflict (environment_id, feature, hour, instance) do update set
        decisions = instance_hour.decisions + excluded.decisions, last_at = greatest(instance_hour.last_at, excluded.last_at)`,
    values: [environmentId, ...columns(rows, ["name", "feature", "hour", "decisions", "lastAt"])],
  });
}

/**
 * Users of a release are counted once, however long ago they came first. Answers with what remembers them, to be called when the transaction has come
 * to a good end.
 */
export async function writeReleases(
  client: ClientBase,
  environmentId: string,
  memory: Remembered,
  seen: readonly ReleaseSeen[],
): Promise<() => void> {
  if (seen.length === 0) return () => {};
  memory.forgetOld();
  const keyOf = ({ feature, release, arm }: ReleaseSeen) => `${environmentId}\n${feature}\n${release}\n${arm}`;
  const users = seen.flatMap((of) => {
    const { feature, release, arm } = of;
    const unknown = [...of.users].filter((user) => !memory.has(keyOf(of), user));
    return unknown.map((user) => ({ feature, release, arm, user }));
  });
  await client.query({
    name: "releases",
    text: `with fresh as (
        insert into telemetry.release_user (environment_id, feature, release, arm, user_hash)
        select $1::uuid, * from unnest($2::text[], $3::text[], $4::text[], $5::uuid[])
        on conflict do nothing returning feature, release, arm
      ), counted as (select feature, release, arm, count(*) as users from fresh group by 1, 2, 3)
      insert into telemetry.release_seen (environment_id, feature, release, arm, first_at, last_at, users)
      select $1::uuid, s.feature, s.release, s.arm, to_timestamp(s.first_at / 1000), to_timestamp(s.last_at / 1000), coalesce(c.users, 0)
      from unnest($6::text[], $7::text[], $8::text[], $9::float8[], $10::float8[]) as s(feature, release, arm, first_at, last_at)
      left join counted c using (feature, release, arm)
      on conflict (environment_id, feature, release, arm) do update set first_at = least(release_seen.first_at, excluded.first_at),
        last_at = greatest(release_seen.last_at, excluded.last_at), users = release_seen.users + excluded.users`,
    values: [
      environmentId,
      ...columns(users, ["feature", "release", "arm", "user"]),
      ...columns(seen, ["feature", "release", "arm", "firstAt", "lastAt"]),
    ],
  });
  return () => {
    for (const each of seen) memory.add(keyOf(each), each.users);
  };
}

/** Columns of rows as arrays: pg would look at every value of an array to see how to write it. */
function columns<K extends string>(rows: readonly Readonly<Record<K, string | number>>[], names: readonly K[]) {
  return names.map((name) => {
    const values = rows.map((row) => row[name]);
    return values.every((value) => typeof value === "number") ? plainArray(values) : arrayLiteral(values.map(String));
  });
}
