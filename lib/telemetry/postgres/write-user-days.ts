import type { ClientBase } from "pg";
import type { UserDayRow } from "../rollup/user-days.ts";
import { arrayLiteral, plainArray } from "./raw-rows.ts";

/** How a user's day is left: whether they met the feature and started something themselves, and their latest switch (epoch ms). */
export type DayState = Pick<UserDayRow, "met" | "started" | "switchedAt" | "switchedOff">;
const NOTHING: DayState = { met: false, started: false, switchedAt: null, switchedOff: false };

const keysOf = (environmentId: string, rows: readonly UserDayRow[]) => [
  environmentId,
  arrayLiteral(rows.map(({ feature }) => feature)),
  plainArray(rows.map(({ user }) => user)),
  plainArray(rows.map(({ day }) => day.name)),
];

type BeforeRow = {
  i: number;
  known: boolean | null;
  met: boolean;
  started: boolean;
  switched_at: number | null;
  switched_off: boolean;
};

/** What was there of those days about which a batch says something new; null: nothing. Most days of most users are known, and are passed over. */
async function readNew(client: ClientBase, environmentId: string, rows: readonly UserDayRow[]) {
  const { rows: found } = await client.query<BeforeRow>({
    name: "user-days-before",
    text: `select g.i::int, u.* from unnest($2::text[], $3::uuid[], $4::date[], $5::boolean[], $6::boolean[], $7::boolean[])
        with ordinality as g(feature, user_hash, day, met, started, switched, i)
      left join lateral (
        select true as known, d.met, d.started, (extract(epoch from d.switched_at) * 1000)::float8 as switched_at, d.switched_off from telemetry.user_day d
        where d.environment_id = $1::uuid and d.feature = g.feature and d.user_hash = g.user_hash and d.day = g.day offset 0
      ) u on true
      where u.known is null or g.switched or (g.met and not u.met) or (g.started and not u.started)`,
    values: [
      ...keysOf(environmentId, rows),
      plainArray(rows.map(({ met }) => met)),
      plainArray(rows.map(({ started }) => started)),
      plainArray(rows.map(({ switchedAt }) => switchedAt !== null)),
    ],
  });
  return found.flatMap(({ i, known, met, started, switched_at, switched_off }) => {
    const row = rows[i - 1];
    const before: DayState | null = known ? { met, started, switchedAt: switched_at, switchedOff: switched_off } : null;
    return row ? [{ row, before }] : [];
  });
}

/** Of two switches the later one counts; of two at the same moment the one that is off. */
function after(before: DayState, { met, started, switchedAt, switchedOff }: UserDayRow): DayState {
  const both = { ...before, met: before.met || met, started: before.started || started };
  if (switchedAt === null || (before.switchedAt ?? Number.NEGATIVE_INFINITY) > switchedAt) return both;
  const off = switchedOff || (switchedAt === before.switchedAt && before.switchedOff);
  return { ...both, switchedAt, switchedOff: off };
}

/** A user's day that now counts otherwise than before, and what was there; null: nothing. */
export type DayChange = { row: UserDayRow; before: DayState | null };

/** How a day leaves the switch; null: untouched. */
export const leftOff = ({ switchedAt, switchedOff }: DayState) => (switchedAt === null ? null : switchedOff);

function countsAlike(one: DayState, other: DayState): boolean {
  return one.met === other.met && one.started === other.started && leftOff(one) === leftOff(other);
}

/** Stores what users did on their days. Answers with the days that now count otherwise than before. */
export async function writeUserDays(
  client: ClientBase,
  environmentId: string,
  rows: readonly UserDayRow[],
): Promise<DayChange[]> {
  if (rows.length === 0) return [];
  const told = await readNew(client, environmentId, rows);
  if (told.length === 0) return [];
  const now = told.map(({ row, before }) => after(before ?? NOTHING, row));
  await client.query({
    name: "user-days",
    text: `insert into telemetry.user_day (environment_id, feature, user_hash, day, met, started, switched_at, switched_off)
      select $1::uuid, feature, user_hash, day, met, started, to_timestamp(switched_at / 1000), switched_off
      from unnest($2::text[], $3::uuid[], $4::date[], $5::boolean[], $6::boolean[], $7::float8[], $8::boolean[]) as r(feature, user_hash, day, met, started, switched_at, switched_off)
      on conflict (environment_id, feature, user_hash, day)
      do update set met = excluded.met, started = excluded.started, switched_at = excluded.switched_at, switched_off = excluded.switched_off`,
    values: [
      ...keysOf(
        environmentId,
        told.map(({ row }) => row),
      ),
      plainArray(now.map(({ met }) => met)),
      plainArray(now.map(({ started }) => started)),
      plainArray(now.map(({ switchedAt }) => switchedAt)),
      plainArray(now.map(({ switchedOff }) => switchedOff)),
    ],
  });
  return told.filter(({ before }, index) => before === null || !countsAlike(before, now[index] ?? before));
}
