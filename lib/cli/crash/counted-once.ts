import type pg from "pg";
import { MEASURES } from "../../core/metrics/measures.ts";
import type { Made } from "./made.ts";
import type { Tally } from "./tally.ts";

/** Where all of an environment's traffic is added up. `group`: by user, a day. */
const RESOLUTIONS = ["minute", "hour", "day", "group"] as const;

type Numbers = Record<string, number>;

async function numbers(pool: pg.Pool, sql: string, values: unknown[]): Promise<Numbers> {
  const { rows } = await pool.query<Record<string, string | number | null>>(sql, values);
  return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, value]) => [name, Number(value ?? 0)]));
}

/** Whether the raw tables hold each event of a round, once. */
async function rawFaults(pool: pg.Pool, environmentId: string, { decisions, signals }: Made): Promise<string[]> {
  const ids = decisions.map(({ id }) => id);
  const { there } = await numbers(
    pool,
    "select count(*) as there from telemetry.decision where environment_id = $1 and id = any($2::uuid[])",
    [environmentId, ids],
  );
  const { rows } = await pool.query<{ about: string; n: string }>(
    `select decision_id || ' ' || kind as about, count(*) as n from telemetry.signal
     where environment_id = $1 and decision_id = any($2::uuid[]) group by 1`,
    [environmentId, ids],
  );
  const stored = new Map(rows.map(({ about, n }) => [about, Number(n)]));
  const sent = new Map<string, number>();
  for (const { decision, kind } of signals) sent.set(`${decision} ${kind}`, (sent.get(`${decision} ${kind}`) ?? 0) + 1);
  const wrong = new Set([...sent.keys(), ...stored.keys()].filter((about) => sent.get(about) !== stored.get(about)));
  const faults = there === ids.length ? [] : [`${there} of ${ids.length} decisions of this round are stored`];
  if (wrong.size > 0)
    faults.push(`${wrong.size} kinds of signals of a decision are not stored as often as they were sent`);
  return faults;
}

/** Everything in the roll-ups that is not what the SDKs made, in words. */
async function rollupFaults(
  pool: pg.Pool,
  about: { environmentId: string; feature: string },
  tally: Tally,
): Promise<string[]> {
  const { environmentId, feature } = about;
  const faults: string[] = [];
  const expect = (what: string, is: number | undefined, should: number) => {
    if (is !== should) faults.push(`${what}: ${is}, but the SDKs made ${should}`);
  };
  const sums = MEASURES.map((measure) => `sum(${measure}) as ${measure}`).join(", ");
  for (const key of [feature, "*"]) {
    for (const resolution of RESOLUTIONS) {
      const counted = await numbers(
        pool,
        `select ${sums} from telemetry.rollup where environment_id = $1 and feature = $2 and resolution = $3 and cut = ''`,
        [environmentId, key, resolution],
      );
      for (const measure of MEASURES) {
        if (measure.startsWith("late_")) continue;
        expect(`${measure} by ${resolution} of ${key}`, counted[measure], tally.measures.get(measure) ?? 0);
      }
    }
  }
  const once = await numbers(
    pool,
    `select
       (select count(*) from telemetry.decision where environment_id = $1) as decisions,
       (select count(*) from telemetry.signal where environment_id = $1) as signals,
       (select count(*) from telemetry.first_signal where environment_id = $1) as firsts,
       (select count(distinct user_hash) from telemetry.user_day where environment_id = $1 and feature = $2 and met) as users,
       (select sum(users) from telemetry.release_seen where environment_id = $1 and feature = $2) as release_users,
       (select count(*) from "Exposure" where "environmentId" = $1) as exposures,
       (select sum(users_1) from telemetry.user_count where environment_id = $1 and feature = $2) as users_by_day,
       (select count(*) from telemetry.user_day where environment_id = $1 and feature = $2 and met) as user_days,
       (select sum(n) from telemetry.latency_bin where environment_id = $1 and feature = $2 and cut = '' and resolution = 'hour') as latencies`,
    [environmentId, feature],
  );
  expect("decisions stored in all", once.decisions, tally.decisions);
  expect("signals stored in all", once.signals, tally.signals);
  expect("earliest signals", once.firsts, tally.firsts);
  expect("users", once.users, tally.users.size);
  expect("users of the release", once.release_users, tally.users.size);
  expect("exposures", once.exposures, tally.users.size);
  expect("users counted by day", once.users_by_day, once.user_days ?? 0);
  expect("latencies in bins", once.latencies, tally.decisions);
  const { rows } = await pool.query<{ instance: string; n: string }>(
    "select instance, sum(decisions) as n from telemetry.instance_hour where environment_id = $1 and feature = $2 group by 1",
    [environmentId, feature],
  );
  const reported = new Map(rows.map(({ instance, n }) => [instance, Number(n)]));
  for (const [instance, made] of tally.byInstance)
    expect(`decisions of instance ${instance}`, reported.get(instance), made);
  return faults;
}

/** Everything that is not stored and counted exactly once, in words; empty when all of it is. `round`: what was made last; `tally`: all that was ever made. */
export async function countedOnce(
  pool: pg.Pool,
  about: { environmentId: string; feature: string },
  round: Made,
  tally: Tally,
): Promise<string[]> {
  return [...(await rawFaults(pool, about.environmentId, round)), ...(await rollupFaults(pool, about, tally))];
}
