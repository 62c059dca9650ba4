import { after } from "../time/timers.ts";
import { type Http, retryAfterMs, wordsOfStatus } from "./http.ts";

/** Between two calls while the stream cannot be relied on. */
export const POLL_MS = 10_000;
/** A stop may be waiting: whoever asks for more patience than this, such as a proxy in maintenance, is asked again all the same. */
const MOST_WAIT_MS = 30_000;
const POLL_TIMEOUT_MS = 8_000;

export type PollEvents = {
  /** The whole ruleset came. */
  whole(text: string): void;
  /** `304`: what we have is what the server has. */
  unchanged(etag: string): void;
  failed(because: string, status: number | null): void;
};

/** Asks for the ruleset by ETag: once when told, and every 10 s while told to go on. One call at a time. */
export class Poll {
  readonly #http: Http;
  readonly #events: PollEvents;
  readonly #random: () => number;
  readonly #etag: () => string | null;
  #asking: Promise<void> | null = null;
  #again = false;
  /** What the server's Retry-After asked for, in ms. */
  #askedToWait = 0;
  #cancelNext: (() => void) | null = null;
  #going = false;
  #closed = false;

  constructor(options: { http: Http; events: PollEvents; random: () => number; etag: () => string | null }) {
    this.#http = options.http;
    this.#events = options.events;
    this.#random = options.random;
    this.#etag = options.etag;
  }

  get going(): boolean {
    return this.#going;
  }

  /** Asks at once (again, when a call is under way: what it brings may already be old). */
  now(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    if (this.#asking) {
      this.#again = true;
      return this.#asking;
    }
    this.#asking = this.#ask().finally(() => {
      this.#asking = null;
      const again = this.#again;
      this.#again = false;
      if (again) void this.now();
    });
    return this.#asking;
  }

  /** Asks after `firstMs` and then every 10 s. */
  goOn(firstMs: number): void {
    if (this.#going || this.#closed) return;
    this.#going = true;
    this.#schedule(firstMs);
  }

  rest(): void {
    this.#going = false;
    this.#cancelNext?.();
    this.#cancelNext = null;
  }

  close(): void {
    this.rest();
    this.#closed = true;
  }

  #schedule(ms: number): void {
    this.#cancelNext?.();
    this.#cancelNext = after(ms, () => {
      void this.now().then(() => {
        if (this.#going) this.#schedule(Math.max(this.#askedToWait, POLL_MS * (0.9 + 0.1 * this.#random())));
      });
    });
  }

  async #ask(): Promise<void> {
    const etag = this.#etag();
    const headers: Record<string, string> = { accept: "application/json" };
    if (etag) headers["if-none-match"] = etag;
    const answer = await this.#http(
      { path: "/api/v1/ruleset", headers, timeoutMs: POLL_TIMEOUT_MS },
      async (response) => {
        if (response.status === 200) return { status: 200, text: await response.text(), waitMs: null };
        await response.body?.cancel();
        return { status: response.status, text: "", waitMs: retryAfterMs(response) };
      },
    );
    if (this.#closed) return;
    if (!answer.ok) return this.#events.failed(answer.because, null);
    const { status, text, waitMs } = answer.value;
    this.#askedToWait = Math.min(waitMs ?? 0, MOST_WAIT_MS);
    if (status === 200) return this.#events.whole(text);
    if (status === 304 && etag) return this.#events.unchanged(etag);
    this.#events.failed(wordsOfStatus(status), status);
  }
}
