import { getPool } from "#lib/db/client.ts";
import type { AggregateSource } from "./aggregate-source.ts";
import { KEEP_DAYS } from "./event-sink.ts";
import { IngestQueue } from "./ingest-queue.ts";
import { postgresAggregates } from "./postgres/aggregates.ts";
import { postgresSink } from "./postgres/sink.ts";

const anchor = globalThis as typeof globalThis & { evenkeelIngestQueue?: IngestQueue };

/** Where this process puts events. One queue per process, so that requests share statements. */
export function ingestQueue(): IngestQueue {
  anchor.evenkeelIngestQueue ??= new IngestQueue(postgresSink(getPool()));
  return anchor.evenkeelIngestQueue;
}

/** What this installation's telemetry can answer. */
export function aggregateSource(): AggregateSource {
  return postgresAggregates(getPool());
}

/** Gives waiting signals what they belong to; for the worker, every few seconds. */
export async function settleSignals(now: Date): Promise<{ attributed: number; givenUp: number }> {
  return postgresSink(getPool()).settleSignals(now);
}

/** Makes the partitions ahead and drops those past keeping; for the worker, every hour. */
export async function telemetryUpkeep(now: Date, keepDays = KEEP_DAYS): Promise<void> {
  await postgresSink(getPool()).upkeep(now, keepDays);
}
