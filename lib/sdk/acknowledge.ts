import type { Acknowledgement } from "../core/delivery/wire.ts";
import { Backoff } from "./source/backoff.ts";
import { type Http, wordsOfStatus } from "./source/http.ts";
import { nextTurn } from "./time/slices.ts";
import { after, every, unlessOver } from "./time/timers.ts";

const EVERY_MS = 20_000;
const SOON_MS = 50;
const TIMEOUT_MS = 5_000;
/** How long the last one may take. */
export const FAREWELL_MS = 1_000;

/** What an acknowledgement says, beside `closing`. `settled` is called once the server has it. */
export type Report = { body: Omit<Acknowledgement, "closing">; settled: () => void };

/** Tells the server which rules this instance follows: on each applied ruleset at once, soon after a feature's first use, and every 20 s. One call at a time, the newest state. */
export class Acknowledger {
  readonly #http: Http;
  readonly #report: () => Report;
  readonly #onError: (because: string) => void;
  readonly #backoff: Backoff;
  #sending: Promise<void> | null = null;
  #again = false;
  #due = false;
  #closed = false;
  #stop: () => void = () => undefined;
  #cancelRetry: () => void = () => undefined;
  readonly #hurry = new AbortController();

  constructor(options: { http: Http; report: () => Report; random: () => number; onError: (because: string) => void }) {
    this.#http = options.http;
    this.#report = options.report;
    this.#onError = options.onError;
    this.#backoff = new Backoff(1000, EVERY_MS, options.random);
  }

  start(): void {
    this.#stop = every(EVERY_MS, () => this.now());
  }

  /** Sends one in a moment, once for everything that happens until then. */
  soon(): void {
    if (this.#closed || this.#due) return;
    this.#due = true;
    after(SOON_MS, () => {
      this.#due = false;
      this.now();
    });
  }

  /** Sends one now, or right after the one under way. */
  now(): void {
    if (this.#closed) return;
    if (this.#sending) {
      this.#again = true;
      return;
    }
    // Whatever else this turn of the event loop brought (a stop, above all) is obeyed before it is talked about.
    this.#sending = nextTurn()
      .then(() => this.#send(false))
      .finally(() => {
        this.#sending = null;
        const again = this.#again;
        this.#again = false;
        if (again) this.now();
      });
  }

  /** The last one: this instance is not to be waited for any more. It follows the one under way, which is given up when `deadline` fires. */
  async close(deadline: AbortSignal): Promise<void> {
    this.#stop();
    this.#cancelRetry();
    this.#closed = true;
    if (this.#sending) await unlessOver(deadline, this.#sending);
    this.#hurry.abort();
    await this.#send(true);
  }

  async #send(closing: boolean): Promise<void> {
    const { body, settled } = this.#report();
    const answer = await this.#http(
      {
        path: "/api/v1/acknowledgements",
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...body, closing }),
        timeoutMs: closing ? FAREWELL_MS : TIMEOUT_MS,
        signal: closing ? undefined : this.#hurry.signal,
      },
      async (response) => {
        await response.body?.cancel();
        return response.status;
      },
    );
    if (answer.ok && answer.value >= 200 && answer.value < 300) {
      this.#backoff.reset();
      return settled();
    }
    if (this.#closed) return;
    const because = answer.ok ? wordsOfStatus(answer.value) : answer.because;
    this.#onError(`The rules in force could not be confirmed to the server: ${because}.`);
    this.#cancelRetry();
    this.#cancelRetry = after(this.#backoff.next(), () => this.now());
  }
}
