import { AppError } from "#lib/errors.ts";
import type { AggregateSource } from "./aggregate-source.ts";
import { aggregateSource } from "./store.ts";

/** For how long an answer about the last hour is as good as a new one, milliseconds. */
const FRESH_MS = 5_000;
const MOST_ANSWERS = 2_000;

/** Nobody waits longer than this for a figure: a click that stops something must not wait for how many it touches. */
const PATIENCE_MS = 1_000;

type Answer = { at: number; value: Promise<unknown>; pending: boolean };
const anchor = globalThis as typeof globalThis & { evenkeelRecentTraffic?: Map<string, Answer> };

/** Asks once in five seconds, however many browsers do, and never again while an answer is still on its way. What fails is forgotten at once. */
function once<T>(key: string, now: Date, ask: () => Promise<T>): Promise<T> {
  anchor.evenkeelRecentTraffic ??= new Map();
  const answers = anchor.evenkeelRecentTraffic;
  const known = answers.get(key);
  if (known && (known.pending || Math.abs(now.getTime() - known.at) < FRESH_MS)) return soon(known.value as Promise<T>);
  if (answers.size >= MOST_ANSWERS) answers.clear();
  const value = ask();
  const answer: Answer = { at: now.getTime(), value, pending: true };
  answers.set(key, answer);
  value.then(
    () => {
      answer.pending = false;
    },
    () => answers.delete(key),
  );
  return soon(value);
}

/** The answer if it comes within a second; an error otherwise. The question itself goes on, for whoever asks next. */
export function soon<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new AppError("unavailable", "The figures take too long just now."));
    const timer = setTimeout(late, PATIENCE_MS);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
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
