import type { RulesetName } from "#lib/core/delivery/wire.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { within } from "#lib/db/within.ts";
import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { keyHolds } from "#lib/services/keys/queries.ts";
import { newestVersions, rulesetAt } from "#lib/services/rulesets/queries.ts";
import { forgetKeys } from "../known-keys.ts";
import { metrics } from "../metrics.ts";
import { newConnection, openedBy, REPLICA } from "./connection.ts";
import { EnvironmentFeed } from "./feed.ts";
import { KEY_CHANNEL, type Listener, listen } from "./listen.ts";
import { parseName } from "./messages.ts";
import { shared } from "./shared.ts";
import { StreamClient } from "./stream-client.ts";

export type HubParts = {
  db: PrismaClient;
  /** A connection that no pooler stands before; null: no LISTEN, only the one-second read. */
  listenUrl: string | null;
  /** Seals the names of connections. */
  secret: string;
  pace?: Partial<Pace>;
};

/** Milliseconds. `readMs`: the read behind the notifications; `heartbeatMs`: each client hears one; `answerMs`: the database has this long to answer. */
export type Pace = { readMs: number; heartbeatMs: number; answerMs: number };
const PACE: Pace = { readMs: 1000, heartbeatMs: 5000, answerMs: 3000 };
/** Heartbeats go out in so many groups, one after the other. */
const BEATS = 10;
/** What clients are told to wait before they come back when this server stops: long enough that they do not all come at once. */
const RETURN_MS = { min: 250, spread: 3000 };

/**
 * Passes published rulesets on to the open streams of this server. One LISTEN connection tells it within milliseconds; reading the versions every
 * second makes up for a lost notification.
 */
