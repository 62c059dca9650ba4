import type { AggregateSource } from "./aggregate-source.ts";
import { inTime, sharedAnswers } from "./shared-answers.ts";
import { aggregateSource } from "./store.ts";

/** Nobody waits longer than this for a figure: a click that stops something must not wait for how many it touches. */
const PATIENCE_MS = 1_000;

const once = sharedAnswers("recent traffic", { freshMs: 5_000, patienceMs: PATIENCE_MS, most: 2_000 });

/** The answer if it comes within a second; an error otherwise. The question itself goes on, for whoever asks next. */
export function soon<T>(answer: Promise<T>): Promise<T> {
  return inTime(PATIENCE_MS, answer);
}

/** `aggregateSource` for screens: figures about the last hour are at most five seconds old and shared by everyone who looks. */
export function recentTraffic(): Pick<AggregateSource, "traffic" | "aiPerHourByFeature" | "lastReportedAt"> {
  return {
    traffic: (environmentId, scope, now) =>
      once(`traffic ${environmentId} ${JSON.stringify(scope)}`, now, () =>
        aggregateSource().traffic(environmentId, scope, now),
      ),
    aiPerHourByFeature: (environmentId, now) =>
      once(`features ${environmentId}`, now, () => aggregateSource().aiPerHourByFeature(environmentId, now)),
    lastReportedAt: (environmentId, feature, now) =>
      once(`last ${environmentId} ${feature}`, now, () =>
        aggregateSource().lastReportedAt(environmentId, feature, now),
      ),
  };
}
