import type { Pool } from "pg";
import { AppError } from "#lib/errors.ts";
import { AHEAD_MS, type EventSink, LATEST_MS, SIGNAL_WAIT_MS, type SinkEvent, type Stored } from "../event-sink.ts";
import { insertStatement, storedName } from "./insert.ts";

const DAY_MS = 86_400_000;
const NO_PARTITION = "23514";
/** SQLSTATE classes that blame the data: one event among many, found by halving. */
const BAD_DATA = /^(?:22|23)/;

const stateOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");
const day = (at: number) => new Date(at).toISOString().slice(0, 10);

/** Telemetry in PostgreSQL, schema `telemetry`. */
export function postgresSink(pool: Pool): EventSink {
  async function makeRoom(now: number): Promise<void> {
    await pool.query("select telemetry.ensure_partitions($1::date, $2::date)", [
      day(now - LATEST_MS - DAY_MS),
      day(now + AHEAD_MS + 2 * DAY_MS),
    ]);
  }

  async function insert(environmentId: string, events: readonly SinkEvent[]): Promise<Stored[]> {
    const { rows } = await pool.query<{ inserted: string[] | null }>(insertStatement(environmentId, events));
    const inserted = rows[0]?.inserted;
    if (!inserted) return events.map(() => "stored");
    const fresh = new Set(inserted);
    return events.map((event) => (fresh.delete(storedName(event)) ? "stored" : "duplicate"));
  }

  /** A value the database refuses costs its own event, not its batch. */
  async function insertOrHalve(environmentId: string, events: readonly SinkEvent[]): Promise<Stored[]> {
    try {
      return await insert(environmentId, events);
    } catch (error) {
      if (!BAD_DATA.test(stateOf(error))) throw error;
      if (events.length === 1) return ["refused"];
      const half = events.length >> 1;
      return [
        ...(await insertOrHalve(environmentId, events.slice(0, half))),
        ...(await insertOrHalve(environmentId, events.slice(half))),
      ];
    }
  }

  return {
    async append(environmentId, events) {
      if (events.length === 0) return [];
      try {
        return await insert(environmentId, events);
      } catch (error) {
        if (stateOf(error) === NO_PARTITION) await makeRoom(Date.now()).catch(() => {});
        if (BAD_DATA.test(stateOf(error))) return await insertOrHalve(environmentId, events).catch(away);
        return away(error);
      }
    },

    async settleSignals(now) {
      const attributed = await pool.query(
        `update telemetry.signal s set attribution = 'decision', feature = coalesce(s.feature, d.feature), scenarios = coalesce(s.scenarios, d.scenarios),
           release = d.release, arm = d.arm, user_hash = coalesce(s.user_hash, d.user_hash)
         from telemetry.decision d where s.attribution = 'waiting' and d.id = s.decision_id and d.environment_id = s.environment_id`,
      );
      const givenUp = await pool.query(
        "update telemetry.signal set attribution = 'unattributed' where attribution = 'waiting' and received_at < $1",
        [new Date(now.getTime() - SIGNAL_WAIT_MS)],
      );
      return { attributed: attributed.rowCount ?? 0, givenUp: givenUp.rowCount ?? 0 };
    },

    async upkeep(now, keepDays) {
      await makeRoom(now.getTime());
      await pool.query("select telemetry.drop_partitions($1::date)", [day(now.getTime() - keepDays * DAY_MS)]);
    },
  };
}

function away(cause: unknown): never {
  throw new AppError(
    "unavailable",
    "Events cannot be stored just now. Keep them and try again.",
    { retryAfter: 5 },
    { cause },
  );
}
