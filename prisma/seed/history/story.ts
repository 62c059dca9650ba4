/** Days before today (0 is today) and hour of the organisation's clock, which may be fractional. */
export type Moment = readonly [daysAgo: number, hour: number];

/**
 * How people and models behave. Shares are 0 to 1 and, unless said otherwise, of outputs of AI; whoever is error-prone has more of the bad ones.
 */
export type Rates = {
  /** How often people come, against their habit; and of those who joined in the last two weeks. */
  visits: number;
  newcomersVisits: number;
  /** People who come for the first time, per working day; the share of them who make it a habit. */
  arrivals: number;
  staying: number;
  /** Chance that one task takes a further attempt, and that the system starts it rather than a person. */
  retries: number;
  system: number;

  accepted: number;
  edited: number;
  /** Mean seconds of a correction, and mean share of the text that it changes. */
  correctionSeconds: number;
  changed: number;
  overridden: number;
  reverted: number;
  regenerated: number;
  dismissed: number;
  abandoned: number;
  copiedNotSent: number;
  switchedToManual: number;
  escalated: number;
  policyViolation: number;
  moderated: number;
  thumbsUp: number;
  thumbsDown: number;
  taskCompleted: number;
  taskFailed: number;
  sessionRestarted: number;
  turnedOff: number;
  /** Outputs that a person reviewed, with the mean seconds it took. */
  reviewed: number;
  reviewSeconds: number;
  /** Outputs that a judge scored, with the mean score (0 to 1). */
  judged: number;
  judgeScore: number;
  /** Outputs that were audited, and the share of those found misleading. */
  audited: number;
  misleading: number;

  /** Of requests: failed at the vendor, took too long, not sure enough to show, stopped by the vendor's filter, answered by the second model. */
  failed: number;
  timedOut: number;
  unsure: number;
  filtered: number;
  secondary: number;
  /** Median milliseconds of an answer. */
  latencyMs: number;
  /** People who go the manual way without asking, per working day, if it were like this in every scenario. */
  manualVisits: number;
};

/**
 * From `from` to `to` (absent: to the end), in some scenarios only or in all, these rates hold instead. They set in evenly over `over` hours and, after `to`,
 * fade over `fades` hours; both are 0 where absent.
 */
export type Phase = {
  from: Moment;
  to?: Moment;
  over?: number;
  fades?: number;
  scenarios?: readonly string[];
  rates: Partial<Rates>;
};

export type FeatureStory = {
  feature: string;
  /** Who uses it: ids are `<people>-<n>`, those of the support desks' customers first. */
  people: "customer" | "colleague";
  /** How many there are when the history begins, and the mean chance that one of them comes on a working day. */
  size: number;
  habit: number;
  /** Share of a working day's traffic that a day of the weekend has. */
  weekend: number;
  /** Scenarios by weight; "" is none. */
  scenarios: Readonly<Record<string, number>>;
  /** Keys of releases, oldest first; each is current from its moment on. */
  releases: readonly { key: string; from: Moment | null }[];
  /** Since when the candidate of the feature's rollout is served. */
  candidateSince?: Moment;
  rates: Rates;
  phases: readonly Phase[];
};

/** A stop that somebody placed, and the moment that was chosen for its end. */
export type Stop = {
  feature: string;
  scenario: string;
  from: Moment;
  until: Moment;
  /** Email of who placed it, and why. */
  by: string;
  reason: string;
};

/** Sixty days in the life of the example bank, as data. */
export type Story = { seed: string; features: readonly FeatureStory[]; stops: readonly Stop[] };
