import type { SampleEvent, SignalEvent } from "#lib/core/events/event.ts";
import type { SinkDecision } from "../event-sink.ts";
import type { About } from "../rollup/about.ts";

/** An event on its way into its raw table. `receivedAt`: epoch ms. */
export type Received<E> = { event: E; receivedAt: number };

/** A signal with what it is about: null while its decision is not known. */
export type AttributedSignal = Received<SignalEvent> & {
  about: About | null;
  attribution: "decision" | "direct" | "waiting";
};

/** Column of a raw table, its SQL type, and where its value comes from. */
type Column<R> = readonly [name: string, type: string, value: (row: R) => unknown];

let lastReceived = { at: Number.NaN, text: "" };
/** A whole batch arrives at one moment. */
function received(at: number): string {
  if (at !== lastReceived.at) lastReceived = { at, text: new Date(at).toISOString() };
  return lastReceived.text;
}

const DECISION: readonly Column<Received<SinkDecision>>[] = [
  ["id", "uuid", ({ event }) => event.id],
  ["at", "timestamptz", ({ event }) => event.at],
  ["received_at", "timestamptz", ({ receivedAt }) => received(receivedAt)],
  ["source", "text", ({ event }) => event.source],
  ["instance", "text", ({ event }) => event.instance],
  ["feature", "text", ({ event }) => event.feature],
  ["scenarios", "text[]", ({ event }) => event.scenarios],
  ["cohorts", "text[]", ({ event }) => event.cohorts],
  ["cohorts_unknown", "text[]", ({ event }) => event.cohortsUnknown],
  ["release", "text", ({ event }) => event.release],
  ["arm", "text", ({ event }) => event.arm],
  ["slot", "integer", ({ event }) => event.slot],
  ["ruleset_epoch", "text", ({ event }) => event.ruleset?.epoch],
  ["ruleset_version", "bigint", ({ event }) => event.ruleset?.version],
  ["user_hash", "uuid", ({ event }) => event.userHash],
  ["session_hash", "uuid", ({ event }) => event.sessionHash],
  ["task", "text", ({ event }) => event.task],
  ["initiated_by", "text", ({ event }) => event.initiatedBy],
  ["served", "text", ({ event }) => event.served],
  ["provider", "text", ({ event }) => event.provider],
  ["model", "text", ({ event }) => event.model],
  ["model_reported", "text", ({ event }) => event.modelReported],
  ["mode", "text", ({ event }) => event.mode],
  ["latency_ms", "double precision", ({ event }) => event.latencyMs],
  ["cost_usd", "double precision", ({ event }) => event.costUsd],
  ["tokens_in", "bigint", ({ event }) => event.tokensIn],
  ["tokens_out", "bigint", ({ event }) => event.tokensOut],
  ["error", "text", ({ event }) => event.error],
  ["safety_filtered", "boolean", ({ event }) => event.safetyFiltered],
  ["confidence", "double precision", ({ event }) => event.confidence],
  ["controls", "text[]", ({ event }) => event.controls],
  ["dimensions", "jsonb", ({ event }) => event.dimensions],
];

/** Nothing in the tables is an empty name: "" is how the roll-ups write that there is none. */
const named = (text: string | undefined) => (text === "" ? null : text);

const SIGNAL: readonly Column<AttributedSignal>[] = [
  ["id", "uuid", ({ event }) => event.id],
  ["at", "timestamptz", ({ event }) => event.at],
  ["received_at", "timestamptz", ({ receivedAt }) => received(receivedAt)],
  ["decision_id", "uuid", ({ event }) => event.decisionId],
  ["kind", "text", ({ event }) => event.kind],
  ["value", "double precision", ({ event }) => event.value],
  ["changed", "double precision", ({ event }) => event.changed],
  ["label", "text", ({ event }) => event.label],
  ["actor", "text", ({ event }) => event.actor],
  ["feature", "text", ({ event, about }) => (about ? named(about.feature) : event.feature)],
  ["scenarios", "text[]", ({ event, about }) => about?.scenarios ?? event.scenarios],
  ["release", "text", ({ about }) => named(about?.release)],
  ["arm", "text", ({ about }) => named(about?.arm)],
  ["user_hash", "uuid", ({ event, about }) => (about ? about.user : event.userHash)],
  ["attribution", "text", ({ attribution }) => attribution],
];

const SAMPLE: readonly Column<Received<SampleEvent>>[] = [
  ["id", "uuid", ({ event }) => event.id],
  ["at", "timestamptz", ({ event }) => event.at],
  ["received_at", "timestamptz", ({ receivedAt }) => received(receivedAt)],
  ["decision_id", "uuid", ({ event }) => event.decisionId],
  ["input", "text", ({ event }) => event.input],
  ["output", "text", ({ event }) => event.output],
];

/** Ways to store rows of one raw table. */
export type RawTable<R> = {
  /** Takes all of them, the fastest way; fails where one is there already. */
  copy: { text: string; lines(environmentId: string, rows: readonly R[]): string };
  /** Passes over those that are there already, and answers with the ids of the others. */
  insert: { name: string; text: string; values(environmentId: string, rows: readonly R[]): unknown[] };
};

function rawTable<R>(table: string, columns: readonly Column<R>[]): RawTable<R> {
  const names = columns.map(([name]) => name).join(", ");
  const types = columns.map(([name, type]) => `${name} ${type}`).join(", ");
  return {
    copy: {
      text: `copy telemetry.${table} (environment_id, ${names}) from stdin`,
      lines: (environmentId, rows) => {
        let lines = "";
        for (const row of rows) {
          lines += environmentId;
          for (const [, type, value] of columns) lines += `\t${copied(type, value(row))}`;
          lines += "\n";
        }
        return lines;
      },
    },
    insert: {
      name: `store-${table}`,
      text: `insert into telemetry.${table} (environment_id, ${names})
        select $1::uuid, ${names} from json_to_recordset($2::json) as x(${types}) order by id
        on conflict do nothing returning id`,
      values: (environmentId, rows) => [
        environmentId,
        JSON.stringify(rows.map((row) => Object.fromEntries(columns.map(([name, , value]) => [name, value(row)])))),
      ],
    },
  };
}

const ESCAPES: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
const escaped = (text: string) =>
  /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (char) => ESCAPES[char] ?? char) : text;
const quoted = (text: string) => `"${/["\\]/.test(text) ? text.replace(/["\\]/g, "\\$&") : text}"`;

/** Texts as PostgreSQL writes an array of them. */
export const arrayLiteral = (texts: readonly string[]) => `{${texts.map(quoted).join(",")}}`;

/** Numbers, truths, ids and dates as PostgreSQL writes an array of them: none of these needs quotes, and looking whether one does takes longer than the rest. */
export const plainArray = (values: readonly (number | string | boolean | null)[]) =>
  `{${values.map((value) => (value === null ? "NULL" : value)).join(",")}}`;

/** A value in the text format of COPY (PostgreSQL documentation, COPY, "Text Format"). */
function copied(type: string, value: unknown): string {
  if (value === null || value === undefined) return "\\N";
  if (typeof value === "string") return escaped(value);
  if (type === "jsonb") return escaped(JSON.stringify(value));
  if (Array.isArray(value)) return escaped(arrayLiteral(value));
  return String(value);
}

export const DECISION_TABLE = rawTable("decision", DECISION);
export const SIGNAL_TABLE = rawTable("signal", SIGNAL);
export const SAMPLE_TABLE = rawTable("sample", SAMPLE);
