import type { Pool } from "pg";
import { DAY_MS } from "#lib/core/time.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import type { SinkEvent } from "#lib/telemetry/event-sink.ts";
import { makeRoomFor } from "#lib/telemetry/postgres/make-room.ts";
import { postgresSink } from "#lib/telemetry/postgres/sink.ts";
import { organisationZone } from "#lib/telemetry/postgres/zone.ts";
import type { HistoryEvent } from "./generate.ts";

/** Days in one batch: whole ones, so that most rows of the roll-ups are written once. */
const BATCH_DAYS = 2;
/** Figures by the minute are kept this long. */
const MINUTES_KEPT_MS = 8 * DAY_MS;
/** How long after it happened an event came in, milliseconds. */
const ON_THE_WAY_MS = 1500;

/** A history and the moments (epoch ms) between which it lies: `midnight` is one of the organisation's, `now` the present. */
export type Told = { events: readonly HistoryEvent[]; midnight: number; now: number };

/** Puts a history through the sink as if each event had come in when it happened. `events`: oldest first. */
export async function writeHistory(pool: Pool, environmentId: string, { events, midnight, now }: Told): Promise<void> {
  await makeRoomFor(pool, midnight, now);
  const sink = postgresSink(pool, organisationZone(pool));
  for (const batch of batches(events, midnight)) {
    const stored = await sink.append(environmentId, batch, {
      receivedAt: (event) => Date.parse(event.at) + ON_THE_WAY_MS,
      minutesSince: now - MINUTES_KEPT_MS,
    });
    const refused = stored.filter((state) => state !== "stored").length;
    if (refused > 0) throw new Error(`${refused} events of the history were not stored.`);
  }
}

function* batches(events: readonly HistoryEvent[], midnight: number): Generator<SinkEvent[]> {
  let batch: SinkEvent[] = [];
  let ends = midnight + BATCH_DAYS * DAY_MS;
  for (const event of events) {
    for (; Date.parse(event.at) >= ends; ends += BATCH_DAYS * DAY_MS) {
      if (batch.length > 0) yield batch;
      batch = [];
    }
    batch.push(event.type === "decision" ? { ...event, source: "sdk" } : event);
  }
  if (batch.length > 0) yield batch;
}

/** Who met which release first when, as ingestion records it: of AI answers only. */
export async function writeExposures(
  db: PrismaClient,
  environmentId: string,
  events: readonly HistoryEvent[],
): Promise<void> {
  const met = new Map<
    string,
    { environmentId: string; featureKey: string; release: string; userHash: string; firstAt: string }
  >();
  for (const event of events) {
    if (event.type !== "decision" || (event.served !== "primary" && event.served !== "secondary")) continue;
    const { feature, release, userHash, at } = event;
    const key = `${feature}/${release}/${userHash}`;
    if (!release || !userHash || met.has(key)) continue;
    met.set(key, { environmentId, featureKey: feature, release, userHash, firstAt: at });
  }
  await db.exposure.createMany({ data: [...met.values()], skipDuplicates: true });
}

/** Whether anything was ever reported in an environment. */
export async function hasHistory(pool: Pool, environmentId: string): Promise<boolean> {
  const { rows } = await pool.query(
    "select from telemetry.rollup where environment_id = $1 and resolution = 'day' limit 1",
    [environmentId],
  );
  return rows.length > 0;
}
