import type { Pool } from "pg";
import { HOUR_MS } from "#lib/core/time.ts";
import type { AggregateSource, TrafficScope } from "../aggregate-source.ts";

/** Younger reporting than this is not yet stretched to an hour. */
const SHORTEST_WINDOW_MS = 60_000;

/**
 * Whether the environment reported anything before the moment `$n`: then the hour after it is a whole one, however quiet. Asked of the hours that instances
 * reported, and of the decisions only in the hour before, part of which may lie after the moment.
 */
const REPORTED_BEFORE = (moment: string) =>
  `(exists (select from telemetry.instance_hour where environment_id = $1 and feature = '*' and hour <= ${moment}::timestamptz - interval '1 hour')
    or exists (select from telemetry.decision where environment_id = $1
      and id >= telemetry.id_floor(${moment}::timestamptz - interval '1 hour') and id < telemetry.id_floor(${moment}::timestamptz)))`;

/** How much of the last hour was reported of: all of it, or what there is since the very `first` decision of the environment. */
function windowOf({ first, before }: { first: Date; before: boolean }, now: Date): number {
  return before ? HOUR_MS : Math.min(HOUR_MS, Math.max(now.getTime() - first.getTime(), SHORTEST_WINDOW_MS));
}

/** Rungs of `served` that are AI answers. */
const AI = "served in ('primary', 'secondary')";

/** The scope as a condition on `telemetry.decision`; its values are appended to `values`. */
function inScope(scope: TrafficScope, values: unknown[]): string {
  const conditions = ["true"];
  const is = (sql: (parameter: string) => string, value: string | undefined) => {
    if (value !== undefined) conditions.push(sql(`$${values.push(value)}`));
  };
  is((p) => `feature = ${p}`, scope.feature);
  // A decision that named no scenario may have been one of any, and one without a country from anywhere: unknown counts as inside.
  is((p) => `(${p} = any(scenarios) or scenarios = '{}')`, scope.scenario);
  is((p) => `provider = ${p}`, scope.provider);
  is((p) => `model = ${p}`, scope.model);
  is((p) => `(${p} = any(cohorts) or ${cohortUnknown(p)})`, scope.cohort);
  return conditions.join(" and ");
}

/** Nobody can say whether the decision is in the cohort: its host said so, or it came as a span, which names no cohorts. */
const cohortUnknown = (parameter: string) => `${parameter} = any(cohorts_unknown) or source = 'otlp'`;

/** A decision that counts as inside only because it does not carry what the scope asks for; never where it asks for nothing. Its values are appended to `values`. */
function withoutValue({ feature, scenario, cohort }: TrafficScope, values: unknown[]): string {
  const conditions = ["false"];
  if (scenario !== undefined) conditions.push("scenarios = '{}'");
  if (cohort !== undefined) conditions.push(cohortUnknown(`$${values.push(cohort)}`));
  return `(${conditions.join(" or ")}) and ${inScope({ feature, scenario, cohort }, values)}`;
}

