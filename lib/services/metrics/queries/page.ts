import type { Context } from "#lib/context.ts";
import type { Slot } from "#lib/core/metrics/slots.ts";
import { KEPT_DAYS, type UserDay } from "#lib/core/metrics/user-counts.ts";
import { HOUR_MS } from "#lib/core/time.ts";
import type { Bucket, Segments } from "#lib/telemetry/figure-source.ts";
import { figureSource } from "#lib/telemetry/store.ts";
import { MOST_LINES } from "../present/arms.ts";
import { type Frame, frameOf, lastDays, PERIOD_DAYS, resolutionOf } from "../present/frame.ts";
import { hasLatencies, SETTLING_DAYS } from "../present/samples.ts";
import type { MetricsQuery } from "../schema.ts";
import { type Reports, readReports, readServers, type Servers } from "./health.ts";
import { type ComparedArms, readPair } from "./pair.ts";
import { type Asking, drawn, type Rows, readHeldUsers, readReported, readRows, spanOfSlots } from "./rows.ts";
import { type LastHeard, readLastHeard } from "./silence.ts";
import type { Subject } from "./subject.ts";

/** What new people did is known two weeks later, and the day on which these end; and whether reports began shortly before. */
const FURTHER_DAYS = KEPT_DAYS + 1 + SETTLING_DAYS;

/** Everything that was read for one page of figures. */
export type Page = {
  query: MetricsQuery;
  subject: Subject;
  now: number;
  frame: Frame;
  rows: Rows;
  /** Parts of the traffic beside each other, where they are compared. */
  parts: { cut: string; rows: Bucket[]; bins: Rows["bins"] }[];
  /** The last 24 hours. */
  recent: Bucket[];
  reported: Set<number>;
  users: { rows: UserDay[]; slots: Slot[]; held: number } | null;
  segments: Segments;
  reports: Reports;
  servers: Servers;
  heard: LastHeard;
  pair: ComparedArms | null;
  /** When anybody last reported anything of the feature, epoch ms; null: not in the last 60 days. */
  lastReportedAt: number | null;
};

/** Reads all that one page of figures needs, in few questions at once: a chart's own, what is compared, and what they rest on. */
export async function readPage(ctx: Context, subject: Subject, query: MetricsQuery): Promise<Page> {
  const source = figureSource();
  const environmentId = ctx.environment.id;
  const now = ctx.now.getTime();
  const asking: Asking = { source, environmentId, now: ctx.now };
  const cut = { feature: query.feature, cut: query.cut };
  const frame = await frameFor(asking, subject, query);
  const days = spanOfSlots(frame.days, now);
  const lately = { from: Math.floor(now / HOUR_MS) * HOUR_MS - 23 * HOUR_MS, to: now };
  const segments = source.segments(environmentId, query.feature, days);
  const [rows, reported, users, found, reports, servers, recent, parts] = await Promise.all([
    readRows(asking, cut, frame),
    readReported(asking, frame),
    query.cut === "" ? readUsers(asking, subject, query, frame) : null,
    segments,
    readReports(source, environmentId, query.feature, { days, span: frame.span }),
    readServers(ctx, query.feature, frame.span.from),
    query.period === "24h" ? null : source.window(environmentId, cut, lately, "hour"),
    segments.then(({ cuts }) => readParts(asking, query, frame, cuts)),
  ]);
  const [heard, pair] = await Promise.all([
    readLastHeard(asking, query.feature, servers.known, reports.instances),
    readPair(asking, query, frame, rows),
  ]);
  return {
    pair,
    query,
    subject,
    now,
    frame,
    rows,
    parts,
    reported,
    users,
    segments: found,
    reports,
    servers,
    heard,
    lastReportedAt: lastReported(heard, rows.now),
    recent: recent ?? rows.now,
  };
}

/** A week is looked at by the day first, to see whether there is enough for hours. */
async function frameFor(asking: Asking, { zone }: Subject, { feature, cut, period }: MetricsQuery): Promise<Frame> {
  const now = asking.now.getTime();
  if (period !== "7d") return frameOf(period, resolutionOf(period, 0), now, zone);
  const byDay = frameOf(period, "day", now, zone);
  const days = await asking.source.window(asking.environmentId, { feature, cut }, byDay.span, "day");
  const decisions = days.reduce((sum, { measures }) => sum + (measures.decisions ?? 0), 0);
  const elapsed = Math.max(1, now - Math.min(...days.map(({ bucket }) => bucket), now));
  const resolution = resolutionOf(period, (decisions * HOUR_MS) / elapsed);
  return resolution === "day" ? byDay : frameOf(period, resolution, now, zone);
}

async function readUsers(asking: Asking, subject: Subject, query: MetricsQuery, frame: Frame): Promise<Page["users"]> {
  const [days, held] = await Promise.all([
    readUserDays(asking, subject, query),
    readHeldUsers(asking, query.feature, frame),
  ]);
  return { ...days, held: held.users };
}

/** Days of users for the period and as many before. */
export async function readUserDays(
  { source, environmentId, now }: Asking,
  { zone }: Subject,
  { feature, period }: Pick<MetricsQuery, "feature" | "period">,
): Promise<{ rows: UserDay[]; slots: Slot[] }> {
  const count = Math.max(7, PERIOD_DAYS[period]);
  const slots = lastDays(now.getTime(), 2 * count + FURTHER_DAYS, zone);
  return { slots, rows: await source.userDays(environmentId, feature, spanOfSlots(slots, now.getTime())) };
}

const KINDS: Partial<Record<MetricsQuery["compare"], string>> = { scenarios: "scenario:", cohorts: "cohort:" };

async function readParts(
  { source, environmentId }: Asking,
  { feature, compare }: MetricsQuery,
  frame: Frame,
  cuts: Segments["cuts"],
): Promise<Page["parts"]> {
  const { span, resolution } = frame;
  const kind = KINDS[compare];
  if (kind === undefined) return [];
  const most = cuts.filter(({ cut }) => cut.startsWith(kind)).slice(0, MOST_LINES);
  return Promise.all(
    most.map(async ({ cut }) => {
      const [rows, bins] = await Promise.all([
        source.window(environmentId, { feature, cut }, span, resolution),
        hasLatencies(cut, resolution) ? source.quantiles(environmentId, { feature, cut }, span, resolution) : [],
      ]);
      return { cut, rows: drawn(rows, frame), bins: drawn(bins, frame) };
    }),
  );
}

/** When anybody last reported anything of a feature, epoch ms: decisions, or else what came without one in the rows of the page. */
export function lastReported({ last }: LastHeard, rows: readonly Bucket[]): number | null {
  return last?.at ?? (rows.length === 0 ? null : Math.max(...rows.map(({ bucket }) => bucket)));
}
