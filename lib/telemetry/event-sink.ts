import type { DecisionEvent, SampleEvent, SignalEvent } from "#lib/core/events/event.ts";
import { DAY_MS, MINUTE_MS } from "#lib/core/time.ts";

/** Where an event came from: our SDK's own shape, or spans that were mapped to it. */
export type EventSource = "sdk" | "otlp";

/** A decision as it is stored. Without `feature` it is unassigned; without `ruleset` its sender follows none. */
export type SinkDecision = Omit<DecisionEvent, "feature" | "ruleset"> & {
  feature: string | null;
  ruleset: DecisionEvent["ruleset"] | null;
  source: EventSource;
};

export type SinkEvent = SinkDecision | SignalEvent | SampleEvent;

/** What became of one event: new, known already, or refused by the store as something it cannot hold. */
export type Stored = "stored" | "duplicate" | "refused";

/**
 * For histories that are made up. `receivedAt`: when an event came in (epoch ms), now where it is absent. `minutesSince`: figures by the minute are kept
 * from then on only (epoch ms), because upkeep would drop the older ones anyway.
 */
export type AppendOptions = { receivedAt?: (event: SinkEvent) => number; minutesSince?: number };

/** Where events go. Implementations store each id once per environment, however often and in whatever company it arrives. */
export type EventSink = {
  /**
   * Stores valid events of one environment and counts them, in one transaction. Answers by index.
   * @throws AppError `unavailable` when the store cannot be reached; nothing of the batch is stored then.
   */
  append(environmentId: string, events: readonly SinkEvent[], options?: AppendOptions): Promise<readonly Stored[]>;
  /** Gives waiting signals whose decision came meanwhile what they belong to, and gives up on those that waited 15 minutes. */
  settleSignals(now: Date): Promise<{ attributed: number; givenUp: number }>;
  /** Makes room for the days of the ids ahead (and of late events) and drops raw days older than `keepDays`, and roll-ups past their use. */
  upkeep(now: Date, keepDays: number): Promise<void>;
};

/** How long a signal waits for its decision, milliseconds. */
export const SIGNAL_WAIT_MS = 15 * MINUTE_MS;
/** How late an event may come, and how far ahead the clock of its host may be, milliseconds. */
export const LATEST_MS = 7 * DAY_MS;
export const AHEAD_MS = DAY_MS;
/** Raw events are kept this long by default, days. */
export const KEEP_DAYS = 30;
