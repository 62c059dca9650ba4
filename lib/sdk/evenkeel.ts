import { randomUUID } from "node:crypto";
import { decide } from "../core/decision/decide.ts";
import type { Ruleset } from "../core/decision/ruleset.ts";
import { Acknowledger, FAREWELL_MS, type Report } from "./acknowledge.ts";
import { EventBuffer } from "./events/buffer.ts";
import { newId } from "./events/ids.ts";
import { pseudonym } from "./events/pseudonym.ts";
import { EventSender } from "./events/sender.ts";
import { Telemetry } from "./events/telemetry.ts";
import { FeaturesUsed } from "./features-used.ts";
import type { Host } from "./host.ts";
import { entriesOf } from "./local-stop.ts";
import { readOptions, type Settings } from "./options.ts";
import { RecentDecisions } from "./recent-decisions.ts";
import { reported } from "./report.ts";
import { requestOf } from "./request.ts";
import { Rules } from "./rules.ts";
import { ReleaseContents } from "./ruleset/release-contents.ts";
import { isRecord } from "./ruleset/shape.ts";
import type { Engine } from "./run/engine.ts";
import { InFlightRuns } from "./run/in-flight.ts";
import { PartQueue } from "./run/part-queue.ts";
import { type Handlers, Run } from "./run/run.ts";
import { safely, wordsOf } from "./safely.ts";
import { fetchBlob } from "./source/blobs.ts";
import { createHttp } from "./source/http.ts";
import { sentenceOf } from "./status.ts";
import { nextTurn } from "./time/slices.ts";
import { after, pause, unlessOver } from "./time/timers.ts";
import type {
  Decision,
  DecisionContext,
  Evenkeel,
  EvenkeelOptions,
  RunHandlers,
  RunResult,
  Status,
  StreamHandlers,
  StreamPart,
} from "./types.ts";
import { UsageCounter } from "./usage.ts";
import { VERSION } from "./version.ts";

/** What decides before any rules are known, and after `close`: not a ruleset, so `decide` answers it with the fallback. */
const NO_RULES = Object.freeze(JSON.parse('{"epoch":"","version":0}')) as Ruleset;

/** `createEvenkeel` with the process around it given, so that tests can move time. Never throws. */
export function createEvenkeelWith(options: EvenkeelOptions, host: Host): Evenkeel {
  return new Client(readOptions(options), host);
}

class Client implements Evenkeel {
  readonly #settings: Settings;
  readonly #host: Host;
  readonly #instance = randomUUID();
  readonly #rules: Rules;
  readonly #releases: ReleaseContents;
  readonly #runs = new InFlightRuns();
  readonly #usage: UsageCounter;
  readonly #used: FeaturesUsed;
  readonly #recent = new RecentDecisions();
  readonly #buffer = new EventBuffer();
  readonly #sender: EventSender;
  readonly #telemetry: Telemetry;
  readonly #acknowledger: Acknowledger;
  readonly #engine: Engine;
  /** Losses that the server has been told of, for servers that know only what came since. */
  readonly #told = { decisions: 0, signals: 0 };
  #refusedHere = 0;
  #lastError: string | null = null;
  #closed = false;
  #closing: Promise<void> | null = null;

