import type { WhichAnswers } from "#lib/core/events/harm.ts";
import type { Span } from "./figure-source.ts";

/** One decision and what became of it, as it is exported: never a word of what was said. Times ISO 8601, `user` the pseudonym of `hashUser()`. */
export type EvidenceRow = {
  decision: string;
  at: string;
  feature: string;
  scenarios: string[];
  cohorts: string[];
  user: string | null;
  session: string | null;
  task: string | null;
  release: string | null;
  arm: string | null;
  served: string;
  provider: string | null;
  model: string | null;
  mode: string;
  ruleset: { epoch: string; version: number } | null;
  controls: string[];
  latencyMs: number | null;
  error: string | null;
  safetyFiltered: boolean;
  confidence: number | null;
  instance: string | null;
  signals: {
    at: string;
    kind: string;
    value: number | null;
    changed: number | null;
    label: string | null;
    actor: string | null;
  }[];
};

/** Decisions of a feature in a span: all, or only those whose signals say that they hurt (`harmOf`), whenever these came. */
export type EvidenceAsked = { feature: string; span: Span; answers: WhichAnswers };

/**
 * How many decisions, `unnamed` of which came without a pseudonym, and how many people (distinct pseudonyms) got the others: counted one by one up to
 * `COUNTED_PEOPLE`, beyond that not `exact`.
 */
export type EvidenceCount = { decisions: number; unnamed: number; people: number; exact: boolean };

/**
 * Signals of harm that name no decision, or one that was not there when they came (never reported, or no longer kept), so that no decision tells of them: of the feature (`here`), and of no known feature
 * (`anywhere`), which may be of this one.
 */
export type LooseHarm = { here: number; anywhere: number };

export type LastEvent = {
  at: number;
  type: "decision" | "signal";
  kind: string;
  scenarios: string[];
  user: string | null;
  value: number | null;
  label: string | null;
  latencyMs: number | null;
};

/** Newest events of a feature in a span, all or those of one scenario: signals of these kinds, and decisions where they are wanted. */
export type LastAsked = {
  feature: string;
  scenario: string | null;
  span: Span;
  kinds: readonly string[];
  decisions: boolean;
};

/** What stands behind the figures: raw events, as long as they are kept. */
export type EvidenceSource = {
  /** Start of the oldest day (UTC) of which raw events are still kept, epoch ms; null when there are none at all. */
  keptSince(): Promise<number | null>;
  /**
   * How many decisions `read` would give now, and of how many people. No statement and nothing in memory grows with the span.
   * @throws AppError `unavailable` soon after `signal` says that nobody waits for it any more.
   */
  count(environmentId: string, asked: EvidenceAsked, signal: AbortSignal): Promise<EvidenceCount>;
  /** Signals of harm in the span that `read` does not give with any decision. */
  looseHarm(environmentId: string, feature: string, span: Span): Promise<LooseHarm>;
  /**
   * Those decisions with their signals (whenever they came), oldest first, in pages held one at a time; last come those that were made more than an hour
   * before or after the time that was reported of them. `signal` ends it early.
   */
  read(environmentId: string, asked: EvidenceAsked, signal: AbortSignal): AsyncIterable<EvidenceRow[]>;
  /** The newest events, newest first. What is read does not grow with the events of other kinds, but for kinds that come with nearly every answer. */
  last(environmentId: string, asked: LastAsked, limit: number): Promise<LastEvent[]>;
};
