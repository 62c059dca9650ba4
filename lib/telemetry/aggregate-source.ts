/** Part of an environment's traffic. An absent dimension means all of it. */
export type TrafficScope = {
  feature?: string;
  scenario?: string;
  provider?: string;
  model?: string;
  cohort?: string;
};

/** What recent traffic says about a scope. Rates are per hour, shares 0 to 1, times epoch milliseconds. */
export type Traffic = {
  /** Decisions answered with AI. Null: nobody in this environment reported anything in the last hour. */
  aiPerHour: number | null;
  /** Distinct people among them, by pseudonym, in the window. Null when the hosts send none. */
  peoplePerHour: number | null;
  /** AI decisions per hour among them that name nobody, so that their people are in no count. Null as `aiPerHour`. */
  unnamedPerHour: number | null;
  /** Share of the feature's (or environment's) decisions without the scenario, or the values for the cohort, that the scope asks for: it holds for them too. Null without data, or where it asks for neither. */
  withoutValue: number | null;
  /** Length of what was looked at: an hour, or less when the environment's very first report is younger. */
  windowMs: number;
};

/** Which ruleset counts as the first that is new enough. */
export type RulesetFloor = { epoch: string; version: number };

/** What screens, proofs and guards may ask of telemetry. The statistics never see more than this. */
export type AggregateSource = {
  /** AI decisions and people per hour in a scope, over the last hour that has data up to `now`. */
  traffic(environmentId: string, scope: TrafficScope, now: Date): Promise<Traffic>;
  /** AI decisions per hour of every feature that reported in the last hour, over the same window. Empty when nobody did. */
  aiPerHourByFeature(environmentId: string, now: Date): Promise<ReadonlyMap<string, number>>;
  /** When the last decision was made of which anybody reported (epoch ms, never after `now`), in the environment or of one feature; null: none in the last seven days. */
  lastReportedAt(environmentId: string, feature: string | null, now: Date): Promise<number | null>;
  /** AI decisions in scope that were made since `since` under a ruleset older than `floor`. Decisions that follow no ruleset do not count. */
  olderDecisionsSince(environmentId: string, scope: TrafficScope, floor: RulesetFloor, since: Date): Promise<number>;
  /** Health of the data in the last hour: decisions without a known feature, signals still waiting, and signals whose decision never came. */
  health(environmentId: string, now: Date): Promise<{ unassigned: number; waiting: number; unattributed: number }>;
};
