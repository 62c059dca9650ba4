import type { Settings } from "../options.ts";
import { wordsOf } from "../safely.ts";
import type { ServerClock } from "../time/server-clock.ts";
import { after, every } from "../time/timers.ts";
import { type Cached, readCacheFile, sourceOf, writeCacheFile } from "./cache-file.ts";
import type { RulesetStore } from "./store.ts";

/** A burst of changes is written once. */
const WRITE_AFTER_MS = 500;
/** How often an unchanged ruleset is written anew, so that the file says when it was last confirmed. */
const CONFIRM_EVERY_MS = 60_000;

/** Keeps the cache file at what the server last said. A disk that is full or forbidden costs the file, nothing else. */
export class CacheKeeper {
  readonly #path: string;
  readonly #source: string;
  readonly #store: RulesetStore;
  readonly #clock: ServerClock;
  readonly #failed: (because: string) => void;
  #cancel: (() => void) | null = null;
  #stopConfirming: () => void = () => undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(settings: Settings, store: RulesetStore, clock: ServerClock, failed: (because: string) => void) {
    this.#path = settings.cacheFile ?? "";
    this.#source = sourceOf(settings.url, settings.key);
    this.#store = store;
    this.#clock = clock;
    this.#failed = failed;
  }

  /** What the file holds; null when there is none that can be used. */
  async read(): Promise<Cached | null> {
    try {
      return await readCacheFile(this.#path, this.#source);
    } catch (error) {
      this.#failed(`The cache file is not used: ${wordsOf(error)}.`);
      return null;
    }
  }

  /** From here on the file is kept fresh for as long as the server confirms what it says. */
  start(): void {
    this.#stopConfirming = every(CONFIRM_EVERY_MS, () => this.#clock.inTouch() && this.keep());
  }

  /** Writes the held ruleset soon. */
  keep(): void {
    if (this.#store.held?.origin !== "server" || this.#cancel) return;
    this.#cancel = after(WRITE_AFTER_MS, () => this.#write());
  }

  /** Writes what is still to be written, and until when it was confirmed. */
  async close(): Promise<void> {
    this.#stopConfirming();
    this.#cancel?.();
    if (this.#cancel || this.#clock.inTouch()) this.#write();
    await this.#writing;
  }

  #write(): void {
    this.#cancel = null;
    this.#writing = this.#writing.then(async () => {
      const held = this.#store.held;
      if (held?.origin !== "server") return;
      try {
        const serverTime = this.#clock.now() || 0;
        await writeCacheFile(this.#path, this.#source, this.#store.hash, { ruleset: held.ruleset, serverTime });
      } catch (error) {
        this.#failed(`The cache file could not be written: ${wordsOf(error)}.`);
      }
    });
  }
}
