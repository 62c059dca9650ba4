import { AppError } from "#lib/errors.ts";
import type { EventSink, SinkEvent, Stored } from "./event-sink.ts";

type Waiting = {
  environmentId: string;
  events: readonly SinkEvent[];
  done: (stored: readonly Stored[]) => void;
  failed: (error: unknown) => void;
};

/** Limits of the queue: events held in memory, events in one statement, statements at once. */
export type QueueLimits = { held: number; batch: number; writers: number };
const DEFAULTS: QueueLimits = { held: 20_000, batch: 4000, writers: 2 };

/**
 * Puts what arrives at the same time into one statement: a store takes 2,000 events at hardly more cost than 50. Bounded: when the store
 * is slower than the senders, they are told to wait instead of filling the memory.
 */
export class IngestQueue {
  readonly #sink: Pick<EventSink, "append">;
  readonly #limits: QueueLimits;
  #waiting: Waiting[] = [];
  #held = 0;
  #writing = 0;

  constructor(sink: Pick<EventSink, "append">, limits: Partial<QueueLimits> = {}) {
    this.#sink = sink;
    this.#limits = { ...DEFAULTS, ...limits };
  }

  /** Events that are held or being written. */
  get held(): number {
    return this.#held;
  }

  /** Stores events; answers by index what became of each. @throws AppError `unavailable` when the queue is full or the store away. */
  push(environmentId: string, events: readonly SinkEvent[]): Promise<readonly Stored[]> {
    if (this.#held + events.length > this.#limits.held) {
      throw new AppError("unavailable", "Too many events are waiting to be stored. Keep these and try again.", {
        retryAfter: 2,
      });
    }
    this.#held += events.length;
    return new Promise((done, failed) => {
      this.#waiting.push({ environmentId, events, done, failed });
      // A turn of the event loop gathers what arrived with it.
      setImmediate(() => this.#write());
    });
  }

  #write(): void {
    while (this.#writing < this.#limits.writers && this.#waiting.length > 0) void this.#writeBatch(this.#take());
  }

  /** The next requests of one environment, as many as fit one statement. */
  #take(): Waiting[] {
    const environmentId = this.#waiting[0]?.environmentId;
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    let size = 0;
    for (const entry of this.#waiting) {
      const fits =
        entry.environmentId === environmentId && (size === 0 || size + entry.events.length <= this.#limits.batch);
      (fits ? taken : left).push(entry);
      if (fits) size += entry.events.length;
    }
    this.#waiting = left;
    return taken;
  }

  async #writeBatch(batch: Waiting[]): Promise<void> {
    const [first] = batch;
    if (!first) return;
    this.#writing += 1;
    const events = batch.flatMap((entry) => entry.events);
    try {
      const stored = await this.#sink.append(first.environmentId, events);
      let at = 0;
      for (const entry of batch) {
        entry.done(stored.slice(at, at + entry.events.length));
        at += entry.events.length;
      }
    } catch (error) {
      for (const entry of batch) entry.failed(error);
    } finally {
      this.#held -= events.length;
      this.#writing -= 1;
      this.#write();
    }
  }
}
