import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Pool, PoolClient } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { DAY_MS } from "#lib/core/time.ts";
import { AppError } from "#lib/errors.ts";
import {
  AHEAD_MS,
  type AppendOptions,
  type EventSink,
  LATEST_MS,
  type SinkDecision,
  type SinkEvent,
  type Stored,
} from "../event-sink.ts";
import type { About } from "../rollup/about.ts";
import type { Told } from "../rollup/tally.ts";
import { type CountMemory, countAhead, countBatch, newMemory, tellDecision } from "./count-batch.ts";
import {
  type AttributedSignal,
  DECISION_TABLE,
  type RawTable,
  type Received,
  SAMPLE_TABLE,
  SIGNAL_TABLE,
} from "./raw-rows.ts";
import { readAbouts } from "./read-state.ts";
import { settleSignals } from "./settle.ts";
import { inTurn, stateOf, TOO_SLOW } from "./transaction.ts";
import { organisationZone } from "./zone.ts";

const NO_PARTITION = "23514";
const DUPLICATE = "23505";
/** SQLSTATE classes that blame the data: one event among many, found by halving. 21: two rows where one was meant; 54: names too long for an index. */
const BAD_DATA = /^(?:21|22|23|54)/;
/** Fewer events than this are not too much: then the database is slow for everybody. */
const WORTH_HALVING = 64;
/** What is past keeping may be a lot after a long time without a worker. */
const UPKEEP_LIMIT = "10min";

const day = (at: number) => new Date(at).toISOString().slice(0, 10);

/** Stores what is new of one raw table, and says which rows that were. `allNew`: nobody has seen any of them yet, as is usual. */
async function storeNew<R extends Received<{ id: string }>>(
  client: PoolClient,
  environmentId: string,
  { copy, insert }: RawTable<R>,
  rows: readonly R[],
  allNew: boolean,
): Promise<readonly R[]> {
  if (rows.length === 0) return [];
  if (allNew) {
    await pipeline(Readable.from([copy.lines(environmentId, rows)]), client.query(copyFrom(copy.text)));
    return rows;
  }
  const { name, text } = insert;
  const answer = await client.query<{ id: string }>({ name, text, values: insert.values(environmentId, rows) });
  const ids = new Set(answer.rows.map(({ id }) => id));
  return rows.filter(({ event }) => ids.has(event.id));
}

/** Signals take what their decision is about, whether that was stored just now or before. */
async function attribute(
  client: PoolClient,
  environmentId: string,
  signals: readonly Received<SinkEvent & { type: "signal" }>[],
  decisions: readonly Told<SinkDecision>[],
): Promise<AttributedSignal[]> {
  const abouts = new Map<string, About>(decisions.map(({ about }) => [about.id, about]));
  const unknown = new Set(
    signals.flatMap(({ event }) => (event.decisionId && !abouts.has(event.decisionId) ? [event.decisionId] : [])),
  );
  for (const [id, about] of await readAbouts(client, environmentId, [...unknown])) abouts.set(id, about);
  return signals.map(({ event, receivedAt }) => {
    const about = (event.decisionId && abouts.get(event.decisionId)) || null;
    return { event, receivedAt, about, attribution: !event.decisionId ? "direct" : about ? "decision" : "waiting" };
  });
}

/** Stores a batch and counts it, in one transaction. `events`: no two of the same type and id. Answers with those that were new. */
async function storeBatch(
  pool: Pool,
  memory: CountMemory,
  environmentId: string,
  zone: string,
  events: readonly Received<SinkEvent>[],
  { allNew, minutesSince }: { allNew: boolean; minutesSince?: number },
): Promise<Set<SinkEvent>> {
  const of = <T extends SinkEvent["type"]>(type: T) =>
    events.filter((row): row is Received<SinkEvent & { type: T }> => row.event.type === type);
  const frame = { environmentId, zone, minutesSince };
  // Decisions need nothing of what another batch writes, so they are stored and added up while it still counts.
  const before = async (client: PoolClient) => {
    const stored = await storeNew(client, environmentId, DECISION_TABLE, of("decision"), allNew);
    const decisions = stored.map(tellDecision);
    return { decisions, ahead: await countAhead(memory, frame, decisions) };
  };
  const work = async (client: PoolClient, { decisions, ahead }: Awaited<ReturnType<typeof before>>) => {
    const attributed = await attribute(client, environmentId, of("signal"), decisions);
    const stored = await storeNew(client, environmentId, SIGNAL_TABLE, attributed, allNew);
    const signals = stored.filter(({ attribution }) => attribution !== "waiting");
    const samples = await storeNew(client, environmentId, SAMPLE_TABLE, of("sample"), allNew);
    const committed = await countBatch(client, memory, { ...frame, decisions, signals, ahead });
    return { fresh: new Set<SinkEvent>([...decisions, ...stored, ...samples].map(({ event }) => event)), committed };
  };
  const { fresh, committed } = await inTurn(pool, environmentId, work, before);
  committed();
  return fresh;
}

