import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { isRecord } from "../ruleset/shape.ts";
import { Backoff } from "../source/backoff.ts";
import { type Http, retryAfterMs, wordsOfStatus } from "../source/http.ts";
import { inSlices } from "../time/slices.ts";
import { every, unlessOver } from "../time/timers.ts";
import type { EventBuffer, Pending } from "./buffer.ts";

const compress = promisify(gzip);

const FLUSH_MS = 1000;
const SEND_TIMEOUT_MS = 10_000;
/** Limits of one call (`MAX_EVENTS`, `MAX_EVENT_BYTES` of the contract, with room for brackets and commas). */
const MOST_EVENTS = 1000;
const MOST_BYTES = 1024 * 1024 - 2048;
/** Smaller bodies are not worth compressing. */
const COMPRESS_FROM = 1024;

/** `sent`: something was delivered. `failed`: try later. `empty`: nothing to send. */
export type FlushEnd = "sent" | "failed" | "empty";

/** Sends what the buffer holds, once a second, one batch after the other; after a failure later and later, as the server asks. */
export class EventSender {
  refused = 0;
  readonly #http: Http;
  readonly #buffer: EventBuffer;
  readonly #monotonic: () => number;
  readonly #onError: (because: string) => void;
  readonly #backoff: Backoff;
  #most = MOST_EVENTS;
  #notBefore = 0;
  #sending: Promise<FlushEnd> | null = null;
  #draining = false;
  /** Whether the last batch was full: something did not fit. */
  #more = false;
  #stop: () => void = () => undefined;
  /** Fires when the host closes and cannot wait any longer: the call under way ends, and no other begins. */
  readonly #over = new AbortController();

  constructor(options: {
    http: Http;
    buffer: EventBuffer;
    monotonic: () => number;
    random: () => number;
    onError: (because: string) => void;
  }) {
    this.#http = options.http;
    this.#buffer = options.buffer;
    this.#monotonic = options.monotonic;
    this.#onError = options.onError;
    this.#backoff = new Backoff(1000, 60_000, options.random);
  }

