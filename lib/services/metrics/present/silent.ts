import { formatDuration } from "#lib/core/metrics/format.ts";
import { MINUTE_MS } from "#lib/core/time.ts";
import type { DataHealth } from "../schema.ts";
import { expectedIn, type Rhythm } from "./rhythm.ts";

/** A running SDK says something at least every 20 seconds and sends its events within seconds of them. */
const HEARD_MS = MINUTE_MS;
/** Used, by its own account, this much later than its last reported decision: its events do not arrive. A shorter silence is a quiet moment. */
export const QUIET_MS = 5 * MINUTE_MS;
/** One that we know only by its events is called silent when so many of them should have come since. */
const EXPECTED = 20;
/** Where fewer than this would have been asked for at such hours, nobody to be heard from is no news. */
const HARDLY_ANY = 5;

/** When an instance last reported decisions of the feature, and how many in the last 24 hours. Times epoch ms. */
export type Reported = { instance: string; decisions: number; lastAt: number };

/**
 * What the control plane knows of an SDK that uses the feature. `usedAt`: when it last did, by its own account. `reportedAt`: when it last reported it; of one that
 * never has, when it last reported anything, or was first heard from. `over`: it closed in order, somebody dismissed it, or another of its name took its place.
 */
export type KnownServer = {
  id: string;
  name: string;
  lastHeardAt: number;
  usedAt: number | null;
  reportedAt: number;
  over: boolean;
};

/** Who reported in the last 24 hours, who is known, and how much is asked of the feature by the hour. */
type Servers = { reported: readonly Reported[]; known: readonly KnownServer[]; rhythm: Rhythm; now: number };

/**
 * Servers whose part is missing in the figures since some moment, the newest silence first, however long it lasts. A server that ended in order is not silent, nor
 * is one that somebody dismissed.
 */
export function silentServers({ reported, known, rhythm, now }: Servers): DataHealth["silent"] {
  const ids = new Set(known.map(({ id }) => id));
  const all = reported.reduce((sum, { decisions }) => sum + decisions, 0);
  const found = [
    ...known.flatMap((server) => ofKnown(server, now)),
    ...reported
      .filter(({ instance }) => !ids.has(instance))
      .flatMap((report) => ofUnknown(report, { now, rhythm, share: report.decisions / Math.max(1, all) })),
  ];
  return found.toSorted((a, b) => b.since - a.since);
}

function ofKnown({ name, over, lastHeardAt, usedAt, reportedAt }: KnownServer, now: number): DataHealth["silent"] {
  if (over) return [];
  if (now - lastHeardAt >= HEARD_MS) {
    const since = Math.max(lastHeardAt, reportedAt);
    return [{ name, since, sentence: `${name} has not reported for ${formatDuration(now - since)}. ${LACKING}` }];
  }
  if (usedAt === null || usedAt - reportedAt < QUIET_MS || now - reportedAt < QUIET_MS) return [];
  const sentence = `${name} is running and uses this feature, but has reported nothing for ${formatDuration(now - reportedAt)}. ${LACKING}`;
  return [{ name, since: reportedAt, sentence }];
}

const LACKING = "Figures since then lack its part.";

/** Whether another of its name began after it was last heard from: a process that was started again without having closed. */
export function isReplaced(
  { id, name, lastHeardAt }: Pick<KnownServer, "id" | "name" | "lastHeardAt">,
  servers: readonly { id: string; name: string; firstHeardAt: number }[],
): boolean {
  return servers.some((other) => other.id !== id && other.name === name && other.firstHeardAt >= lastHeardAt);
}

type Expecting = { now: number; rhythm: Rhythm; share: number };

/** Somebody who sends spans, or an SDK that never spoke to this database: only the rhythm of its feature tells whether it fell silent. */
function ofUnknown({ instance, lastAt }: Reported, { now, rhythm, share }: Expecting): DataHealth["silent"] {
  if (now - lastAt < QUIET_MS || share * expectedIn(rhythm, { from: lastAt, to: now }) < EXPECTED) return [];
  const name = instance.length > 12 ? `Server ${instance.slice(0, 8)}` : instance || "A server without a name";
  return [
    { name, since: lastAt, sentence: `${name} has not reported for ${formatDuration(now - lastAt)}. ${LACKING}` },
  ];
}

/** `last`: the newest report of the feature, by whom (null: nobody knows any more) and when. `from`: where the period begins. */
type Silence = Servers & { last: { by: string | null; at: number } | null; silent: number; from: number };

/**
 * Since when nobody has reported of the feature (epoch ms), where that is news: before the period, or because nobody has in a day, or because every server that
 * did has fallen silent. It is none where all of them closed in order, or hardly anybody asks at such hours.
 */
export function silentSince({ last, reported, known, rhythm, silent, from, now }: Silence): number | null {
  if (last === null || now - last.at < QUIET_MS) return null;
  if (last.at < from) return last.at;
  const over = new Set(known.filter((server) => server.over).map(({ id }) => id));
  const ids = [
    ...(last.by === null ? [] : [last.by]),
    ...reported.map(({ instance }) => instance),
    ...known.map(({ id }) => id),
  ];
  const running = new Set(ids.filter((id) => !over.has(id)));
  if (running.size === 0 || expectedIn(rhythm, { from: last.at, to: now }) < HARDLY_ANY) return null;
  return reported.length === 0 || silent >= running.size ? last.at : null;
}
