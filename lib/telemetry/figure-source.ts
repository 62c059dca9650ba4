import type { Measures } from "#lib/core/metrics/measures.ts";
import type { UserDay, UsersEstimate } from "#lib/core/metrics/user-counts.ts";

/** Length of a bucket. Days are days of the organisation's zone, so one of them has 23 hours and one 25. */
export type Resolution = "minute" | "hour" | "day";

/**
 * Part of a feature's traffic. Roll-ups cross one dimension or cohort at a time: `cut` is "" (all of it), "scenario:<key>", "cohort:<key>",
 * or "dimension:<key>=<value>"; release and arm can be told apart within each. `feature` "*": the whole environment, which has no parts, releases or arms (""); "": decisions without a known feature.
 */
export type Cut = { feature: string; cut: string };

/** [from, to), epoch ms. */
export type Span = { from: number; to: number };

/** One bucket of one release and arm ("" where the sender named none). `bucket`: its start, epoch ms. */
export type Bucket = { bucket: number; release: string; arm: string; measures: Measures };

/** Sums of one of 32 groups of users, told apart by their pseudonym alone: users never change groups, so the spread between groups is the spread between users. */
export type GroupSums = { group: number; release: string; arm: string; measures: Measures };

/** Counts of the bins of an exponential histogram, scale 5 (`expBucketIndex` of lib/core/stats); the lowest, -32768, also holds 0. */
export type Bins = { bucket: number; release: string; arm: string; bin: number; n: number };

/** What was seen of a feature in a span: cuts by how much they carry, and releases by arm with when they were first and last seen (epoch ms) and their exact distinct users since the release. */
export type Segments = {
  cuts: { cut: string; decisions: number }[];
  releases: { release: string; arm: string; firstAt: number; lastAt: number; users: number }[];
};

/** When an instance of an environment last reported decisions of a feature, and how many in the span. */
export type InstanceReport = { instance: string; decisions: number; lastAt: number };

/** Figures from the roll-ups: cost and time do not depend on how many raw events there are. */
export type FigureSource = {
  /** Buckets of a span, oldest first; one without anything is absent. */
  window(environmentId: string, cut: Cut, span: Span, resolution: Resolution): Promise<Bucket[]>;
  /** Sums by user group over whole days of the organisation's zone that begin in the span: of all traffic, of a scenario and of the whole environment. Of other cuts there are none. */
  userSums(environmentId: string, cut: Cut, span: Span): Promise<GroupSums[]>;
  /** Latency bins by bucket, of all traffic or a scenario; minutes only of all traffic. Of other cuts there are none. */
  quantiles(environmentId: string, cut: Cut, span: Span, resolution: Resolution): Promise<Bins[]>;
  /** Exact distinct users and user histories, one row for each day that begins in the span, oldest first, also for one on which nobody came. */
  userDays(environmentId: string, feature: string, span: Span): Promise<UserDay[]>;
  /** Distinct users of any span of days: exact for up to 28 days that end a standard window or while there are few, otherwise from one user in sixteen, and then it says so. */
  users(environmentId: string, feature: string, span: Span): Promise<UsersEstimate>;
  /** Cuts by whole hours (up to 48 hours) or whole days (beyond) that the span touches, the biggest first; releases that were seen in it ("": decisions that named none). */
  segments(environmentId: string, feature: string, span: Span): Promise<Segments>;
  /** Instances that reported a feature ("*": anything) in the span, by hour. */
  instances(environmentId: string, feature: string, span: Span): Promise<InstanceReport[]>;
  /** Decisions in which each control acted, by hour (epoch ms of its start). */
  controlHours(
    environmentId: string,
    controls: readonly string[],
    span: Span,
  ): Promise<{ control: string; hour: number; decisions: number }[]>;
  /** Signals whose decision never came or may still come, in the span; decisions without a known feature, in the whole hours that it touches. */
  lost(environmentId: string, span: Span): Promise<{ unattributed: number; unassigned: number; waiting: number }>;
};