  /** Begins to send; `mayStart` says when (before, pseudonyms could not be made). */
  start(mayStart: () => boolean): void {
    this.#stop = every(FLUSH_MS, () => {
      if (!this.#draining && this.#buffer.size > 0 && this.#monotonic() >= this.#notBefore && mayStart())
        void this.#drain();
    });
  }

  /** Sends full batches one right after the other: one a second would be fewer than a busy host makes. What is less waits for more. */
  async #drain(): Promise<void> {
    this.#draining = true;
    while ((await this.flush()) === "sent" && this.#more);
    this.#draining = false;
  }

  /**
   * Sends until the buffer is empty or a call fails, at most until `deadline` fires, which ends the call under way, too. What is left then is given up, and counted as such; so is
   * what the server took without saying so in time.
   */
  async close(deadline: AbortSignal): Promise<void> {
    this.#stop();
    if (deadline.aborted) this.#over.abort();
    deadline.addEventListener("abort", () => this.#over.abort(), { once: true });
    await this.#sending;
    while (!deadline.aborted && (await this.flush()) === "sent");
    this.#buffer.loseRest();
  }

  /** Sends one batch. Never rejects. */
  flush(): Promise<FlushEnd> {
    this.#sending ??= this.#flush().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async #flush(): Promise<FlushEnd> {
    if (this.#over.signal.aborted) return "empty";
    const batch = this.#buffer.take(this.#most, MOST_BYTES);
    this.#more = this.#buffer.size > 0;
    if (batch.length === 0) return "empty";
    const made = await this.#make(batch);
    if (made.length === 0) return "sent";
    const end = await this.#post(made);
    if (end === "sent") this.#backoff.reset();
    return end;
  }

  /** Makes what is not made yet. What cannot be made is dropped, for it would fail again, and what its redactor refuses is not sent. What does not fit any more waits for the next batch. */
  async #make(batch: Pending[]): Promise<Pending[]> {
    const fitting: Pending[] = [];
    const later: Pending[] = [];
    const buffer = this.#buffer;
    let bytes = 0;
    // Samples wait for the host's redactor; everything else is made at once, with pauses.
    const redacted = Promise.all(
      batch.map(async (event) => {
        if (event.kind === "sample") event.json ??= await made(event);
      }),
    );
    await unlessOver(this.#over.signal, redacted);
    if (this.#over.signal.aborted) {
      buffer.giveBack(batch);
      return [];
    }
    await inSlices(
      (function* () {
        for (const event of batch) {
          event.json ??= madeNow(event);
          if (event.json === "" && event.kind !== "sample") buffer.lose(event);
          if (event.json === "") continue;
          event.bytes = Buffer.byteLength(event.json) + 1;
          if (bytes > 0 && bytes + event.bytes > MOST_BYTES) later.push(event);
          else {
            bytes += event.bytes;
            fitting.push(event);
          }
          yield;
        }
      })(),
    );
    buffer.giveBack(later);
    if (later.length > 0) this.#more = true;
    return fitting;
  }

  async #post(batch: Pending[]): Promise<FlushEnd> {
    const text = `[${batch.map((event) => event.json).join(",")}]`;
    const packed = text.length >= COMPRESS_FROM ? await compress(text).catch(() => null) : null;
    const headers: Record<string, string> = { "content-type": "application/json", accept: "application/json" };
    if (packed) headers["content-encoding"] = "gzip";
    const answer = await this.#http(
      {
        path: "/api/v1/events",
        method: "POST",
        headers,
        body: packed ? new Uint8Array(packed) : text,
        timeoutMs: SEND_TIMEOUT_MS,
        signal: this.#over.signal,
      },
      async (response) => ({
        status: response.status,
        waitMs: retryAfterMs(response),
        body: await response
          .text()
          .then(JSON.parse)
          .catch(() => null),
      }),
    );
    if (!answer.ok) return this.#later(batch, answer.because, 0);
    const { status, waitMs, body } = answer.value;
    if (status >= 200 && status < 300) return this.#accepted(body);
    if (status === 413) return this.#tooLarge(batch);
    if (status === 400 || status === 415 || status === 422) return this.#refusedAll(batch, wordsOfStatus(status));
    return this.#later(batch, wordsOfStatus(status), waitMs ?? 0);
  }

  #accepted(body: unknown): FlushEnd {
    this.#most = Math.min(MOST_EVENTS, this.#most * 2);
    const rejected = isRecord(body) && Array.isArray(body.rejected) ? body.rejected : [];
    if (rejected.length === 0) return "sent";
    this.refused += rejected.length;
    const first: unknown = rejected[0];
    const because = isRecord(first) && typeof first.message === "string" ? first.message : "no reason given";
    this.#onError(`The server refused ${rejected.length} event(s): ${because.slice(0, 200)}`);
    return "sent";
  }

  #later(batch: Pending[], because: string, atLeastMs: number): FlushEnd {
    this.#buffer.giveBack(batch);
    this.#notBefore = this.#monotonic() + this.#backoff.next(atLeastMs);
    const then = this.#over.signal.aborted ? "given up" : "kept and sent later";
    this.#onError(`Events could not be sent: ${because}. They are ${then}.`);
    return "failed";
  }

  /** Half as much next time; a single event that is too large is given up. */
  #tooLarge(batch: Pending[]): FlushEnd {
    if (batch.length === 1) return this.#refusedAll(batch, "an event is too large");
    this.#most = Math.ceil(batch.length / 2);
    this.#buffer.giveBack(batch);
    return "sent";
  }

  #refusedAll(batch: Pending[], because: string): FlushEnd {
    this.refused += batch.length;
    this.#onError(`Events were given up: ${because}.`);
    return "sent";
  }
}

/** An event's JSON; empty when it cannot be made or is not to be sent. */
async function made(event: Pending): Promise<string> {
  try {
    return (await event.make()) ?? "";
  } catch {
    return "";
  }
}

function madeNow(event: Pending): string {
  try {
    const json = event.make();
    return typeof json === "string" ? json : "";
  } catch {
    return "";
  }
}
