import type { AggregateSource } from "./aggregate-source.ts";
import { aggregateSource } from "./store.ts";

/** For how long an answer about the last hour is as good as a new one, milliseconds. */
const FRESH_MS = 5_000;
const MOST_ANSWERS = 2_000;

type Answer = { at: number; value: Promise<unknown> };
const anchor = globalThis as typeof globalThis & { evenkeelRecentTraffic?: Map<string, Answer> };

/** Asks once in five seconds, however many browsers do. What fails is forgotten at once. */
function once<T>(key: string, now: Date, ask: () => Promise<T>): Promise<T> {
  anchor.evenkeelRecentTraffic ??= new Map();
  const answers = anchor.evenkeelRecentTraffic;
  const known = answers.get(key);
  if (known && Math.abs(now.getTime() - known.at) < FRESH_MS) return known.value as Promise<T>;
  if (answers.size >= MOST_ANSWERS) answers.clear();
  const value = ask();
  answers.set(key, { at: now.getTime(), value });
  value.catch(() => answers.delete(key));
  return value;
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
