import type { ClientBase } from "pg";
import { RETURN_DAYS } from "#lib/core/metrics/user-counts.ts";
import { type UserDayRow, wholeDays } from "../rollup/user-days.ts";
import { countHistory, HISTORY_COUNTS, type HistoryCount, LONGEST_WINDOW } from "../rollup/user-history.ts";
import { arrayLiteral, plainArray } from "./raw-rows.ts";
import type { Remembered } from "./remembered.ts";
import { type DayChange, type DayState, leftOff, writeUserDays } from "./write-user-days.ts";

const DAY = "day, met, started, case when switched_at is not null then switched_off end as off";
const OF_USER = "u.environment_id = $1::uuid and u.feature = h.feature and u.user_hash = h.user_hash";
/** The days of users around those that changed, enough of their first ones to say when they came and whether they came back, and all their switches, which are few. */
const HISTORY = `select h.i::int, d.*
  from unnest($2::text[], $3::uuid[], $4::int[], $5::int[], $6::int[]) with ordinality as h(feature, user_hash, low, high, first, i)
  cross join lateral (
    select array_agg(day - date '1970-01-01' order by day) as days, array_agg(met order by day) as met, array_agg(started order by day) as started,
      array_agg(off order by day) as off
    from (
      (select ${DAY} from telemetry.user_day u where ${OF_USER} and met order by day limit h.first)
      union (select ${DAY} from telemetry.user_day u where ${OF_USER}
        and day between date '1970-01-01' + (h.low - ${LONGEST_WINDOW}) and date '1970-01-01' + (h.high + ${LONGEST_WINDOW}))
      union (select ${DAY} from telemetry.user_day u where ${OF_USER} and switched_at is not null)
    ) u
  ) d`;

/** Differences of `telemetry.user_count`, by feature and day. */
class Counts {
  readonly #rows = new Map<string, { feature: string; day: number; counts: Map<string, number> }>();

  add(feature: string, day: number, count: HistoryCount, amount: number): void {
    const key = `${feature}\n${day}`;
    const row = this.#rows.get(key) ?? { feature, day, counts: new Map() };
    this.#rows.set(key, row);
    row.counts.set(count, (row.counts.get(count) ?? 0) + amount);
  }

  async write(client: ClientBase, environmentId: string): Promise<void> {
    const rows = [...this.#rows.values()].filter(({ counts }) => [...counts.values()].some((n) => n !== 0));
    if (rows.length === 0) return;
    await client.query({
      name: "user-counts",
      text: `insert into telemetry.user_count (environment_id, feature, day, ${HISTORY_COUNTS.join(", ")})
        select $1::uuid, feature, date '1970-01-01' + day, ${HISTORY_COUNTS.join(", ")}
        from unnest($2::text[], $3::int[], ${HISTORY_COUNTS.map((_, index) => `$${index + 4}::bigint[]`).join(", ")}) as r(feature, day, ${HISTORY_COUNTS.join(", ")})
        on conflict (environment_id, feature, day) do update set ${HISTORY_COUNTS.map((column) => `${column} = user_count.${column} + excluded.${column}`).join(", ")}`,
      values: [
        environmentId,
        rows.map(({ feature }) => feature),
        rows.map(({ day }) => day),
        ...HISTORY_COUNTS.map((column) => rows.map(({ counts }) => counts.get(column) ?? 0)),
      ],
    });
  }
}

/**
 * Adds what users did on their days, and moves the counts of distinct users by what that changes, of each feature and of the whole environment. Answers with
 * what remembers their days, to be called when the transaction has come to a good end.
 */
export async function writeUsers(
  client: ClientBase,
  environmentId: string,
  memory: Remembered,
  rows: readonly UserDayRow[],
): Promise<() => void> {
  memory.forgetOld();
  const dayOf = ({ feature, day }: UserDayRow, what: "met" | "started") =>
    `${environmentId}\n${feature}\n${day.name} ${what}`;
  const isKnown = (row: UserDayRow) =>
    row.switchedAt === null &&
    (memory.has(dayOf(row, "started"), row.user) || (!row.started && memory.has(dayOf(row, "met"), row.user)));
  const unknown = rows.filter((row) => !isKnown(row));
  const changes = await writeUserDays(client, environmentId, unknown);
  const changed = changes.map(({ row }) => row);
  const switched = rows.filter(({ switchedAt }) => switchedAt !== null);
  changes.push(...(await writeUserDays(client, environmentId, wholeDays(changed, switched))));
  const counts = new Counts();
  await countTouched(client, environmentId, touchedBy(changes), counts);
  await counts.write(client, environmentId);
  return () => {
    for (const row of unknown) if (row.met) memory.add(dayOf(row, row.started ? "started" : "met"), [row.user]);
  };
}

/** A user with what was there of the days that changed (days since 1970; null: nothing). `met`: on how many of them they now met the feature for the first time. */
type Touched = { feature: string; user: string; before: Map<number, DayState | null>; met: number };

function touchedBy(changes: readonly DayChange[]): Touched[] {
  const touched = new Map<string, Touched>();
  for (const { row, before } of changes) {
    const { feature, user, day, met } = row;
    const known = touched.get(`${feature}\n${user}`) ?? { feature, user, before: new Map(), met: 0 };
    touched.set(`${feature}\n${user}`, known);
    known.before.set(day.number, before);
    if (met && !before?.met) known.met += 1;
  }
  return [...touched.values()];
}

type HistoryRow = { i: number; days: number[]; met: boolean[]; started: boolean[]; off: (boolean | null)[] };

async function countTouched(client: ClientBase, environmentId: string, users: readonly Touched[], counts: Counts) {
  if (users.length === 0) return;
  const days = users.map(({ before }) => [...before.keys()]);
  const { rows } = await client.query<HistoryRow>({
    name: "user-history",
    text: HISTORY,
    values: [
      environmentId,
      arrayLiteral(users.map(({ feature }) => feature)),
      plainArray(users.map(({ user }) => user)),
      plainArray(days.map((each) => Math.min(...each))),
      plainArray(days.map((each) => Math.max(...each))),
      // The first day before the batch is among these, and so is every day on which coming back to it would count.
      plainArray(users.map(({ met }) => met + 1 + RETURN_DAYS)),
    ],
  });
  for (const row of rows) {
    const user = users[row.i - 1];
    if (!user) continue;
    const now = row.days.map((day, index) => {
      const { [index]: met = false } = row.met;
      const { [index]: started = false } = row.started;
      return { day, met, started, off: row.off[index] ?? null };
    });
    const before = now.flatMap((day) => {
      const was = user.before.get(day.day);
      if (was === undefined) return [day];
      return was === null ? [] : [{ ...day, met: was.met, started: was.started, off: leftOff(was) }];
    });
    const add = counts.add.bind(counts, user.feature);
    countHistory(before, -1, add);
    countHistory(now, 1, add);
  }
}
