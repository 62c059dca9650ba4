export type EventKind = "decision" | "signal" | "sample";

/** An event that waits. `make` gives it as JSON when it is sent, off the host's path; null when it is not to be sent after all. */
export type Pending = {
  kind: EventKind;
  bytes: number;
  make: () => string | null | Promise<string | null>;
  json?: string;
};

export type Dropped = { decisions: number; signals: number; samples: number };

/** Order of loss: what can be made up for least is kept longest. */
const DROP_ORDER: EventKind[] = ["sample", "decision", "signal"];
/** Order of sending: a signal is attributed sooner when its decision came before it. */
const SEND_ORDER: EventKind[] = ["decision", "signal", "sample"];

/** Events not yet accepted by the server, bounded in number and bytes. When full, the oldest go: samples, then decisions, then signals. */
export class EventBuffer {
  readonly dropped: Dropped = { decisions: 0, signals: 0, samples: 0 };
  #mostEvents: number;
  readonly #mostBytes: number;
  readonly #queues: Record<EventKind, Pending[]> = { decision: [], signal: [], sample: [] };
  #bytes = 0;

  constructor(mostEvents = 10_000, mostBytes = 8 * 1024 * 1024) {
    this.#mostEvents = mostEvents;
    this.#mostBytes = mostBytes;
  }

  get size(): number {
    return SEND_ORDER.reduce((sum, kind) => sum + this.#queues[kind].length, 0);
  }

  add(event: Pending): void {
    this.#queues[event.kind].push(event);
    this.#bytes += event.bytes;
    this.#fit();
  }

  /** Takes the oldest out for sending, at most so many and (but for a single one) at most so many bytes. */
  take(most: number, mostBytes: number): Pending[] {
    const taken: Pending[] = [];
    let bytes = 0;
    for (const kind of SEND_ORDER) {
      const queue = this.#queues[kind];
      let count = 0;
      for (const event of queue) {
        if (taken.length + count >= most || (bytes > 0 && bytes + event.bytes > mostBytes)) break;
        bytes += event.bytes;
        count++;
      }
      taken.push(...queue.splice(0, count));
    }
    this.#bytes -= bytes;
    return taken;
  }

  /** Puts back what could not be sent, before what came since. */
  giveBack(events: Pending[]): void {
    for (const kind of SEND_ORDER) {
      this.#queues[kind].unshift(...events.filter((event) => event.kind === kind));
    }
    for (const event of events) this.#bytes += event.bytes;
    this.#fit();
  }

  /** Counts an event that was taken out and will never be sent. */
  lose({ kind }: Pending): void {
    this.dropped[`${kind}s`]++;
  }

  /** Gives up all that waits and all that still comes: from now on nothing is sent. */
  loseRest(): void {
    this.#mostEvents = 0;
    this.#fit();
  }

  #fit(): void {
    while (this.size > this.#mostEvents || this.#bytes > this.#mostBytes) {
      const kind = DROP_ORDER.find((each) => this.#queues[each].length > 0);
      const lost = kind && this.#queues[kind].shift();
      if (!kind || !lost) return;
      this.#bytes -= lost.bytes;
      this.lose(lost);
    }
  }
}