/** Telemetry in PostgreSQL, schema `telemetry`. `zone`: the organisation's (IANA name), in which days are days. */
export function postgresSink(pool: Pool, zone = organisationZone(pool)): EventSink {
  const memory = newMemory();

  async function makeRoom(now: number): Promise<void> {
    await pool.query("select telemetry.ensure_partitions($1::date, $2::date)", [
      day(now - LATEST_MS - DAY_MS),
      day(now + AHEAD_MS + 2 * DAY_MS),
    ]);
  }

  async function insert(
    environmentId: string,
    events: readonly Received<SinkEvent>[],
    minutesSince?: number,
  ): Promise<Stored[]> {
    const once = new Map<string, Received<SinkEvent>>();
    for (const row of events) {
      const key = row.event.type + row.event.id;
      if (!once.has(key)) once.set(key, row);
    }
    const store = async (allNew: boolean) =>
      storeBatch(pool, memory, environmentId, await zone(), [...once.values()], { allNew, minutesSince });
    const fresh = await store(true).catch((error: unknown) => {
      if (stateOf(error) !== DUPLICATE) throw error;
      return store(false);
    });
    return events.map(({ event }) => (fresh.delete(event) ? "stored" : "duplicate"));
  }

  /** Whether the events may be stored in parts: one of them is faulty, or they are too much at once. */
  const inParts = (error: unknown, events: readonly unknown[]) =>
    BAD_DATA.test(stateOf(error)) || (stateOf(error) === TOO_SLOW && events.length >= WORTH_HALVING);

  /** A value the database refuses costs its own event, not its batch. */
  async function insertOrHalve(environmentId: string, events: readonly Received<SinkEvent>[], minutesSince?: number) {
    return insert(environmentId, events, minutesSince).catch((error: unknown): Stored[] | Promise<Stored[]> => {
      if (!inParts(error, events)) throw error;
      return events.length === 1 ? ["refused"] : insertHalves(environmentId, events, minutesSince);
    });
  }

  async function insertHalves(
    environmentId: string,
    events: readonly Received<SinkEvent>[],
    minutesSince?: number,
  ): Promise<Stored[]> {
    const half = events.length >> 1;
    const first = await insertOrHalve(environmentId, events.slice(0, half), minutesSince);
    return [...first, ...(await insertOrHalve(environmentId, events.slice(half), minutesSince))];
  }

  return {
    async append(environmentId, events, { receivedAt, minutesSince }: AppendOptions = {}) {
      if (events.length === 0) return [];
      const now = Date.now();
      const rows = events.map((event) => ({ event, receivedAt: receivedAt?.(event) ?? now }));
      const again = async (error: unknown) => {
        if (!inParts(error, rows)) throw error;
        // Where no room can be made just now (a dump holds the table), the events are as good as they were: they are to be kept, not refused.
        if (stateOf(error) === NO_PARTITION) await makeRoom(Date.now());
        return (stateOf(error) === TOO_SLOW ? insertHalves : insertOrHalve)(environmentId, rows, minutesSince);
      };
      return insert(environmentId, rows, minutesSince).catch(again).catch(away);
    },

    async settleSignals(now) {
      return settleSignals(pool, memory, await zone(), now);
    },

    async upkeep(now, keepDays) {
      await makeRoom(now.getTime());
      // The clock of the database says what is past keeping where it is behind ours: what is dropped does not come back.
      await pool.query(
        "select telemetry.drop_partitions(least($1::date, (now() at time zone 'UTC')::date) - $2::integer)",
        [day(now.getTime()), keepDays],
      );
      // It waits for nobody and nobody for it, so it may take as long as it takes. One message: `set local` ends with it.
      await pool.query(
        `set local statement_timeout = '${UPKEEP_LIMIT}'; select telemetry.drop_rollups('${now.toISOString()}'::timestamptz, ${Math.trunc(keepDays)})`,
      );
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
