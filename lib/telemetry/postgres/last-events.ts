import type { Pool } from "pg";
import type { SignalKind } from "#lib/core/events/event.ts";
import { SIGNAL_KINDS } from "#lib/core/events/signal-kinds.ts";
import { signalMeasure, type VALUE_MEASURES } from "#lib/core/metrics/measures.ts";
import { HOUR_MS } from "#lib/core/time.ts";
import type { LastAsked, LastEvent } from "../evidence-source.ts";
import { MADE_WITHIN } from "./evidence-where.ts";

/** Ids are made within an hour of the event's own time, so they say where to look. */
const APART_MS = HOUR_MS;

/** Measures that count every signal of a kind, or every one with a figure, where its own counts only the first of each decision. */
const EVERY_ONE: Partial<Record<SignalKind, readonly (typeof VALUE_MEASURES)[number][]>> = {
  edited: ["correction_n", "changed_n"],
  judged: ["judged_n"],
  audited: ["audits"],
  moderated: ["moderations"],
  reviewed: ["reviews"],
};
/** At least so many signals of a kind are there: never more than there are. */
const signalsOf = (kind: SignalKind) => `greatest(${[signalMeasure(kind), ...(EVERY_ONE[kind] ?? [])].join(", ")})`;

type Row = Omit<LastEvent, "at"> & { at: Date };

/** `likely`: if nothing of the hour in which the span ends came after its end. `surely`: whatever that hour holds. */
type Beginning = { likely: Date; surely: Date };

/**
 * Where the newest `limit` of something in the span begin, told by the hours of the roll-ups: a feature that nobody used for weeks costs no search through
 * everybody else's events. Null: there are none.
 */
async function beginningOf(
  pool: Pool,
  environmentId: string,
  { feature, scenario, span }: LastAsked,
  measures: readonly string[],
  limit: number,
): Promise<Beginning | null> {
  const { rows } = await pool.query<{ likely: Date | null; surely: Date | null }>(
    `select min(bucket) filter (where newer < $3) as likely, min(bucket) filter (where surely_newer < $3) as surely from (
       select bucket, coalesce(sum(n) over before, 0) as newer, coalesce(sum(n) filter (where bucket + interval '1 hour' <= $6) over before, 0) as surely_newer from (
         select bucket, sum(${measures.join(" + ")}) as n from telemetry.rollup
         where environment_id = $1 and feature = $2 and resolution = 'hour' and cut = $4 and bucket > $5::timestamptz - interval '1 hour' and bucket < $6 group by bucket) hours
       where n > 0 window before as (order by bucket desc rows between unbounded preceding and 1 preceding)) added`,
    [
      ...[environmentId, feature, limit, scenario === null ? "" : `scenario:${scenario}`],
      ...[new Date(span.from), new Date(span.to)],
    ],
  );
  const { likely, surely } = rows[0] ?? {};
  return likely && surely ? { likely, surely } : null;
}

/** The newest `limit` of what `read` finds since a time, read once more from further back where the span's last hour promised what came after the span. */
async function readSince(
  beginning: Beginning | null,
  limit: number,
  read: (since: Date) => Promise<{ rows: Row[] }>,
): Promise<Row[]> {
  if (!beginning) return [];
  const { likely, surely } = beginning;
  const { rows } = await read(likely);
  return rows.length < limit && surely < likely ? (await read(surely)).rows : rows;
}

/** Of a feature, and a scenario where one is named, from [$4, $5), newest first. Days in which nothing of it can be are left out before they are looked at ($6, $7). */
const NEWEST = `environment_id = $1 and ($2::text = '*' or coalesce(feature, '') = $2) and ($3::text is null or $3 = any(scenarios))
  and at >= $4 and at < $5 and ${MADE_WITHIN("$6", "$7")}`;

function newestValues(environmentId: string, { feature, scenario, span }: LastAsked, since: Date, limit: number) {
  const from = Math.max(span.from, since.getTime());
  const moments = [from, span.to, from - APART_MS, span.to + APART_MS].map((at) => new Date(at));
  return [environmentId, feature, scenario, ...moments, limit];
}

async function newestDecisions(pool: Pool, environmentId: string, asked: LastAsked, limit: number): Promise<Row[]> {
  if (!asked.decisions) return [];
  const beginning = await beginningOf(pool, environmentId, asked, ["decisions"], limit);
  return readSince(beginning, limit, (since) =>
    pool.query<Row>(
      `select at, 'decision' as type, served as kind, scenarios, replace(user_hash::text, '-', '') as user, null as value, error as label, latency_ms as "latencyMs"
       from telemetry.decision where ${NEWEST} order by id desc limit $8`,
      newestValues(environmentId, asked, since, limit),
    ),
  );
}

/** Kinds that do not come with nearly every answer are found by an index of their own (`signal_telling`), the others are soon found anyway. */
async function newestSignals(pool: Pool, environmentId: string, asked: LastAsked, limit: number): Promise<Row[]> {
  const kinds = SIGNAL_KINDS.filter((kind) => asked.kinds.includes(kind));
  if (kinds.length === 0) return [];
  const beginning = await beginningOf(pool, environmentId, asked, kinds.map(signalsOf), limit);
  return readSince(beginning, limit, (since) =>
    pool.query<Row>(
      `select at, 'signal' as type, kind, coalesce(scenarios, '{}') as scenarios, replace(user_hash::text, '-', '') as user, value, label, null as "latencyMs"
       from telemetry.signal where ${NEWEST} and kind in (${kinds.map((kind) => `'${kind}'`).join(", ")}) order by id desc limit $8`,
      newestValues(environmentId, asked, since, limit),
    ),
  );
}

const newestFirst = (rows: readonly Row[]) => rows.toSorted((a, b) => b.at.getTime() - a.at.getTime());

/**
 * The newest events behind a feature's figures, newest first. Where signals are asked for, they come before decisions that would crowd them out: at
 * least half of the places are theirs, as far as there are so many.
 */
export async function lastEvents(
  pool: Pool,
  environmentId: string,
  asked: LastAsked,
  limit: number,
): Promise<LastEvent[]> {
  const [decisions, signals] = await Promise.all([
    newestDecisions(pool, environmentId, asked, limit),
    newestSignals(pool, environmentId, asked, limit),
  ]);
  const ofSignals = Math.max(Math.ceil(limit / 2), limit - decisions.length);
  const chosen = newestFirst(signals).slice(0, ofSignals);
  return newestFirst([...chosen, ...newestFirst(decisions).slice(0, limit - chosen.length)]).map((row) => ({
    ...row,
    at: row.at.getTime(),
  }));
}
