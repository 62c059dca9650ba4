import type { Pool, PoolClient } from "pg";
import type { SignalEvent } from "#lib/core/events/event.ts";
import { SIGNAL_WAIT_MS } from "../event-sink.ts";
import { type CountMemory, countBatch } from "./count-batch.ts";
import type { AttributedSignal } from "./raw-rows.ts";
import { readAbouts } from "./read-state.ts";
import { inTurn } from "./transaction.ts";

/** Signals settled in one transaction. */
const AT_ONCE = 1000;

type WaitingRow = {
  id: string;
  at: Date;
  received_at: Date;
  decision_id: string;
  kind: SignalEvent["kind"];
  value: number | null;
  changed: number | null;
  label: string | null;
};

type Settled = { attributed: number; givenUp: number };
type Settling = { memory: CountMemory; zone: string; environmentId: string; now: Date };

/**
 * Gives waiting signals whose decision came meanwhile what they belong to, and gives up on those that waited long enough. An environment in which that does not succeed (others write
 * to it without a pause) keeps no other waiting, and its signals wait on; the first error is thrown at the end.
 */
export async function settleSignals(pool: Pool, memory: CountMemory, zone: string, now: Date): Promise<Settled> {
  const { rows } = await pool.query<{ environment_id: string }>(
    "select distinct environment_id from telemetry.signal where attribution = 'waiting'",
  );
  const errors: unknown[] = [];
  const settled = { attributed: 0, givenUp: 0 };
  for (const { environment_id: environmentId } of rows) {
    try {
      await settleAll(pool, { memory, zone, environmentId, now }, settled);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
  return settled;
}

/** Settles what waits in an environment, and adds to `settled` what became of it. */
async function settleAll(pool: Pool, settling: Settling, settled: Settled): Promise<void> {
  for (let from: string | null = ""; from !== null; ) {
    const start: string = from;
    const done = await inTurn(
      pool,
      settling.environmentId,
      (client) => settleSome(client, settling, start),
      async () => {},
    );
    settled.attributed += done.attributed;
    settled.givenUp += done.givenUp;
    from = done.last;
  }
}

/** Settles signals of an environment whose ids come after `from`. `last`: where to go on; null: that was all. */
async function settleSome(client: PoolClient, { memory, zone, environmentId, now }: Settling, from: string) {
  const { rows } = await client.query<WaitingRow>(
    `select id, at, received_at, decision_id, kind, value, changed, label
     from telemetry.signal where attribution = 'waiting' and environment_id = $1 and ($2 = '' or id > nullif($2, '')::uuid)
     order by id limit ${AT_ONCE}`,
    [environmentId, from],
  );
  const abouts = await readAbouts(client, environmentId, [...new Set(rows.map((row) => row.decision_id))]);
  const signals = rows.flatMap((row): AttributedSignal[] => {
    const about = abouts.get(row.decision_id);
    if (!about) return [];
    return [{ event: eventOf(row), receivedAt: row.received_at.getTime(), about, attribution: "decision" }];
  });
  await markAttributed(client, environmentId, signals);
  // What could be remembered of it, the next batch of decisions will tell again.
  await countBatch(client, memory, { environmentId, zone, decisions: [], signals, ahead: null });
  // Only those that were looked for just now: whose decision is there is never given up.
  const since = now.getTime() - SIGNAL_WAIT_MS;
  const lost = rows.filter((row) => !abouts.has(row.decision_id) && row.received_at.getTime() < since);
  await markUnattributed(client, environmentId, lost);
  const last = rows.length < AT_ONCE ? null : (rows.at(-1)?.id ?? null);
  return { attributed: signals.length, givenUp: lost.length, last };
}

async function markUnattributed(client: PoolClient, environmentId: string, lost: readonly WaitingRow[]): Promise<void> {
  if (lost.length === 0) return;
  await client.query(
    "update telemetry.signal set attribution = 'unattributed' where id = any($2::uuid[]) and environment_id = $1::uuid",
    [environmentId, lost.map(({ id }) => id)],
  );
}

function eventOf(row: WaitingRow): SignalEvent {
  return {
    type: "signal",
    id: row.id,
    at: row.at.toISOString(),
    decisionId: row.decision_id,
    kind: row.kind,
    value: row.value ?? undefined,
    changed: row.changed ?? undefined,
    label: row.label ?? undefined,
  };
}

/** The same that a signal takes when its decision was there before it. */
async function markAttributed(client: PoolClient, environmentId: string, signals: readonly AttributedSignal[]) {
  if (signals.length === 0) return;
  await client.query(
    `update telemetry.signal s set attribution = 'decision', feature = d.feature, scenarios = d.scenarios,
       release = d.release, arm = d.arm, user_hash = d.user_hash
     from telemetry.decision d
     where s.id = any($2::uuid[]) and s.environment_id = $1::uuid and d.id = s.decision_id and d.environment_id = $1::uuid`,
    [environmentId, signals.map(({ event }) => event.id)],
  );
}
