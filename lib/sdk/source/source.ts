import type { Heartbeat, RulesetName } from "../../core/delivery/wire.ts";
import type { Host } from "../host.ts";
import { admission, isSameName } from "../ruleset/admission.ts";
import { isRecord } from "../ruleset/shape.ts";
import type { RulesetStore, Taken } from "../ruleset/store.ts";
import { safely } from "../safely.ts";
import type { ServerClock } from "../time/server-clock.ts";
import type { Http } from "./http.ts";
import { POLL_MS, Poll } from "./poll.ts";
import { followStream } from "./stream.ts";

/** A heartbeat this much behind server time has been held back on its way, so the stream cannot be relied on. */
const LATE_MS = 10_000;
/** How often the whole is fetched to tell a held-back stream from a server whose clock was set back. */
const RECHECK_MS = 60_000;
/** An instance that lost its stream asks within this, spread so that a thousand do not ask as one. */
const SPREAD_MS = 500;

export type SourceEvents = {
  /** The server confirmed our rules, or a live connection was opened or lost. */
  contact(): void;
  /** The key is refused (true) or accepted again (false). */
  revoked(refused: boolean): void;
  failed(because: string): void;
};

/** Keeps the store at the server's rules: the stream, and polling by ETag whenever the stream is not to be trusted. */
export class Source {
  readonly #store: RulesetStore;
  readonly #clock: ServerClock;
  readonly #host: Host;
  readonly #http: Http;
  readonly #events: SourceEvents;
  readonly #poll: Poll;
  readonly #closing = new AbortController();
  #queue: Promise<void> = Promise.resolve();
  #connection: string | null = null;
  #streaming = false;
  #failed = false;
  #wholeNext = false;
  #recheckedAt = Number.NEGATIVE_INFINITY;

  constructor(options: { store: RulesetStore; clock: ServerClock; host: Host; http: Http; events: SourceEvents }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#host = options.host;
    this.#http = options.http;
    this.#events = options.events;
    this.#poll = new Poll({
      http: options.http,
      random: options.host.random,
      etag: () => this.#etag(),
      events: {
        whole: (text) => this.#enqueue(async () => this.#settle(await this.#store.take(text))),
        unchanged: (etag) => this.#enqueue(async () => this.#unchanged(etag)),
        failed: (because, status) => this.#down(`The rules could not be fetched: ${because}.`, status),
      },
    });
  }

  /** Name of the live stream, null while there is none. */
  get connection(): string | null {
    return this.#connection;
  }

  /** How the server is reached. */
  get reach(): "starting" | "connected" | "polling" | "cut-off" {
    if (this.#clock.inTouch()) return this.#streaming ? "connected" : "polling";
    return this.#failed || this.#clock.confirmedMsAgo() !== null ? "cut-off" : "starting";
  }

  /** Fetches the rules, then follows the stream. A fetch that hangs does not hold the stream back for more than a second. */
  start(): void {
    const first = this.#poll.now();
    const patience = new Promise<void>((resolve) => setTimeout(resolve, 1000).unref());
    void Promise.race([first, patience]).then(async () => {
      await this.#queue;
      if (!this.#clock.inTouch()) this.#poll.goOn(SPREAD_MS * this.#host.random());
      await followStream({
        http: this.#http,
        signal: this.#closing.signal,
        random: this.#host.random,
        resumeFrom: () => nameText(this.#store.provenName),
        events: {
          message: (event, data) => this.#message(event, data),
          down: (because, status) => this.#streamDown(because, status),
        },
      });
    });
  }

  close(): void {
    this.#closing.abort();
    this.#poll.close();
    this.#connection = null;
    this.#streaming = false;
  }

  #etag(): string | null {
    if (this.#wholeNext) {
      this.#wholeNext = false;
      return null;
    }
    const name = nameText(this.#store.provenName);
    return name === null ? null : `"${name}"`;
  }

  /** Messages are taken one after another, in the order they came. */
  #enqueue(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(work).catch(() => undefined);
  }

  #message(event: string, data: string): void {
    if (event === "ruleset") this.#enqueue(async () => this.#settle(await this.#store.take(data)));
    if (event === "heartbeat") this.#enqueue(async () => this.#heartbeat(data));
  }

  #settle(taken: Taken): void {
    if (this.#closing.signal.aborted) return;
    if (taken.outcome === "applied" || taken.outcome === "same") {
      this.#confirm(taken.serverTime);
    } else if (taken.outcome === "unfit") {
      this.#behind();
    } else if (taken.outcome === "garbage") {
      this.#failed = true;
      this.#events.failed(`A ruleset was refused (${taken.because}); the last good one stays in force.`);
      this.#poll.goOn(1000);
    }
  }

  #confirm(serverTime?: number): void {
    this.#clock.confirm(serverTime);
    this.#events.revoked(false);
    this.#events.contact();
  }

  #unchanged(etag: string): void {
    const name = nameText(this.#store.provenName);
    if (`"${name}"` === etag) this.#confirm();
  }

  #heartbeat(data: string): void {
    const beat: unknown = safely(() => JSON.parse(data), null);
    if (!isHeartbeat(beat) || this.#closing.signal.aborted) return;
    const known = this.#connection;
    this.#connection = beat.connection;
    this.#streaming = true;
    const estimate = this.#clock.estimate();
    if (estimate !== null && estimate - beat.serverTime > LATE_MS) {
      this.#late();
      return;
    }
    const name = this.#store.provenName;
    if (name && isSameName(name, beat)) {
      this.#poll.rest();
      this.#confirm(beat.serverTime);
    } else if (admission(this.#store.held, beat) === "apply") {
      this.#behind();
    }
    if (known !== beat.connection) this.#events.contact();
  }

  /** The server has rules that did not come through: asks at once, and goes on asking until a heartbeat names what is held. */
  #behind(): void {
    void this.#poll.now();
    this.#poll.goOn(POLL_MS);
  }

  /** Something holds the stream back (or the server's clock was set back): the whole, fetched now, carries a time that says which. */
  #late(): void {
    this.#streaming = false;
    if (this.#host.monotonic() - this.#recheckedAt > RECHECK_MS) {
      this.#recheckedAt = this.#host.monotonic();
      this.#wholeNext = true;
      void this.#poll.now();
    }
    this.#poll.goOn(POLL_MS);
  }

  #streamDown(because: string, status: number | null): void {
    this.#connection = null;
    this.#streaming = false;
    this.#down(`The stream is down: ${because}.`, status);
    this.#poll.goOn(SPREAD_MS * this.#host.random());
  }

  #down(because: string, status: number | null): void {
    if (this.#closing.signal.aborted) return;
    this.#failed = true;
    this.#events.failed(because);
    if (status === 401 || status === 403) this.#events.revoked(true);
    this.#events.contact();
  }
}

/** `<epoch>.<version>`: the ETag's inside and the stream's Last-Event-ID. */
function nameText(name: RulesetName | null): string | null {
  return name && `${name.epoch}.${name.version}`;
}

function isHeartbeat(value: unknown): value is Heartbeat {
  return (
    isRecord(value) &&
    typeof value.epoch === "string" &&
    typeof value.version === "number" &&
    typeof value.serverTime === "number" &&
    typeof value.connection === "string"
  );
}
