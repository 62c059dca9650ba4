import type { Pool } from "pg";
import type { SinkEvent } from "#lib/telemetry/event-sink.ts";
import { makeRoomFor } from "#lib/telemetry/postgres/make-room.ts";
import { postgresSink } from "#lib/telemetry/postgres/sink.ts";

/** As large as the batches of hosts. */
const BATCH = 500;

/** The hash (64 hexadecimal digits) of the nth of many people, who are spread over the groups in which people are compared. */
export function personHash(index: number): string {
  const group = ((index * 37) % 256).toString(16).padStart(2, "0");
  return (group + index.toString(16).padStart(6, "0")).repeat(4);
}

/** Stores what happened in an environment, oldest first, with room for days for which upkeep keeps none. @throws where an event is not stored. */
export async function storeHistory(pool: Pool, environmentId: string, events: readonly SinkEvent[]): Promise<void> {
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) return;
  await makeRoomFor(pool, Date.parse(first.at), Date.parse(last.at));
  const sink = postgresSink(pool);
  for (let from = 0; from < events.length; from += BATCH) {
    const stored = await sink.append(environmentId, events.slice(from, from + BATCH));
    const state = stored.find((each) => each !== "stored");
    if (state) throw new Error(`an event of the history is ${state}`);
  }
}
