import { createParser, type EventSourceMessage } from "eventsource-parser";

type RouteHandler = (request: Request, segment?: { params: Promise<Record<string, string>> }) => Promise<Response>;
type CallOptions = {
  method?: string;
  body?: unknown;
  raw?: Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
  params?: Record<string, string>;
  signal?: AbortSignal;
};

/** Calls a route handler as the server would. `body` is sent as JSON, `raw` as it is. */
export function call(handler: RouteHandler, token: string | null, options: CallOptions = {}): Promise<Response> {
  const {
    method = options.body === undefined && !options.raw ? "GET" : "POST",
    body,
    raw,
    headers = {},
    params = {},
    signal,
  } = options;
  const request = new Request("http://console.test/api", {
    method,
    signal,
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
    body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
  });
  return handler(request, { params: Promise.resolve(params) });
}

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

  constructor(response: Response) {
    if (!response.body) throw new Error("there is no stream");
    this.#reader = response.body.getReader();
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
