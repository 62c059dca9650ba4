import type { Pool } from "pg";
import type { Measures } from "#lib/core/metrics/measures.ts";
import { HOUR_MS } from "#lib/core/time.ts";
import type { Cut, FigureSource, Resolution, Span } from "../figure-source.ts";
import { BLOCK } from "../rollup/latency.ts";
import { measureColumns, measuresFrom, textRows } from "./measure-rows.ts";
import { countUsers, readUserDays } from "./user-figures.ts";

/** Tells the organisation's zone (IANA name), in which its days begin. */
export type ZoneReader = () => Promise<string>;

/** How far the moment inside an id (when the host made it) may be from the event's `at`: it says in which partitions to look. */
const ID_MARGIN = "interval '1 day'";
/** Up to this length the parts of a span are weighed by its hours, beyond it by its days. */
const BY_HOURS_MS = 48 * HOUR_MS;

/** Start of a bucket in epoch ms. */
const MS = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`;

const OF_CUT = "environment_id = $1 and feature = $2 and resolution = $3 and cut = $4 and bucket >= $5 and bucket < $6";

const ofCut = (environmentId: string, { feature, cut }: Cut, { from, to }: Span, resolution: Resolution | "group") => [
  environmentId,
  feature,
  resolution,
  cut,
  new Date(from),
  new Date(to),
];

/** What was counted here first and belongs elsewhere leaves a row of zeros. */
const isNothing = (measures: Measures) => Object.keys(measures).length === 0;

/** Figures from the roll-ups of `telemetry`; nothing here reads a raw event but the count of signals that lost their decision, which has its own index. */
export function postgresFigures(pool: Pool, zone: ZoneReader): FigureSource {
  return {
    async window(environmentId, cut, span, resolution) {
      const rows = await textRows(
        pool,
        "figures-window",
        `select ${MS("bucket")}, release, arm, ${measureColumns()} from telemetry.rollup
         where ${OF_CUT} order by bucket, release, arm`,
        ofCut(environmentId, cut, span, resolution),
      );
      return rows.flatMap((row) => {
        const [bucket, release = "", arm = ""] = row;
        const measures = measuresFrom(row, 3);
        return isNothing(measures) ? [] : [{ bucket: Number(bucket), release, arm, measures }];
      });
    },

    async userSums(environmentId, cut, span) {
      const rows = await textRows(
        pool,
        "figures-user-sums",
        `select user_group, release, arm, ${measureColumns((measure) => `sum(${measure})`)} from telemetry.rollup
         where ${OF_CUT} and user_group >= 0 group by release, arm, user_group order by release, arm, user_group`,
        ofCut(environmentId, cut, span, "group"),
      );
      return rows.flatMap((row) => {
        const [group, release = "", arm = ""] = row;
        const measures = measuresFrom(row, 3);
        return isNothing(measures) ? [] : [{ group: Number(group), release, arm, measures }];
      });
    },

    async quantiles(environmentId, cut, span, resolution) {
      const rows = await textRows(
        pool,
        "figures-quantiles",
        `select ${MS("bucket")}, release, arm, block, counts from telemetry.latency_block
         where ${OF_CUT} order by bucket, release, arm, block`,
        ofCut(environmentId, cut, span, resolution),
      );
      return rows.flatMap(([start, release = "", arm = "", block, counts = "{}"]) => {
        const bucket = Number(start);
        const first = Number(block) * BLOCK;
        return counts
          .slice(1, -1)
          .split(",")
          .flatMap((n, index) => (n === "0" ? [] : [{ bucket, release, arm, bin: first + index, n: Number(n) }]));
      });
    },

    async userDays(environmentId, feature, span) {
      return readUserDays(pool, await zone(), environmentId, feature, span);
    },

    async users(environmentId, feature, span) {
      return countUsers(pool, await zone(), environmentId, feature, span);
    },

    async segments(environmentId, feature, span) {
      const values = [environmentId, feature, new Date(span.from), new Date(span.to)];
      const resolution = span.to - span.from <= BY_HOURS_MS ? "hour" : "day";
      const [cuts, releases] = await Promise.all([
        textRows(
          pool,
          "figures-cuts",
          `select cut, sum(decisions) from telemetry.rollup
           where environment_id = $1 and feature = $2 and resolution = $5 and cut <> ''
             and bucket >= least($3::timestamptz, date_trunc($5, $3::timestamptz, $6)) and bucket < $4
           group by cut order by 2 desc, cut`,
          [...values, resolution, resolution === "day" ? await zone() : "UTC"],
        ),
        textRows(
          pool,
          "figures-releases",
          `select release, arm, ${MS("first_at")}, ${MS("last_at")}, users from telemetry.release_seen
           where environment_id = $1 and feature = $2 and last_at >= $3 and first_at < $4 order by first_at, release, arm`,
          values,
        ),
      ]);
      return {
        cuts: cuts.map(([cut = "", decisions]) => ({ cut, decisions: Number(decisions) })),
        releases: releases.map(([release = "", arm = "", firstAt, lastAt, users]) => ({
          release,
          arm,
          firstAt: Number(firstAt),
          lastAt: Number(lastAt),
          users: Number(users),
        })),
      };
    },

    async instances(environmentId, feature, span) {
      const rows = await textRows(
        pool,
        "figures-instances",
        `select instance, sum(decisions), ${MS("max(last_at)")} from telemetry.instance_hour
         where environment_id = $1 and feature = $2 and hour >= date_trunc('hour', $3::timestamptz) and hour < $4
         group by instance order by max(last_at) desc, instance`,
        [environmentId, feature, new Date(span.from), new Date(span.to)],
      );
      return rows.map(([instance = "", decisions, lastAt]) => ({
        instance,
        decisions: Number(decisions),
        lastAt: Number(lastAt),
      }));
    },

    async controlHours(environmentId, controls, span) {
      const rows = await textRows(
        pool,
        "figures-control-hours",
        `select control, ${MS("hour")}, sum(decisions) from telemetry.control_hour
         where environment_id = $1 and control = any($2) and feature <> '*' and hour >= date_trunc('hour', $3::timestamptz) and hour < $4
         group by control, hour order by control, hour`,
        [environmentId, controls, new Date(span.from), new Date(span.to)],
      );
      return rows.map(([control = "", hour, decisions]) => ({
        control,
        hour: Number(hour),
        decisions: Number(decisions),
      }));
    },

    async lost(environmentId, span) {
      const [row] = await textRows(
        pool,
        "figures-lost",
        `select count(*) filter (where attribution = 'unattributed'), count(*) filter (where attribution = 'waiting'),
           (select coalesce(sum(decisions), 0) from telemetry.rollup
             where environment_id = $1 and feature = '' and resolution = 'hour' and cut = ''
               and bucket >= date_trunc('hour', $2::timestamptz) and bucket < $3)
         from telemetry.signal where environment_id = $1 and attribution in ('waiting', 'unattributed') and at >= $2 and at < $3
           and id >= telemetry.id_floor($2::timestamptz - ${ID_MARGIN}) and id < telemetry.id_floor($3::timestamptz + ${ID_MARGIN})`,
        [environmentId, new Date(span.from), new Date(span.to)],
      );
      const [unattributed, waiting, unassigned] = row ?? [];
      return { unattributed: Number(unattributed), unassigned: Number(unassigned), waiting: Number(waiting) };
    },
  };
}
