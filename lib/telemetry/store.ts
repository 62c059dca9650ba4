import { getFiguresPool, getPool, getTrafficPool } from "#lib/db/client.ts";
import type { AggregateSource } from "./aggregate-source.ts";
import { type EventSink, KEEP_DAYS } from "./event-sink.ts";
import type { EvidenceSource } from "./evidence-source.ts";
import type { FigureSource } from "./figure-source.ts";
import { IngestQueue } from "./ingest-queue.ts";
import { postgresAggregates } from "./postgres/aggregates.ts";
import { postgresEvidence } from "./postgres/evidence.ts";
import { postgresFigures } from "./postgres/figures.ts";
import { postgresSink } from "./postgres/sink.ts";
import { organisationZone } from "./postgres/zone.ts";

const anchor = globalThis as typeof globalThis & { evenkeelIngestQueue?: IngestQueue; evenkeelSink?: EventSink };

/** One per process: it remembers what it read of the environments' dimensions and of the calendar. */
function sink(): EventSink {
  anchor.evenkeelSink ??= postgresSink(getPool());
  return anchor.evenkeelSink;
}

/** Where this process puts events. One queue per process, so that requests share statements. */
export function ingestQueue(): IngestQueue {
  anchor.evenkeelIngestQueue ??= new IngestQueue(sink());
  return anchor.evenkeelIngestQueue;
}

/** What this installation's telemetry can answer. However many look at the list of stops, events come in beside it. */
export function aggregateSource(): AggregateSource {
  return postgresAggregates(getTrafficPool());
}

/** Whether any day has been counted in the organisation's zone yet. */
export async function daysAreCounted(): Promise<boolean> {
  const { rows } = await getPool().query<{ counted: boolean }>(
    "select exists (select from telemetry.rollup_day) as counted",
  );
  return rows[0]?.counted ?? false;
}

/** The figures behind charts, from the roll-ups. */
export function figureSource(): FigureSource {
  return postgresFigures(getFiguresPool(), organisationZone(getFiguresPool()));
}

/** The raw events behind the figures. Whoever exports them holds up figures at most, and never what comes in. */
export function evidenceSource(): EvidenceSource {
  return postgresEvidence(getFiguresPool());
}

/** Gives waiting signals what they belong to; for the worker, every few seconds. */
export async function settleSignals(now: Date): Promise<{ attributed: number; givenUp: number }> {
  return sink().settleSignals(now);
}

/** Makes the partitions ahead and drops those past keeping; for the worker, every hour. */
export async function telemetryUpkeep(now: Date, keepDays = KEEP_DAYS): Promise<void> {
  await sink().upkeep(now, keepDays);
}