export class Hub {
  readonly #parts: HubParts;
  readonly #pace: Pace;
  readonly #feeds = new Map<string, EnvironmentFeed>();
  readonly #clients = new Map<string, StreamClient>();
  readonly #refreshers = new Map<string, () => Promise<void>>();
  readonly #listener: Listener | null;
  readonly #timers: NodeJS.Timeout[];
  readonly #read = shared(() => this.#readVersions());
  #beat = 0;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(parts: HubParts) {
    this.#parts = parts;
    this.#pace = { ...PACE, ...parts.pace };
    this.#listener = parts.listenUrl
      ? listen(parts.listenUrl, (channel, payload) => this.#heard(channel, payload))
      : null;
    this.#timers = [
      setInterval(() => this.#tick(), this.#pace.readMs),
      setInterval(() => this.#heartbeat(), this.#pace.heartbeatMs / BEATS),
    ];
    for (const timer of this.#timers) timer.unref();
  }

  /** Whether notifications arrive, how long ago the versions were last read (ms), and how many streams are open. */
  get state(): { listening: boolean; readAgoMs: number; streams: number } {
    return {
      listening: this.#listener?.listening ?? false,
      readAgoMs: performance.now() - this.#readAt,
      streams: this.#clients.size,
    };
  }

  /** Opens a stream for a key. `lastEventId`: the id of the last event that client has, null for none. */
  async open(environmentId: string, keyId: string, lastEventId: string | null): Promise<StreamClient> {
    const feed = await this.fresh(environmentId);
    const client = new StreamClient({
      connection: newConnection(this.#parts.secret, keyId),
      keyId,
      beat: this.#clients.size % BEATS,
      gone: (gone) => {
        feed.clients.delete(gone);
        this.#clients.delete(gone.connection);
        metrics().streams.set(this.#clients.size);
      },
    });
    this.#clients.set(client.connection, client);
    metrics().streams.set(this.#clients.size);
    feed.join(client, parseName(lastEventId), Date.now());
    return client;
  }

  /**
   * The feed of an environment, brought up to date with the database first.
   * @throws AppError `not-found` when nothing was published there yet; whatever the database throws.
   */
  async fresh(environmentId: string): Promise<EnvironmentFeed> {
    const feed = this.#feedOf(environmentId);
    await this.#refresh(feed);
    if (!feed.current) throw new AppError("not-found", "Nothing was published in this environment yet.");
    return feed;
  }

  /** The feed as it is held, a second old at most while the database answers; read first only when nothing is held yet. */
  async held(environmentId: string): Promise<EnvironmentFeed> {
    const feed = this.#feeds.get(environmentId);
    return feed?.current ? feed : this.fresh(environmentId);
  }

  /** What a connection is to a key: never given to it, not open any more, or open. What another server opened is only known to be given to it. */
  standingOf(keyId: string, connection: string): "foreign" | "closed" | "open" {
    const sealed = openedBy(this.#parts.secret, keyId, connection);
    if (!sealed) return "foreign";
    return sealed.replica !== REPLICA || this.#clients.has(connection) ? "open" : "closed";
  }

  /** Ends every stream of a key at once. */
  endStreamsOf(keyId: string): void {
    for (const client of this.#clients.values()) if (client.keyId === keyId) client.close();
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    for (const client of this.#clients.values()) client.close(RETURN_MS.min + Math.random() * RETURN_MS.spread);
    await this.#listener?.close();
  }

  #feedOf(environmentId: string): EnvironmentFeed {
    const known = this.#feeds.get(environmentId);
    if (known) return known;
    const feed = new EnvironmentFeed(environmentId);
    this.#feeds.set(environmentId, feed);
    return feed;
  }

  #heard(channel: string | null, payload: string): void {
    if (channel === KEY_CHANNEL) {
      forgetKeys();
      this.endStreamsOf(payload);
      return;
    }
    const feed = [...this.#feeds.values()].find(({ current }) => payload.includes(`"${current?.ruleset.environment}"`));
    // Whatever the payload says and after every reconnection: something may have changed.
    const read = feed && channel !== null ? this.#refresh(feed) : this.#read();
    read.catch((error) => log.warn({ error }, "a published ruleset could not be read yet"));
  }

  /** Brings a feed up to date. A thousand streams that open at once share one read. */
  #refresh(feed: EnvironmentFeed): Promise<void> {
    const refresh = this.#refreshers.get(feed.environmentId) ?? shared(() => this.#readFeed(feed));
    this.#refreshers.set(feed.environmentId, refresh);
    return refresh();
  }

  async #readFeed(feed: EnvironmentFeed): Promise<void> {
    const name = (await this.#newest()).get(feed.environmentId);
    const held = feed.current?.ruleset;
    if (!name || (held?.epoch === name.epoch && held.version === name.version)) return;
    const stored = await within(this.#pace.answerMs, rulesetAt(this.#parts.db, feed.environmentId, name));
    if (stored) feed.advance({ ruleset: stored.ruleset, hash: stored.hash }, Date.now());
  }

  async #newest(): Promise<Map<string, RulesetName>> {
    const newest = await within(this.#pace.answerMs, newestVersions(this.#parts.db));
    this.#readAt = performance.now();
    return newest;
  }

  async #readVersions(): Promise<void> {
    const newest = await this.#newest();
    for (const feed of this.#feeds.values()) {
      const name = newest.get(feed.environmentId);
      const held = feed.current?.ruleset;
      if (name && (held?.epoch !== name.epoch || held.version !== name.version)) await this.#refresh(feed);
    }
  }

  async #tick(): Promise<void> {
    metrics().listening.set(this.#listener?.listening ? 1 : 0);
    try {
      await this.#read();
      for (const keyId of new Set([...this.#clients.values()].map((client) => client.keyId))) {
        if (!(await keyHolds(this.#parts.db, keyId))) this.endStreamsOf(keyId);
      }
    } catch (error) {
      log.warn({ error }, "the versions of the rules could not be read");
    }
  }

  /** A heartbeat says "these are the newest rules". When the database has not said so lately, silence sends the clients to ask elsewhere. */
  #heartbeat(): void {
    if (this.state.readAgoMs > this.#pace.readMs + this.#pace.answerMs) return;
    this.#beat = (this.#beat + 1) % BEATS;
    const now = Date.now();
    for (const feed of this.#feeds.values()) {
      for (const client of feed.clients) if (client.beat === this.#beat) feed.beat(client, now);
    }
  }
}