  constructor(settings: Settings, host: Host) {
    this.#settings = settings;
    this.#host = host;
    const { random, monotonic } = host;
    const http = createHttp(settings);
    const onError = (because: string) => this.#failed(because);
    this.#usage = new UsageCounter(monotonic);
    this.#used = new FeaturesUsed(monotonic, () => this.#acknowledger.soon());
    this.#rules = new Rules(settings, host, http, {
      changed: () => this.#runs.reconsider(),
      tell: () => this.#acknowledger.now(),
      failed: onError,
    });
    this.#releases = new ReleaseContents({
      fetchBlob: fetchBlob(http),
      rules: () => (this.#closed ? null : this.#rules.current()),
      monotonic,
      failed: onError,
    });
    this.#sender = new EventSender({ http, buffer: this.#buffer, monotonic, random, onError });
    this.#telemetry = new Telemetry({
      buffer: this.#buffer,
      instance: this.#instance,
      now: () => this.#eventTime(),
      rules: () => this.#rules.current(),
      redact: settings.redact,
    });
    this.#acknowledger = new Acknowledger({ http, report: () => this.#report(), random, onError });
    this.#engine = {
      begin: (feature, context) => this.#begin(feature, context),
      rules: () => this.#rules.current(),
      enlist: (run) => this.#runs.add(run),
      finished: (what) => this.#telemetry.finished(what),
    };
    this.#rules.start();
    if (settings.problem !== null) return;
    const startedAt = monotonic();
    // Pseudonyms need the environment's key, which comes with the rules.
    this.#sender.start(() => this.#rules.current() !== null || monotonic() - startedAt > 30_000);
    this.#acknowledger.start();
  }

  async ready(options?: { timeoutMs?: number }): Promise<Status> {
    const given = safely(() => options?.timeoutMs, undefined);
    const timeoutMs = typeof given === "number" && given >= 0 ? given : 2000;
    // The host waits for this one, so its timer must keep the process alive.
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, Math.min(timeoutMs, 2 ** 31 - 1));
    });
    await Promise.race([this.#rules.ready, tooLong]);
    clearTimeout(timer);
    return this.status();
  }

  status(): Status {
    const { clock, store, source, inForce, localStop } = this.#rules;
    const stale = store.held !== null && inForce.stale;
    const state = this.#closed ? "closed" : stale ? "stale" : source.reach;
    const from = store.held?.origin ?? "nothing";
    const confirmedMsAgo = clock.confirmedMsAgo();
    return {
      state,
      sentence: sentenceOf(state, from, confirmedMsAgo),
      runsOn: {
        source: from,
        ruleset: store.held && { epoch: store.held.ruleset.epoch, version: store.held.ruleset.version },
        since: this.#rules.since,
      },
      confirmedMsAgo: confirmedMsAgo === null ? null : Math.round(confirmedMsAgo),
      stale,
      localStop: entriesOf(localStop.text),
      dropped: { ...this.#buffer.dropped, refused: this.#sender.refused + this.#refusedHere },
      waiting: this.#buffer.size,
      lastError: this.#lastError,
      instance: this.#instance,
    };
  }

  decide(feature: string, context?: DecisionContext): Decision {
    const request = requestOf(context);
    const { decision } = this.#begin(feature, request);
    this.#recent.add({ decision, context: request, rules: this.#rules.current() });
    return decision;
  }

  run<T, F = T>(feature: string, context: DecisionContext, handlers: RunHandlers<T, F>): Promise<RunResult<T | F>> {
    return new Run<never, T, F>(this.#engine, feature, requestOf(context), handlersOf(handlers), null).execute();
  }

  async *stream<D = string, T = string, F = T>(
    feature: string,
    context: DecisionContext,
    handlers: StreamHandlers<D, T, F>,
  ): AsyncGenerator<StreamPart<D, T | F>, void, undefined> {
    const parts = new PartQueue<D, T | F>();
    const run = new Run<D, T, F>(this.#engine, feature, requestOf(context), handlersOf(handlers), parts);
    void run.execute().then((result) => parts.final(result));
    let over = false;
    try {
      while (!over) {
        const part = await parts.next();
        over = part.type === "final";
        yield part;
      }
    } finally {
      if (!over) run.cancel();
    }
  }

  record: Evenkeel["record"] = (about, kind, fields) => {
    const because = safely(() => this.#telemetry.signal(about, kind, fields ?? {}), "it could not be read");
    if (because !== null) this.#refuse(`A signal was not recorded: ${because}.`);
  };

  report: Evenkeel["report"] = (decision, outcome) => {
    const told = safely(() => {
      const finished = reported(decision, outcome ?? {}, (id) => this.#recent.take(id));
      if (finished) this.#telemetry.finished(finished);
      return finished !== null;
    }, false);
    if (!told) this.#refuse("An outcome was not reported: its decision is not known in this process.");
  };

  release(releaseId: string | null): Promise<Record<string, unknown> | null> {
    return this.#releases.of(releaseId);
  }

  hashUser(userId: string): string | null {
    return safely(() => pseudonym(this.#rules.current(), userId), null);
  }

  close(options?: { timeoutMs?: number }): Promise<void> {
    const given = safely(() => options?.timeoutMs, undefined);
    this.#closed = true;
    this.#closing ??= this.#close(typeof given === "number" && given >= 0 ? given : 3000);
    return this.#closing;
  }

  /** The last third of the time, a second at most, is for the farewell: whatever hangs before it, this instance does not go without a word. */
  async #close(timeoutMs: number): Promise<void> {
    const deadline = new AbortController();
    const stop = after(timeoutMs - Math.min(FAREWELL_MS, timeoutMs / 3), () => deadline.abort());
    // Nothing would hear of a stop any more, so nothing goes on; what it becomes is still sent.
    this.#runs.reconsider();
    const farewell = async () => {
      await unlessOver(deadline.signal, this.#rules.close());
      if (this.#settings.problem !== null) return;
      await nextTurn();
      await this.#sender.close(deadline.signal);
      await this.#acknowledger.close(deadline.signal);
    };
    await Promise.race([farewell().catch(() => undefined), pause(timeoutMs)]);
    stop();
  }

  /** A request's first decision, and how to decide the same request again under later rules. */
  #begin(feature: string, context: DecisionContext): ReturnType<Engine["begin"]> {
    const requestId = newId(this.#eventTime());
    const perHour = context.userId === undefined ? undefined : this.#usage.count(context.userId);
    const usage = perHour === undefined ? undefined : { perHour };
    const key = typeof feature === "string" ? feature : "";
    if (this.#isFeature(key)) this.#used.use(key);
    const once = (request: DecisionContext): Decision => {
      const by = (rules: Ruleset) => decide(rules, key, request, { now: this.#rules.clock.now(), requestId, usage });
      // `decide` is total on JSON; a bootstrap object is the host's and may be anything.
      return safely(() => by((this.#closed ? null : this.#rules.current()) ?? NO_RULES), null) ?? by(NO_RULES);
    };
    return {
      decision: once(context),
      again: (sticky) => once(sticky === null ? context : { ...context, sticky }),
    };
  }

  /** Whether the rules know this feature; before there are any, every name may be one. */
  #isFeature(key: string): boolean {
    const features = safely((): unknown => this.#rules.current()?.features, null);
    if (features === undefined) return key !== "" && key.length <= 200;
    return isRecord(features) && Object.hasOwn(features, key);
  }

  /** Epoch ms of what happens now: the server's as far as it is known, for its records are by its clock. */
  #eventTime(): number {
    return this.#rules.clock.estimate() ?? this.#host.wallClock();
  }

  #report(): Report {
    const { decisions, signals } = this.#buffer.dropped;
    const { ruleset, appliedAt, connection, serverNow } = this.#rules.followed();
    return {
      body: {
        instance: this.#instance,
        app: this.#settings.app,
        name: this.#settings.name,
        sdk: `js ${VERSION}`,
        connection,
        ruleset,
        appliedAt,
        features: this.#used.lastDay(serverNow),
        dropped: { decisions: decisions - this.#told.decisions, signals: signals - this.#told.signals },
        droppedTotal: { decisions, signals },
      },
      settled: () => {
        this.#told.decisions = decisions;
        this.#told.signals = signals;
      },
    };
  }

  #refuse(because: string): void {
    this.#refusedHere++;
    this.#failed(because);
  }

  #failed(because: string): void {
    if (because === this.#lastError) return;
    this.#lastError = because;
    try {
      this.#settings.logger.warn?.(`Evenkeel: ${because}`);
    } catch (error) {
      this.#lastError = `${because} (The logger failed: ${wordsOf(error)}.)`;
    }
  }
}

/** The host's handlers, read once. What cannot be read is missing. */
function handlersOf(given: unknown): Handlers {
  const part = (name: string): unknown =>
    safely(() => (typeof given === "object" && given !== null ? Reflect.get(given, name) : undefined), undefined);
  const generate = part("generate");
  const about = part("about");
  return {
    generate: typeof generate === "function" ? (generate as Handlers["generate"]) : () => undefined,
    fallbacks: part("fallbacks"),
    about: typeof about === "object" && about !== null ? about : {},
  };
}
