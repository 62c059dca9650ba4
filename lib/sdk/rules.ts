import type { Ruleset } from "../core/decision/ruleset.ts";
import type { RulesetName } from "../core/delivery/wire.ts";
import type { Host } from "./host.ts";
import { LocalStop } from "./local-stop.ts";
import type { Settings } from "./options.ts";
import { type Held, nameOf } from "./ruleset/admission.ts";
import { CacheKeeper } from "./ruleset/cache-keeper.ts";
import { FilterBits } from "./ruleset/filters.ts";
import { RulesInForce } from "./ruleset/in-force.ts";
import { parseJson } from "./ruleset/parse-json.ts";
import { isRecord } from "./ruleset/shape.ts";
import { RulesetStore } from "./ruleset/store.ts";
import { writeJson } from "./ruleset/write-json.ts";
import { forget, wordsOf } from "./safely.ts";
import { fetchBlob } from "./source/blobs.ts";
import type { Http } from "./source/http.ts";
import { Source } from "./source/source.ts";
import { ServerClock } from "./time/server-clock.ts";
import { inSlices } from "./time/slices.ts";
import { after, every } from "./time/timers.ts";

const CHECK_MS = 1000;
const RELOAD_MS = 2000;

export type RulesEvents = {
  /** What decides is different now. */
  changed(): void;
  /** Something an acknowledgement says is different now: the rules followed, or the live connection. */
  tell(): void;
  failed(because: string): void;
};

/** Everything about which rules this process follows: where they come from, what they are, and since when. */
export class Rules {
  readonly clock: ServerClock;
  readonly store: RulesetStore;
  readonly source: Source;
  readonly inForce: RulesInForce;
  readonly localStop: LocalStop;
  readonly #host: Host;
  readonly #settings: Settings;
  readonly #events: RulesEvents;
  readonly #bits: FilterBits;
  readonly #cache: CacheKeeper | null;
  #appliedAt = 0;
  /** What is acknowledged: the last ruleset whose needed blobs are all here. */
  #following: { name: RulesetName; at: number } | null = null;
  #connection: string | null = null;
  #stopChecking: () => void = () => undefined;
  #wakeReady: () => void = () => undefined;
  /** Resolves when the server's own rules are in force. */
  readonly ready = new Promise<void>((resolve) => {
    this.#wakeReady = resolve;
  });

  constructor(settings: Settings, host: Host, http: Http, events: RulesEvents) {
    this.#settings = settings;
    this.#host = host;
    this.#events = events;
    this.clock = new ServerClock(host.monotonic);
    this.store = new RulesetStore((held) => this.#applied(held));
    this.#bits = new FilterBits(fetchBlob(http), () => this.inForce.changed());
    this.localStop = new LocalStop({
      env: () => host.env("EVENKEEL_STOP"),
      file: settings.localStopFile,
      onChange: () => this.inForce.check(),
      onError: events.failed,
    });
    this.inForce = new RulesInForce({
      store: this.store,
      bits: this.#bits,
      clock: this.clock,
      stops: () => this.localStop.text,
      onChange: events.changed,
    });
    this.#cache = settings.cacheFile ? new CacheKeeper(settings, this.store, this.clock, events.failed) : null;
    this.source = new Source({
      store: this.store,
      clock: this.clock,
      host,
      http,
      events: {
        contact: () => this.#contact(),
        revoked: (refused) => {
          this.inForce.revoked = refused;
        },
        failed: events.failed,
      },
    });
  }

  start(): void {
    this.#stopChecking = every(CHECK_MS, () => this.inForce.check());
    this.#cache?.start();
    this.localStop.start();
    forget(this.#startFromFiles());
    if (this.#settings.problem === null) this.source.start();
    else this.#events.failed(this.#settings.problem);
  }

  async close(): Promise<void> {
    this.#stopChecking();
    this.localStop.close();
    this.source.close();
    await this.#cache?.close();
  }

  /** The rules that decide, null before any are known. */
  current(): Ruleset | null {
    return this.inForce.current();
  }

  /** What an acknowledgement says about the rules; times in server time (epoch ms). */
  followed(): { ruleset: RulesetName | null; appliedAt: number; connection: string | null; serverNow: number } {
    const now = this.clock.estimate() ?? (this.clock.now() || 0);
    const since = this.#following?.at ?? this.#host.monotonic();
    return {
      ruleset: this.#following?.name ?? null,
      appliedAt: Math.max(0, Math.round(now - (this.#host.monotonic() - since))),
      connection: this.source.connection,
      serverNow: now,
    };
  }

  /** Server time (epoch ms) since when the held ruleset is followed; null when no time is known. */
  get since(): number | null {
    const now = this.clock.estimate();
    return this.store.held && now !== null ? Math.round(now - (this.#host.monotonic() - this.#appliedAt)) : null;
  }

  async #startFromFiles(): Promise<void> {
    const cached = await this.#cache?.read();
    if (cached) {
      // First how old it is, then what it says: not one request is decided by an old file as if it were new.
      this.clock.startFrom(cached.serverTime, this.#host.wallClock());
      await this.store.startFrom(cached.ruleset, "cache-file");
    }
    const given = this.#settings.bootstrap;
    if (this.store.held || given === undefined || given === null) return;
    try {
      // As plain JSON of our own: what the host's object does or becomes later has no part in a decision.
      const own: unknown = await inSlices(parseJson(await inSlices(writeJson(given))));
      const ruleset = isRecord(own) && "ruleset" in own ? own.ruleset : own;
      if (await this.store.startFrom(ruleset, "bootstrap")) return;
      if (!this.store.held) this.#events.failed("The option `bootstrap` holds no ruleset.");
    } catch (error) {
      this.#events.failed(`The option \`bootstrap\` cannot be read: ${wordsOf(error)}.`);
    }
  }

  #applied(held: Held): void {
    this.#appliedAt = this.#host.monotonic();
    // First what decides, then everything else: a stop is in force before this line returns.
    this.inForce.changed();
    this.#cache?.keep();
    this.#loadBlobs(held, this.#appliedAt);
  }

  #loadBlobs(held: Held, at: number): void {
    void this.#bits.load(held.ruleset).then((complete) => {
      if (this.store.held !== held) return;
      if (!complete) {
        this.#events.failed(
          "A list of who already has a feature could not be loaded; until then nobody counts as on it.",
        );
        after(RELOAD_MS, () => this.store.held === held && this.#loadBlobs(held, at));
        return;
      }
      this.#following = { name: nameOf(held.ruleset), at };
      if (held.origin === "server") this.#wakeReady();
      this.#events.tell();
    });
  }

  #contact(): void {
    this.inForce.check();
    if (this.source.connection === this.#connection) return;
    this.#connection = this.source.connection;
    if (this.#connection !== null) this.#events.tell();
  }
}
