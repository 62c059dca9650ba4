import type { EventsAnswer, TelemetryEvent } from "#lib/core/events/event.ts";
import { checkEvent } from "./check-event.ts";
import type { SinkDecision, SinkEvent, Stored } from "./event-sink.ts";
import type { IngestQueue } from "./ingest-queue.ts";

/** Words that say what acted, not who; every other `actor` is stored as a pseudonym. */
const ACTOR_KINDS = new Set(["user", "customer", "agent", "reviewer", "judge", "system", "automation"]);
const PSEUDONYM = /^[0-9a-f]{32}$/;

export type IngestInput = {
  environmentId: string;
  /** What the sender sent, unread. */
  events: readonly unknown[];
  /** Server time, epoch ms. */
  now: number;
  /** Makes a pseudonym of a raw id with the environment's key; null when there is no key, and then the id is dropped. */
  pseudonym: (rawId: string) => string | null;
  note: Note;
};

/** Told every decision that is stored now (also when it was before), to keep count of exposures. Until it is done the events count as held: it may be slower than the store. */
type Note = (decisions: readonly SinkDecision[]) => Promise<void>;

function toSink(event: TelemetryEvent, pseudonym: (rawId: string) => string | null): SinkEvent {
  if (event.type === "decision") return { ...event, source: "sdk" };
  if (event.type === "signal" && event.actor && !ACTOR_KINDS.has(event.actor) && !PSEUDONYM.test(event.actor)) {
    return { ...event, actor: pseudonym(event.actor) ?? undefined };
  }
  return event;
}

/**
 * Checks and stores a batch of events. A bad event is refused by its index and never costs the others.
 * @throws AppError `unavailable` when nothing could be stored; the sender keeps all of it.
 */
export async function ingest(queue: IngestQueue, input: IngestInput): Promise<EventsAnswer> {
  const rejected: EventsAnswer["rejected"] = [];
  const events: SinkEvent[] = [];
  const indexes: number[] = [];
  input.events.forEach((raw, index) => {
    const checked = checkEvent(raw, input.now);
    if (!checked.ok) {
      rejected.push({ index, code: checked.code, message: checked.message });
      return;
    }
    events.push(toSink(checked.event, input.pseudonym));
    indexes.push(index);
  });
  return store(queue, { environmentId: input.environmentId, events, note: input.note, rejected, indexes });
}

type StoreInput = {
  environmentId: string;
  events: readonly SinkEvent[];
  note: Note;
  /** What was refused before, and where the others stood among them. */
  rejected?: EventsAnswer["rejected"];
  indexes?: readonly number[];
};

/** Stores events that are valid by construction (mapped spans). @throws AppError `unavailable` when nothing could be stored. */
export async function store(queue: IngestQueue, input: StoreInput): Promise<EventsAnswer> {
  const { environmentId, events, note, rejected = [], indexes } = input;
  const noteStored = (stored: readonly Stored[]) =>
    note(events.filter((event, at): event is SinkDecision => event.type === "decision" && stored[at] !== "refused"));
  const stored = events.length === 0 ? [] : await queue.push(environmentId, events, noteStored);
  stored.forEach((state, at) => {
    if (state !== "refused") return;
    rejected.push({ index: indexes?.[at] ?? at, code: "refused", message: "The store cannot hold this event." });
  });
  return {
    accepted: stored.filter((state) => state === "stored").length,
    duplicates: stored.filter((state) => state === "duplicate").length,
    rejected: rejected.sort((a, b) => a.index - b.index),
  };
}
