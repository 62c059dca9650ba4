import type { About } from "./about.ts";
import { WHOLE } from "./per-cut.ts";

/** What one user did with a feature on one day: somebody is in it who met the feature or switched it. */
export type UserDayRow = {
  feature: string;
  user: string;
  day: { name: string; number: number };
  /** There was a decision for them. */
  met: boolean;
  /** They started something themselves. */
  started: boolean;
  /** The latest switch of that day, epoch ms; of two at the same moment the one that is off. */
  switchedAt: number | null;
  switchedOff: boolean;
};

/** Gathers the user days of a batch, by feature. */
export class UserDays {
  /** By feature and day, then by user. */
  readonly #days = new Map<string, Map<string, UserDayRow>>();

  decision({ feature, user }: Pick<About, "feature" | "user">, day: UserDayRow["day"], started: boolean): void {
    if (user === null) return;
    const row = this.#row(feature, user, day);
    row.met = true;
    if (started) row.started = true;
  }

  /** Of signals only switches say something of a user's day: what becomes of an answer is often somebody else's doing. `at`: epoch ms. */
  signal({ feature, user }: Pick<About, "feature" | "user">, day: UserDayRow["day"], kind: string, at: number): void {
    if (user === null || (kind !== "turned-off" && kind !== "turned-on")) return;
    turn(this.#row(feature, user, day), at, kind === "turned-off");
  }

  #row(feature: string, user: string, day: UserDayRow["day"]): UserDayRow {
    const key = `${feature}\n${day.number}`;
    const users = this.#days.get(key) ?? new Map<string, UserDayRow>();
    this.#days.set(key, users);
    const found = users.get(user);
    if (found) return found;
    const row = emptyDay(feature, user, day);
    users.set(user, row);
    return row;
  }

  rows(): UserDayRow[] {
    return [...this.#days.values()].flatMap((users) => [...users.values()]);
  }
}

function turn(row: UserDayRow, at: number, off: boolean): void {
  const before = row.switchedAt ?? Number.NEGATIVE_INFINITY;
  if (at < before || (at === before && row.switchedOff)) return;
  row.switchedAt = at;
  row.switchedOff = off;
}

const emptyDay = (feature: string, user: string, day: UserDayRow["day"]): UserDayRow => ({
  ...{ feature, user, day, met: false, started: false, switchedAt: null, switchedOff: false },
});

/** Users' days of the whole environment. They change only when one of a feature does, so most batches bring none. `switched`: days of features with a switch. */
export function wholeDays(changed: readonly UserDayRow[], switched: readonly UserDayRow[]): UserDayRow[] {
  const days = new Map<string, UserDayRow>();
  const of = ({ user, day }: UserDayRow) => {
    const key = `${user}\n${day.number}`;
    const row = days.get(key) ?? emptyDay(WHOLE.feature, user, day);
    days.set(key, row);
    return row;
  };
  for (const row of changed) {
    const whole = of(row);
    whole.met ||= row.met;
    whole.started ||= row.started;
  }
  for (const row of switched) if (row.switchedAt !== null) turn(of(row), row.switchedAt, row.switchedOff);
  return [...days.values()];
}
