import type { SampleEvent, SignalEvent } from "#lib/core/events/event.ts";
import type { SinkDecision, SinkEvent } from "../event-sink.ts";

/** Column of a raw table, its SQL type, and where its value comes from. */
type Column<E> = readonly [name: string, type: string, value: (event: E) => unknown];

const DECISION: readonly Column<SinkDecision>[] = [
  ["id", "uuid", (e) => e.id],
  ["at", "timestamptz", (e) => e.at],
  ["source", "text", (e) => e.source],
  ["instance", "text", (e) => e.instance],
  ["feature", "text", (e) => e.feature],
  ["scenarios", "text[]", (e) => e.scenarios],
  ["cohorts", "text[]", (e) => e.cohorts],
  ["cohorts_unknown", "text[]", (e) => e.cohortsUnknown],
  ["release", "text", (e) => e.release],
  ["arm", "text", (e) => e.arm],
  ["slot", "integer", (e) => e.slot],
  ["ruleset_epoch", "text", (e) => e.ruleset?.epoch],
  ["ruleset_version", "bigint", (e) => e.ruleset?.version],
  ["user_hash", "uuid", (e) => e.userHash],
  ["session_hash", "uuid", (e) => e.sessionHash],
  ["task", "text", (e) => e.task],
  ["initiated_by", "text", (e) => e.initiatedBy],
  ["served", "text", (e) => e.served],
  ["provider", "text", (e) => e.provider],
  ["model", "text", (e) => e.model],
  ["model_reported", "text", (e) => e.modelReported],
  ["mode", "text", (e) => e.mode],
  ["latency_ms", "double precision", (e) => e.latencyMs],
  ["cost_usd", "double precision", (e) => e.costUsd],
  ["tokens_in", "bigint", (e) => e.tokensIn],
  ["tokens_out", "bigint", (e) => e.tokensOut],
  ["error", "text", (e) => e.error],
  ["safety_filtered", "boolean", (e) => e.safetyFiltered],
  ["confidence", "double precision", (e) => e.confidence],
  ["controls", "text[]", (e) => e.controls],
  ["dimensions", "jsonb", (e) => e.dimensions],
];

const SIGNAL: readonly Column<SignalEvent>[] = [
  ["id", "uuid", (e) => e.id],
  ["at", "timestamptz", (e) => e.at],
  ["decision_id", "uuid", (e) => e.decisionId],
  ["kind", "text", (e) => e.kind],
  ["value", "double precision", (e) => e.value],
  ["changed", "double precision", (e) => e.changed],
  ["label", "text", (e) => e.label],
  ["actor", "text", (e) => e.actor],
  ["feature", "text", (e) => e.feature],
  ["scenarios", "text[]", (e) => e.scenarios],
  ["user_hash", "uuid", (e) => e.userHash],
];

const SAMPLE: readonly Column<SampleEvent>[] = [
  ["id", "uuid", (e) => e.id],
  ["at", "timestamptz", (e) => e.at],
  ["decision_id", "uuid", (e) => e.decisionId],
  ["input", "text", (e) => e.input],
  ["output", "text", (e) => e.output],
];

const names = <E>(columns: readonly Column<E>[]) => columns.map(([name]) => name).join(", ");
const from = <E>(columns: readonly Column<E>[], parameter: number) =>
  `json_to_recordset($${parameter}::json) as x(${columns.map(([name, type]) => `${name} ${type}`).join(", ")})`;

function rows<E>(columns: readonly Column<E>[], events: readonly E[]): string {
  return JSON.stringify(
    events.map((event) => Object.fromEntries(columns.map(([name, , value]) => [name, value(event)]))),
  );
}

/** A signal takes what its decision is about, whether that is stored already or comes in the same batch (`batch`). */
function insertSignals(parameter: number, withDecisions: boolean): string {
  const about = (field: string) => (withDecisions ? `coalesce(d.${field}, b.${field})` : `d.${field}`);
  return `insert into telemetry.signal (environment_id, id, at, decision_id, kind, value, changed, label, actor, feature, scenarios, release, arm, user_hash, attribution)
    select $1::uuid, s.id, s.at, s.decision_id, s.kind, s.value, s.changed, s.label, s.actor,
      coalesce(s.feature, ${about("feature")}), coalesce(s.scenarios, ${about("scenarios")}), ${about("release")}, ${about("arm")},
      coalesce(s.user_hash, ${about("user_hash")}),
      case when s.decision_id is null then 'direct' when ${about("id")} is null then 'waiting' else 'decision' end
    from (select * from ${from(SIGNAL, parameter)}) s
    left join telemetry.decision d on d.id = s.decision_id and d.environment_id = $1::uuid
    ${withDecisions ? "left join (select distinct on (id) * from batch order by id) b on b.id = s.decision_id" : ""}
    order by s.id on conflict do nothing returning id`;
}

function insertPlain(table: string, columns: string, source: string): string {
  return `insert into telemetry.${table} (environment_id, ${columns})
    select $1::uuid, ${columns} from ${source} order by id on conflict do nothing returning id`;
}

export type Insert = { name: string; text: string; values: unknown[] };

/**
 * The one statement that stores a batch. Rows go in ordered by id, so that two batches with the same events wait for each other instead of
 * locking each other out. It returns one row: `inserted`, the stored events as `storedName` names them, or null when all were new.
 */
export function insertStatement(environmentId: string, events: readonly SinkEvent[]): Insert {
  const decisions = events.filter((event) => event.type === "decision");
  const signals = events.filter((event) => event.type === "signal");
  const samples = events.filter((event) => event.type === "sample");
  const values: unknown[] = [environmentId, events.length];
  const parts: string[] = [];
  if (decisions.length > 0) {
    const at = values.push(rows(DECISION, decisions));
    parts.push(`batch as materialized (select * from ${from(DECISION, at)})`);
    parts.push(`d as (${insertPlain("decision", names(DECISION), "batch")})`);
  }
  if (signals.length > 0) {
    const at = values.push(rows(SIGNAL, signals));
    parts.push(`s as (${insertSignals(at, decisions.length > 0)})`);
  }
  if (samples.length > 0) {
    const at = values.push(rows(SAMPLE, samples));
    parts.push(`m as (${insertPlain("sample", names(SAMPLE), from(SAMPLE, at))})`);
  }
  const kinds = parts.map((part) => part.split(" ", 1)[0]).filter((name) => name !== "batch");
  const stored = kinds.map((kind) => `select '${kind}' || id as name from ${kind}`).join(" union all ");
  return {
    name: `append-${kinds.join("")}`,
    text: `with ${parts.join(", ")}, stored as (${stored})
      select case when count(*) = $2::bigint then null else coalesce(array_agg(name), '{}') end as inserted from stored`,
    values,
  };
}

/** How `insertStatement` names a stored event. */
export function storedName(event: SinkEvent): string {
  return (event.type === "sample" ? "m" : event.type === "signal" ? "s" : "d") + event.id;
}
