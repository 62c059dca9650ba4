import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Pool } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { TelemetryEvent } from "../../core/events/event.ts";
import type { SinkEvent } from "../../telemetry/event-sink.ts";
import { IngestQueue } from "../../telemetry/ingest-queue.ts";
import { postgresSink } from "../../telemetry/postgres/sink.ts";
import { BATCH, trafficBatches } from "./event-traffic.ts";
import { quantile } from "./figure.ts";

/** Connections that write at once by themselves. */
export const CONNECTIONS = 4;
/** Hosts that send at once, each a batch and then the next; how many connections that takes is the queue's affair. */
export const HOSTS = 16;
export const WARM_UP = 20;

/** Runs every batch through `send`, some at a time; events per second after the warm-up. */
export async function perSecond<T>(
  work: readonly T[],
  atOnce: number,
  send: (batch: T) => Promise<unknown>,
): Promise<number> {
  const queue = work.slice(WARM_UP);
  for (const batch of work.slice(0, WARM_UP)) await send(batch);
  const drain = async () => {
    for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) await send(batch);
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: atOnce }, drain));
  return ((work.length - WARM_UP) * BATCH * 1000) / (performance.now() - started);
}

const toSink = (event: TelemetryEvent): SinkEvent =>
  event.type === "decision" ? { ...event, source: "sdk" as const } : event;

/** Stored, deduplicated and counted in every roll-up, without HTTP. */
export function rollups(pool: Pool, batches: number, hosts = HOSTS): Promise<number> {
  const queue = new IngestQueue(postgresSink(pool));
  const environment = randomUUID();
  const work = trafficBatches(batches + WARM_UP).map((batch) => batch.map(toSink));
  return perSecond(work, hosts, async (batch) => queue.push(environment, batch));
}

/** Milliseconds that one batch takes by itself, commit included. */
export async function batchTimes(pool: Pool, batches: number): Promise<{ p50: number; p99: number }> {
  const sink = postgresSink(pool);
  const environment = randomUUID();
  const times: number[] = [];
  for (const batch of trafficBatches(batches + WARM_UP, 2)) {
    const started = performance.now();
    await sink.append(environment, batch.map(toSink));
    times.push(performance.now() - started);
  }
  const measured = times.slice(WARM_UP);
  return { p50: quantile(measured, 0.5), p99: quantile(measured, 0.99) };
}

type Row = Record<string, unknown>;
/** Columns of the raw tables, filled from the same events. */
const DECISION = (e: Row): Row => ({
  ...{ id: e.id, environment_id: randomEnvironment, at: e.at, source: "sdk", instance: e.instance, feature: e.feature },
  ...{ scenarios: e.scenarios, cohorts: e.cohorts, cohorts_unknown: e.cohortsUnknown, release: e.release, arm: e.arm },
  ...{ slot: e.slot, ruleset_epoch: "0199a000-0000-7000-8000-000000000000", ruleset_version: 12 },
  ...{ user_hash: e.userHash, task: e.task ?? null, initiated_by: e.initiatedBy, served: e.served },
  ...{ provider: e.provider, model: e.model, mode: e.mode, latency_ms: e.latencyMs, cost_usd: e.costUsd },
  ...{ tokens_in: e.tokensIn, tokens_out: e.tokensOut, error: e.error, safety_filtered: e.safetyFiltered },
  ...{ confidence: e.confidence, controls: e.controls, dimensions: JSON.stringify(e.dimensions) },
});
const SIGNAL = (e: Row): Row => ({
  ...{ id: e.id, environment_id: randomEnvironment, at: e.at, decision_id: e.decisionId, kind: e.kind },
  ...{ value: e.value ?? null, changed: e.changed ?? null, attribution: "decision" },
});
const randomEnvironment = randomUUID();

const TABLES = [
  { type: "decision", table: "bench_decision", rowOf: DECISION },
  { type: "signal", table: "bench_signal", rowOf: SIGNAL },
] as const;

/** Plain tables with a primary key and nothing else, with the columns of the raw ones. */
async function withPlainTables<T>(pool: Pool, measure: () => Promise<T>): Promise<T> {
  await pool.query("drop table if exists bench_decision, bench_signal");
  await pool.query(`create table bench_decision (like telemetry.decision including defaults, primary key (id, environment_id));
    create table bench_signal (like telemetry.signal including defaults, primary key (id, environment_id))`);
  try {
    return await measure();
  } finally {
    await pool.query("drop table bench_decision, bench_signal");
  }
}

const split = (batch: readonly TelemetryEvent[]) =>
  TABLES.map(({ type, table, rowOf }) => ({
    table,
    rows: batch.filter((event) => event.type === type).map((event) => rowOf({ ...event })),
  }));

/** The same rows by plain INSERT statements, a batch a statement: what the database gives at best without counting and telling apart. */
export function bareInsert(pool: Pool, batches: number, connections = CONNECTIONS): Promise<number> {
  const work = trafficBatches(batches + WARM_UP, 3).map((batch) =>
    split(batch).map(({ table, rows }) => {
      const columns = Object.keys(rows[0] ?? {});
      const places = rows.map((_, row) => `(${columns.map((_, at) => `$${row * columns.length + at + 1}`).join(",")})`);
      const text = `insert into ${table} (${columns.join(", ")}) values ${places.join(",")}`;
      return { name: `bare ${table}`, text, values: rows.flatMap((row) => Object.values(row)) };
    }),
  );
  return withPlainTables(pool, () =>
    perSecond(work, connections, async (statements) => {
      const client = await pool.connect();
      await client.query("begin");
      for (const statement of statements) await client.query(statement);
      await client.query("commit");
      client.release();
    }),
  );
}

/** A value in the text format of COPY. */
function copied(value: unknown): string {
  if (value === null || value === undefined) return "\\N";
  if (Array.isArray(value))
    return `{${value.map((entry) => JSON.stringify(entry)).join(",")}}`.replaceAll("\\", "\\\\");
  return String(value).replaceAll("\\", "\\\\");
}

/** The same rows by COPY. */
export function copy(pool: Pool, batches: number): Promise<number> {
  const work = trafficBatches(batches + WARM_UP, 4).map((batch) =>
    split(batch).map(({ table, rows }) => ({
      text: `copy ${table} (${Object.keys(rows[0] ?? {}).join(", ")}) from stdin`,
      lines: rows.map((row) => `${Object.values(row).map(copied).join("\t")}\n`).join(""),
    })),
  );
  return withPlainTables(pool, () =>
    perSecond(work, CONNECTIONS, async (parts) => {
      const client = await pool.connect();
      await client.query("begin");
      for (const { text, lines } of parts) await pipeline(Readable.from([lines]), client.query(copyFrom(text)));
      await client.query("commit");
      client.release();
    }),
  );
}
