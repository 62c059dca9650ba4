import { z } from "zod";
import type { Family, Unit } from "#lib/core/metrics/definition.ts";
import type { MetricReading, Standing } from "#lib/core/metrics/finding.ts";
import type { Rung } from "#lib/core/metrics/rungs.ts";
import type { SeriesPoint } from "#lib/core/metrics/series.ts";
import type { WhereWorse } from "#lib/core/metrics/where-worse.ts";

export type { Family, Rung, Standing, Unit, WhereWorse };

export const PERIODS = ["3h", "24h", "7d", "28d", "60d"] as const;
export const COMPARES = ["before", "arms", "scenarios", "cohorts"] as const;

/** What the metric page shows, all of it in its address. `cut`: "" (all traffic), "scenario:<key>", "cohort:<key>" or "dimension:<key>=<value>". */
export const metricsQuery = z.object({
  environment: z.string().min(1),
  feature: z.string().min(1),
  period: z.enum(PERIODS).default("7d"),
  cut: z.string().max(300).default(""),
  compare: z.enum(COMPARES).default("before"),
});
export type MetricsQuery = z.output<typeof metricsQuery>;
/** One metric of it. */
export const countedQuery = metricsQuery.extend({ metric: z.string().min(1).max(60) });
export type CountedQuery = z.output<typeof countedQuery>;
export type Period = MetricsQuery["period"];
export type Compare = MetricsQuery["compare"];

/** One bucket of one line, at epoch ms. */
export type Point = SeriesPoint;

/** A line: what it is of, in words ("All traffic", "Candidate 2.4", "Billing", "7 days before"). `quiet`: what the others are held against. */
export type Line = { key: string; label: string; quiet: boolean; points: Point[] };

/** What was found out of one metric over the period, as a screen needs it. `chosen`: one of those that this feature has chosen. */
export type Reading = Omit<MetricReading, "held" | "p" | "outlook"> & { chosen: boolean };

export type Panel = Reading & { lines: Line[] };

/** A change that was made, on the time axis. `href`: where it can be seen. Times epoch ms. */
export type Marker = {
  id: string;
  at: number;
  kind: "control" | "lifted" | "release";
  who: string;
  why: string | null;
  sentence: string;
  href: string;
};

/**
 * What stands behind a verdict that something is worse. `began`: the bucket in which it got worse (epoch ms), and what was changed then, which need not be why; null
 * where it cannot be told. `sinceControl`: how the same figure has been since the feature's newest control.
 */
export type Behind = {
  began: { at: number; until: number; changes: Marker[] } | null;
  sinceControl: SinceControl | null;
};

/** A metric since a control was placed (`at`, epoch ms) that still holds: its sentence, where it stands, and how the metric reads since then. */
export type SinceControl = {
  control: string;
  at: number;
  href: string;
  standing: Standing;
  says: string;
};

/** Activity beside trust, when they disagree. `activity` and `trust`: the figures it rests on, as sentences; `metrics`: their keys. */
export type Disagreement = {
  key: string;
  sentence: string;
  activity: string;
  trust: string;
  metrics: { activity: string; trust: string };
};

/** One figure of activity or of trust, in words: "Correction time", "38 s" ("" where nothing was counted), "Up 73%, was 22 s". */
export type BesideFigure = { key: string; name: string; figure: string; change: string; standing: Standing };

/** Activity beside trust. `agreement`: whether the two say the same, and `sentences` why; both sides are empty where nothing was counted. */
export type Beside = {
  agreement: "agree" | "disagree" | "unknown";
  sentences: string[];
  activity: BesideFigure[];
  trust: BesideFigure[];
};

/** On which rung decisions ended: one entry a bucket, counts by rung, in the order of the ladder. */
export type LadderPoint = {
  at: number;
  until: number;
  state: "full" | "unfinished" | "gap";
  counts: Record<Rung, number>;
};

/** What the figures rest on. Shares 0 to 1, times epoch ms. */
export type DataHealth = {
  decisions: number;
  signals: number;
  users: number | null;
  usersExact: boolean;
  /** Null: not in the last 60 days. */
  lastReportedAt: number | null;
  lateShare: number | null;
  /** Reported by SDKs since they started: events they had to let go. */
  dropped: { decisions: number; signals: number };
  unattributed: number;
  unassigned: number;
  /** Servers that used this feature and stopped reporting: "desk-2 has not reported for 2 hours. ..." */
  silent: { name: string; since: number; sentence: string }[];
};

export type MetricsView = {
  feature: { key: string; name: string };
  query: MetricsQuery;
  from: number;
  to: number;
  resolution: "minute" | "hour" | "day";
  /** One sentence: what one should see first. */
  verdict: { standing: Standing; sentence: string; metric: string | null } & Behind;
  panels: Panel[];
  markers: Marker[];
  disagreements: Disagreement[];
  beside: Beside;
  ladder: LadderPoint[];
  health: DataHealth;
  /** What can be chosen: cuts with their names, and arms and releases that were seen. */
  cuts: { value: string; label: string }[];
  arms: { arm: string; release: string; label: string }[];
};

/** On the control room, one a feature: the verdict and a small line of what it is about. */
export type FeatureVerdict = Behind & {
  feature: string;
  /** Over which period it was found. */
  period: Period;
  standing: Standing;
  /** "Harm is up: correction time 38 s, was 22 s." */
  sentence: string;
  family: Family | null;
  metric: string | null;
  /** In which kinds of case, where it is worse, and over which period that was found; null where it is not, or cannot be told apart by them. */
  where: (WhereWorse & { period: Period }) | null;
  /** The last 14 days, oldest first; null where nobody reported, and of today until there is enough. */
  spark: (number | null)[];
};

/** "How this is counted": one metric over one period. */
export type CountedView = {
  reading: Reading;
  formula: string;
  numerator: number | null;
  denominator: number | null;
  health: DataHealth;
  /** The newest events behind it in the period, without a word of what was said: pseudonyms and figures only. Null: they could not be read in time. */
  lastEvents: ShownEvent[] | null;
};

export type ShownEvent = {
  at: number;
  what: string;
  scenario: string | null;
  person: string | null;
  detail: string | null;
};

/** What a control did: decisions in which it acted, by hour, newest last. */
export type ControlEffect = {
  controlId: string;
  total: number;
  perHour: number;
  since: number;
  hours: { at: number; decisions: number }[];
};