/** Aggregates straight from the raw rows of the last hour, found by the time inside their ids; but for when anybody last reported. */
export function postgresAggregates(pool: Pool): AggregateSource {
  return {
    async traffic(environmentId, scope, now) {
      const since = now.getTime() - HOUR_MS;
      const values: unknown[] = [environmentId, new Date(since), new Date(now.getTime() + 1)];
      const scoped = inScope(scope, values);
      const feature = scope.feature === undefined ? "true" : `feature = $${values.push(scope.feature)}`;
      const { rows } = await pool.query<{
        first: Date | null;
        before: boolean;
        ai: string;
        people: string;
        unnamed: string;
        whole: string;
        without: string;
      }>(
        `select min(at) as first, ${REPORTED_BEFORE("$2")} as before,
           count(*) filter (where ${AI} and ${scoped}) as ai,
           count(distinct user_hash) filter (where ${AI} and ${scoped}) as people,
           count(*) filter (where ${AI} and ${scoped} and user_hash is null) as unnamed,
           count(*) filter (where ${feature}) as whole,
           count(*) filter (where ${withoutValue(scope, values)}) as without
         from telemetry.decision
         where environment_id = $1 and id >= telemetry.id_floor($2::timestamptz) and id < telemetry.id_floor($3::timestamptz)`,
        values,
      );
      const [row] = rows;
      const first = row?.first ?? null;
      if (!row || !first) {
        return { aiPerHour: null, peoplePerHour: null, unnamedPerHour: null, withoutValue: null, windowMs: HOUR_MS };
      }
      const windowMs = windowOf({ first, before: row.before }, now);
      const asksForValue = scope.scenario !== undefined || scope.cohort !== undefined;
      const [ai, people, whole] = [Number(row.ai), Number(row.people), Number(row.whole)];
      return {
        aiPerHour: Math.round((ai * HOUR_MS) / windowMs),
        unnamedPerHour: Math.round((Number(row.unnamed) * HOUR_MS) / windowMs),
        peoplePerHour: ai > 0 && people === 0 ? null : people,
        withoutValue: !asksForValue || whole === 0 ? null : Number(row.without) / whole,
        windowMs,
      };
    },

    async aiPerHourByFeature(environmentId, now) {
      const { rows } = await pool.query<{ feature: string; ai: string; first: Date; before: boolean }>(
        `select feature, count(*) filter (where ${AI}) as ai, min(min(at)) over () as first, ${REPORTED_BEFORE("$2")} as before
         from telemetry.decision
         where environment_id = $1 and feature is not null and id >= telemetry.id_floor($2::timestamptz) and id < telemetry.id_floor($3::timestamptz)
         group by feature`,
        [environmentId, new Date(now.getTime() - HOUR_MS), new Date(now.getTime() + 1)],
      );
      return new Map(rows.map((row) => [row.feature, Math.round((Number(row.ai) * HOUR_MS) / windowOf(row, now))]));
    },

    async lastReportedAt(environmentId, feature, now) {
      // From the hours that instances reported: a feature that nobody used for days costs no search through everybody else's decisions. The clock of a host may be ahead.
      const { rows } = await pool.query<{ last: Date | null }>(
        `select max(least(last_at, $4)) as last from telemetry.instance_hour
         where environment_id = $1 and feature = $2 and hour = (
           select max(hour) from telemetry.instance_hour where environment_id = $1 and feature = $2 and hour > $3::timestamptz - interval '1 hour' and hour <= $4)`,
        [environmentId, feature ?? "*", new Date(now.getTime() - 7 * 24 * HOUR_MS), now],
      );
      return rows[0]?.last?.getTime() ?? null;
    },

    async olderDecisionsSince(environmentId, scope, floor, since) {
      const values: unknown[] = [environmentId, since, floor.epoch, floor.version];
      const { rows } = await pool.query<{ older: string }>(
        `select count(*) as older from telemetry.decision
         where environment_id = $1 and id >= telemetry.id_floor($2::timestamptz) and ${AI} and ruleset_epoch is not null
           and (ruleset_epoch <> $3 or ruleset_version < $4::bigint) and ${inScope(scope, values)}`,
        values,
      );
      return Number(rows[0]?.older ?? 0);
    },

    async health(environmentId, now) {
      const since = new Date(now.getTime() - HOUR_MS);
      const { rows } = await pool.query<{ unassigned: string; waiting: string; unattributed: string }>(
        `select
           (select count(*) from telemetry.decision where environment_id = $1 and feature is null and id >= telemetry.id_floor($2::timestamptz)) as unassigned,
           count(*) filter (where attribution = 'waiting') as waiting,
           count(*) filter (where attribution = 'unattributed') as unattributed
         from telemetry.signal where environment_id = $1 and id >= telemetry.id_floor($2::timestamptz)`,
        [environmentId, since],
      );
      const [row] = rows;
      return {
        unassigned: Number(row?.unassigned ?? 0),
        waiting: Number(row?.waiting ?? 0),
        unattributed: Number(row?.unattributed ?? 0),
      };
    },
  };
}
