import { AppError } from "#lib/errors.ts";
import type { EventSink, SinkEvent, Stored } from "./event-sink.ts";
import { partsOf, type Weight } from "./event-weight.ts";

type Waiting = Weight & {
  environmentId: string;
  events: readonly SinkEvent[];
  done: (stored: readonly Stored[]) => void;
  failed: (error: unknown) => void;
};

/**
 * Limits of the queue: what is held in memory (plain events; one with long texts or many names weighs more), events and cuts in one transaction, transactions
 * at once. `second`: as many events must wait before a second transaction of an environment begins beside the first. Cuts are limited because a
 * transaction that takes longer than the database allows would be tried again for ever, with everybody's events in it.
 */
export type QueueLimits = { held: number; batch: number; cuts: number; writers: number; second: number };
const DEFAULTS: QueueLimits = { held: 20_000, batch: 4000, cuts: 40_000, writers: 3, second: 2000 };

/**
 * Puts what arrives at the same time into one transaction: 4,000 events share the rows of the roll-ups that 500 would write too, and the store takes one
 * transaction of an environment after the other anyway. Other environments go on beside it. Bounded: when the store is slower than the senders, they are
 * told to wait instead of filling the memory.
 */
export class IngestQueue {
  readonly #sink: Pick<EventSink, "append">;
  readonly #limits: QueueLimits;
  #waiting: Waiting[] = [];
  #held = 0;
  /** Transactions under way, by environment. */
  readonly #writing = new Map<string, number>();

  constructor(sink: Pick<EventSink, "append">, limits: Partial<QueueLimits> = {}) {
    this.#sink = sink;
    this.#limits = { ...DEFAULTS, ...limits };
  }

  /** What is held, being written, or stored and not finished with, in plain events. */
  get held(): number {
    return this.#held;
  }

  /**
   * Stores events; answers by index what became of each. `then`: what is still to be done with them before the answer; they keep their room until it is, because they are
   * in memory until then. @throws AppError `unavailable` when the queue is full or the store away; of a request that is too much for one transaction some may be stored then.
   */
  async push(
    environmentId: string,
    events: readonly SinkEvent[],
    then: (stored: readonly Stored[]) => Promise<void> = async () => {},
  ): Promise<readonly Stored[]> {
    const parts = partsOf(events, { events: this.#limits.batch, cuts: this.#limits.cuts });
    const held = parts.reduce((sum, part) => sum + part.held, 0);
    if (this.#held + held > this.#limits.held) {
      throw new AppError("unavailable", "Too many events are waiting to be stored. Keep these and try again.", {
        retryAfter: 2,
      });
    }
    this.#held += held;
    try {
      const ends = parts.map(
        (part) =>
          new Promise<readonly Stored[]>((done, failed) => {
            this.#waiting.push({ ...part, environmentId, done, failed });
          }),
      );
      // A turn of the event loop gathers what arrived with it.
      setImmediate(() => this.#write());
      await Promise.allSettled(ends);
      const stored = (await Promise.all(ends)).flat();
      await then(stored);
      return stored;
    } finally {
      this.#held -= held;
    }
  }

  #write(): void {
    for (let next = this.#take(); next.length > 0; next = this.#take()) void this.#writeBatch(next);
  }

  /** The next requests of one environment whose turn it is, as many as fit one transaction; empty when there is none. */
  #take(): Waiting[] {
    const underWay = [...this.#writing.values()].reduce((sum, count) => sum + count, 0);
    if (underWay >= this.#limits.writers) return [];
    const passed = new Set<string>();
    for (const { environmentId } of this.#waiting) {
      if (passed.has(environmentId)) continue;
      passed.add(environmentId);
      const mine = this.#writing.get(environmentId) ?? 0;
      if (mine === 0 || (mine === 1 && this.#waits(environmentId) >= this.#limits.second))
        return this.#takeOf(environmentId);
    }
    return [];
  }

  #waits(environmentId: string): number {
    return this.#waiting.reduce(
      (sum, entry) => sum + (entry.environmentId === environmentId ? entry.events.length : 0),
      0,
    );
  }

  #takeOf(environmentId: string): Waiting[] {
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    const { batch, cuts: mostCuts } = this.#limits;
    let [size, cuts] = [0, 0];
    for (const entry of this.#waiting) {
      const small = size + entry.events.length <= batch && cuts + entry.cuts <= mostCuts;
      const fits = entry.environmentId === environmentId && (size === 0 || small);
      (fits ? taken : left).push(entry);
      if (!fits) continue;
      size += entry.events.length;
      cuts += entry.cuts;
    }
    this.#waiting = left;
    return taken;
  }

  async #writeBatch(batch: Waiting[]): Promise<void> {
    const [first] = batch;
    if (!first) return;
    const { environmentId } = first;
    this.#writing.set(environmentId, (this.#writing.get(environmentId) ?? 0) + 1);
    const events = batch.flatMap((entry) => entry.events);
    try {
      const stored = await this.#sink.append(environmentId, events);
      let at = 0;
      for (const entry of batch) {
        entry.done(stored.slice(at, at + entry.events.length));
        at += entry.events.length;
      }
    } catch (error) {
      for (const entry of batch) entry.failed(error);
    } finally {
      const others = (this.#writing.get(environmentId) ?? 1) - 1;
      if (others > 0) this.#writing.set(environmentId, others);
      else this.#writing.delete(environmentId);
      this.#write();
    }
  }
}
