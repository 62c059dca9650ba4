import type { Comparison, Family, Unit } from "./definition.ts";
import type { Outlook, PeopleOf } from "./enough.ts";
import type { Figure, FigureInput } from "./figure.ts";

/** Relative change (0.61 is up 61%) with its interval. */
export type Change = { relative: number; low: number; high: number };

/** How a figure stands against what it is held against. `not-enough` and `no-data` are states of their own, never a pass. */
export type Standing = "worse" | "better" | "same" | "unsure" | "not-enough" | "no-data";

/** What a figure is held against: another arm in the same hours, or the same figure before. */
export type Held = {
  with: Exclude<Comparison["with"], "line">;
  sample: FigureInput;
  /** In words, when not "the current release, same hours" or "the 7 days before". */
  label?: string;
};

export type ReadingInput = {
  /** The period, or the candidate's part of it. */
  sample: FigureInput;
  /** Null: nothing but the metric's own limit, if it has one. */
  held: Held | null;
  /** Since when figures are counted, and now: epoch ms. */
  from: number;
  now: number;
  /** Length of a period that moves on with time, in ms; absent: it only grows. */
  rolling?: number;
  /** How many people longer spans had, the shortest first; where they are known of the same traffic. */
  windows?: readonly PeopleOf[];
  /** The last 24 hours, for a limit that is meant for them: when it is broken there, the reading is about them. */
  recent?: FigureInput;
  /** The same hours a week earlier, of a period of at most a day that is held against all of the week before: days of the week differ. */
  weekAgo?: FigureInput;
  /** When anybody last reported anything of this feature, epoch ms; null: never. */
  lastReportedAt: number | null;
  /** Users (both sides together) at which the comparison was planned to be read; see `compareFigures` for what stands in for it. */
  planned?: number;
};

/** One metric over a period: figure, interval, comparison, and the sentence that says it. Values are in `unit` (shares 0 to 1). */
export type MetricReading = {
  key: string;
  family: Family;
  name: string;
  /** What it means. */
  sentence: string;
  unit: Unit;
  better: "up" | "down";
  value: number | null;
  low: number | null;
  high: number | null;
  n: number;
  /** Of how many of the last hours the figure is, where it is not of the period: of a limit that is meant for so many. */
  inLast: number | null;
  /** Distinct people behind it, where known. */
  users: number | null;
  standing: Standing;
  /** With what it was compared; null: with nothing. */
  held: Comparison["with"] | null;
  /** What it is held against: "the 7 days before", "the current release, same hours", "the limit of 2%". Null: nothing to hold it against. */
  against: { label: string; value: number | null } | null;
  /** Null where it cannot be told. */
  change: Change | null;
  /** Always-valid chance of a difference like this by accident, over all looks; null where nothing was compared. */
  p: number | null;
  /** Among how many looked at together chance brings a change like this, which would be one by itself (`settled`); null where that is not so. */
  among: number | null;
  /** The figure of the same hours a week earlier, where that it differs from the week before may be the day of the week; null where that is not so. */
  weekAgo: number | null;
  /** What is missing before anything can be said; null when nothing is. */
  outlook: Outlook | null;
  /** The finding in plain words. */
  says: string;
  /** How this is counted, in words, with what has to be said about this figure. */
  counting: string;
};

/** What was found out, before it is put into words. `figure`: what it was found out about. */
export type Finding = Pick<
  MetricReading,
  "standing" | "held" | "against" | "change" | "p" | "weekAgo" | "outlook" | "inLast"
> & { figure: Figure };
