import type { Context } from "#lib/context.ts";
import type { Measures } from "#lib/core/metrics/measures.ts";
import { DAY_MS } from "#lib/core/time.ts";
import type { FigureSource, InstanceReport, Span } from "#lib/telemetry/figure-source.ts";
import { silentServers } from "../present/silent.ts";
import type { DataHealth } from "../schema.ts";
import type { LastHeard, Server } from "./silence.ts";

/** What the control plane knows of the servers that use a feature: which they are, and what they had to drop. */
export type Servers = { known: Server[]; dropped: DataHealth["dropped"] };

type Row = {
  id: string;
  name: string;
  firstHeardAt: Date;
  lastHeardAt: Date;
  usedAt: string | null;
  over: boolean;
  droppedDecisions: bigint;
  droppedSignals: bigint;
};

/**
 * Servers of the environment that used the feature: those that were heard from since `from` (epoch ms) or in the last day, and whoever neither closed nor was
 * dismissed, however long it has been silent. Only the former tell what they had to drop.
 */
export async function readServers(ctx: Context, feature: string, from: number): Promise<Servers> {
  const since = new Date(Math.min(from, ctx.now.getTime() - DAY_MS));
  const rows = await ctx.db.$queryRaw<Row[]>`
    select id, name, "firstHeardAt", "lastHeardAt", features ->> ${feature} as "usedAt", ("closedAt" is not null or "dismissedAt" is not null) as over,
      "droppedDecisions", "droppedSignals"
    from "Instance"
    where "environmentId" = ${ctx.environment.id}::uuid and features ->> ${feature} is not null
      and ("lastHeardAt" >= ${since} or ("closedAt" is null and "dismissedAt" is null))`;
  const heard = rows.filter(({ lastHeardAt }) => lastHeardAt >= since);
  const sum = (of: (row: Row) => bigint) => Number(heard.reduce((total, row) => total + of(row), 0n));
  return {
    known: rows.map((row) => ({
      id: row.id,
      name: row.name,
      firstHeardAt: row.firstHeardAt.getTime(),
      lastHeardAt: row.lastHeardAt.getTime(),
      usedAt: row.usedAt === null ? null : Date.parse(row.usedAt),
      over: row.over,
    })),
    dropped: { decisions: sum((row) => row.droppedDecisions), signals: sum((row) => row.droppedSignals) },
  };
}

/** What telemetry says of the data of a feature in a span, besides its figures. */
export type Reports = {
  users: { users: number; exact: boolean };
  instances: InstanceReport[];
  lost: { unattributed: number; unassigned: number };
};

/** Asks for it: three questions at once. People are those of whole days; instances those of the last 24 hours. */
export async function readReports(
  source: FigureSource,
  environmentId: string,
  feature: string,
  { days, span }: { days: Span; span: Span },
): Promise<Reports> {
  const lately = { from: span.to - DAY_MS, to: span.to };
  const [users, instances, lost] = await Promise.all([
    source.users(environmentId, feature, days),
    source.instances(environmentId, feature, lately),
    source.lost(environmentId, span),
  ]);
  return { users, instances, lost };
}

/** What is known of the data itself. */
export type Resting = {
  servers: Servers;
  heard: LastHeard;
  reports: Reports;
  lastReportedAt: number | null;
  people: number | null;
  exact: boolean;
  now: number;
};

/** What the figures of a period rest on. `people`: distinct ones, `exact` where they were counted in exactly this period. Times epoch ms. */
export function dataHealth(
  sums: Measures,
  { servers, heard, reports, lastReportedAt, people, exact, now }: Resting,
): DataHealth {
  const { decisions = 0, signals = 0, late_decisions = 0, late_signals = 0 } = sums;
  const events = decisions + signals;
  const { instances, lost } = reports;
  return {
    decisions,
    signals,
    // Hosts that send no pseudonyms have users too: not known, rather than none.
    users: people === 0 && decisions > 0 ? null : people,
    usersExact: exact,
    lastReportedAt,
    lateShare: events === 0 ? null : (late_decisions + late_signals) / events,
    dropped: servers.dropped,
    unattributed: lost.unattributed,
    unassigned: lost.unassigned,
    silent: silentServers({ ...heard, reported: instances, now }),
  };
}
