import type { RulesetName } from "#lib/core/delivery/wire.ts";
import { metrics } from "../metrics.ts";
import { retryHint } from "./messages.ts";

/** Bytes a client may leave unread before it is let go: it comes back and gets the newest, instead of filling the memory with the past. */
const MAX_UNREAD = 1024 * 1024;

/** One open stream. `follows` is the last ruleset that was sent to it. */
export class StreamClient {
  readonly connection: string;
  readonly keyId: string;
  /** Which heartbeat beat it belongs to, so that a thousand heartbeats do not fall into one moment. */
  readonly beat: number;
  readonly stream: ReadableStream<Uint8Array>;
  follows: RulesetName | null = null;
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  #spare = MAX_UNREAD;
  readonly #gone: (client: StreamClient) => void;

  constructor(parts: { connection: string; keyId: string; beat: number; gone: (client: StreamClient) => void }) {
    this.connection = parts.connection;
    this.keyId = parts.keyId;
    this.beat = parts.beat;
    this.#gone = parts.gone;
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        cancel: () => this.#end(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: 0 }),
    );
  }

  get open(): boolean {
    return this.#controller !== null;
  }

  /** Sends bytes. `first`: a whole ruleset, which may be larger than what a client may otherwise leave unread. */
  send(bytes: Uint8Array, first = false): void {
    const controller = this.#controller;
    if (!controller) return;
    if (first) this.#spare = MAX_UNREAD + bytes.byteLength;
    if (-(controller.desiredSize ?? 0) + bytes.byteLength > this.#spare) {
      metrics().dropped.inc();
      this.close();
      return;
    }
    try {
      controller.enqueue(bytes);
    } catch {
      this.#end();
    }
  }

  /** Ends the stream, after telling the client how long to wait before it comes back (milliseconds). */
  close(retryMs?: number): void {
    const controller = this.#controller;
    if (!controller) return;
    try {
      if (retryMs !== undefined) controller.enqueue(retryHint(retryMs));
      controller.close();
    } catch {
      // The reader left in this very moment.
    }
    this.#end();
  }

  #end(): void {
    if (!this.#controller) return;
    this.#controller = null;
    this.#gone(this);
  }
}
