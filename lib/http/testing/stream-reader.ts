import { createParser, type EventSourceMessage } from "eventsource-parser";

/** Reads a stream's events one after the other. */
export class StreamReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #events: EventSourceMessage[] = [];
  readonly #parser = createParser({
    onEvent: (event) => this.#events.push(event),
    onRetry: (ms) => this.retries.push(ms),
  });
  readonly #decoder = new TextDecoder();
  readonly retries: number[] = [];

  constructor(stream: ReadableStream<Uint8Array> | null) {
    if (!stream) throw new Error("there is no stream");
    this.#reader = stream.getReader();
  }

  /** The next event of that kind (any, when none is named); null when the stream ended. */
  async next(kind?: string): Promise<EventSourceMessage | null> {
    while (true) {
      const event = this.#events.shift();
      if (event && (kind === undefined || event.event === kind)) return event;
      if (event) continue;
      const { done, value } = await this.#reader.read();
      if (done) return null;
      this.#parser.feed(this.#decoder.decode(value, { stream: true }));
    }
  }

  /** Resolves when the stream has ended. */
  async ended(): Promise<void> {
    while ((await this.next()) !== null);
  }

  async cancel(): Promise<void> {
    await this.#reader.cancel();
  }
}
