import type { ClientBase } from "pg";
import { DAY_MS } from "#lib/core/time.ts";
import { stateOf } from "./transaction.ts";

/** A day of the organisation's zone: its start (epoch ms), its name ("2026-11-20") and its number (days since 1970). */
export type Day = { start: number; name: string; number: number };

/** Tells the day of a moment (epoch ms). @throws Error for a moment that was not learned. */
export type DayOf = (at: number) => Day;

/** Clocks are put forward and back, and zones begin, at whole quarters of an hour. */
const QUARTER_MS = 900_000;
const MOST_KNOWN = 50_000;
const UNKNOWN_ZONE = "22023";

/** Which day a moment belongs to. PostgreSQL is asked, once a quarter of an hour, so that no second time zone database can be of another opinion. */
export class Calendar {
  #zone = "";
  #days = new Map<number, Day>();

  /** Tells the days of these moments (epoch ms) where all of them are known; null: `learn` must ask. */
  remembered(zone: string, moments: readonly number[]): DayOf | null {
    const days = this.#days;
    return zone === this.#zone && moments.every((at) => days.has(quarterOf(at))) ? telling(days) : null;
  }

  /** Learns the days of moments (epoch ms), and tells them. A zone that PostgreSQL does not know is read as UTC. */
  async learn(client: ClientBase, zone: string, moments: Iterable<number>): Promise<DayOf> {
    // Those that were told the old ones keep them.
    if (zone !== this.#zone || this.#days.size > MOST_KNOWN) this.#days = new Map();
    this.#zone = zone;
    const days = this.#days;
    const unknown = new Set<number>();
    for (const at of moments) if (!days.has(quarterOf(at))) unknown.add(quarterOf(at));
    if (unknown.size === 0) return telling(days);
    await client.query("savepoint calendar");
    const rows = await ask(client, zone, [...unknown]).catch(async (error: unknown) => {
      if (stateOf(error) !== UNKNOWN_ZONE) throw error;
      await client.query("rollback to savepoint calendar");
      return ask(client, "UTC", [...unknown]);
    });
    for (const { quarter, start, name } of rows) {
      days.set(quarter, { start, name, number: Date.parse(name) / DAY_MS });
    }
    return telling(days);
  }
}

const quarterOf = (at: number) => Math.floor(at / QUARTER_MS);

const telling =
  (days: ReadonlyMap<number, Day>): DayOf =>
  (at) => {
    const day = days.get(quarterOf(at));
    if (!day) throw new Error("The day of this moment was not asked for.");
    return day;
  };

async function ask(client: ClientBase, zone: string, quarters: number[]) {
  const { rows } = await client.query<{ quarter: number; start: number; name: string }>({
    name: "days",
    // Where clocks go back at midnight there are two of them, and PostgreSQL names the later one: the day began an hour before.
    text: `select q as quarter, name, (extract(epoch from case when to_char((noted - interval '1 hour') at time zone $2, 'YYYY-MM-DD') = name
          then noted - interval '1 hour' else noted end) * 1000)::float8 as start
      from unnest($1::float8[]) q
      cross join lateral (select date_trunc('day', to_timestamp(q * 900), $2) as noted, to_char(to_timestamp(q * 900) at time zone $2, 'YYYY-MM-DD') as name) d`,
    values: [quarters, zone],
  });
  return rows;
}
