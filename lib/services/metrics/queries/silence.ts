import { DAY_MS, HOUR_MS } from "#lib/core/time.ts";
import type { InstanceReport } from "#lib/telemetry/figure-source.ts";
import type { Rhythm } from "../present/rhythm.ts";
import { isReplaced, type KnownServer, QUIET_MS } from "../present/silent.ts";
import { type Asking, once } from "./rows.ts";

const FURTHEST_MS = 60 * DAY_MS;
/** Two weeks of hours, so that the week before is surely among them. */
const RHYTHM_MS = 14 * DAY_MS;

/** A running SDK that uses a feature, `usedAt` by its own account. `over`: it closed in order, or somebody dismissed it. Times epoch ms. */
export type Server = {
  id: string;
  name: string;
  firstHeardAt: number;
  lastHeardAt: number;
  usedAt: number | null;
  over: boolean;
};

/** Who was heard from last: servers with when they last reported, the newest report of the feature (null: never; of over 60 days ago only the day), and how much is asked of it by the hour. */
export type LastHeard = {
  known: KnownServer[];
  last: { by: string | null; at: number } | null;
  rhythm: Rhythm;
};

/** Looks further back than a day, and at how much is asked for by the hour, only where somebody is silent. `lately`: reports of the last 24 hours. */
export async function readLastHeard(
  asking: Asking,
  feature: string,
  known: readonly Server[],
  lately: readonly InstanceReport[],
): Promise<LastHeard> {
  const now = asking.now.getTime();
  const servers = known.map((server) => ({ ...server, over: server.over || isReplaced(server, known) }));
  const missing = (reports: readonly InstanceReport[]) =>
    servers.filter(({ id, over }) => !over && !reports.some(({ instance }) => instance === id));
  const further = lately.length === 0 || missing(lately).length > 0;
  const reports = [...lately, ...(further ? await readEarlier(asking, feature) : [])];
  const never = missing(reports).length > 0;
  const anything = never ? await readEarlier(asking, "*") : [];
  const [newest] = reports.toSorted((a, b) => b.lastAt - a.lastAt);
  const last = newest ? { by: newest.instance, at: newest.lastAt } : await readLastDay(asking, feature);
  const seen = new Set(servers.map(({ id }) => id));
  const quiet = (at: number) => now - at >= QUIET_MS;
  const silent =
    last !== null && (quiet(last.at) || lately.some((one) => !seen.has(one.instance) && quiet(one.lastAt)));
  return {
    known: servers.map(({ firstHeardAt, ...server }) => ({
      ...server,
      reportedAt: newestOf(server.id, reports) ?? newestOf(server.id, anything) ?? firstHeardAt,
    })),
    last,
    rhythm: silent ? await readRhythm(asking, feature, last.at) : new Map(),
  };
}

function newestOf(id: string, reports: readonly InstanceReport[]): number | null {
  const own = reports.filter(({ instance }) => instance === id).map(({ lastAt }) => lastAt);
  return own.length === 0 ? null : Math.max(...own);
}

function readEarlier(asking: Asking, feature: string): Promise<InstanceReport[]> {
  const to = asking.now.getTime();
  return once(asking, { feature, cut: "" }, ["instances"], () =>
    asking.source.instances(asking.environmentId, feature, { from: to - FURTHEST_MS, to }),
  );
}

/** Days are kept for good, without who reported in them. */
async function readLastDay(asking: Asking, feature: string): Promise<LastHeard["last"]> {
  const cut = { feature, cut: "" };
  const to = asking.now.getTime() - FURTHEST_MS;
  const days = await once(asking, cut, ["last day"], () =>
    asking.source.window(asking.environmentId, cut, { from: 0, to }, "day"),
  );
  return days.length === 0 ? null : { by: null, at: Math.max(...days.map(({ bucket }) => bucket)) };
}

async function readRhythm(asking: Asking, feature: string, lastAt: number): Promise<Rhythm> {
  const cut = { feature, cut: "" };
  const to = Math.floor(lastAt / HOUR_MS) * HOUR_MS + HOUR_MS;
  const rows = await once(asking, cut, ["rhythm", to], () =>
    asking.source.window(asking.environmentId, cut, { from: to - RHYTHM_MS, to }, "hour"),
  );
  const hours = new Map<number, number>();
  for (const { bucket, measures } of rows) hours.set(bucket, (hours.get(bucket) ?? 0) + (measures.decisions ?? 0));
  return hours;
}
