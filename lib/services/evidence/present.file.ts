import { stringify } from "csv-stringify/sync";
import type { SignalKind } from "#lib/core/events/event.ts";
import { harmOf } from "#lib/core/events/harm.ts";
import { SIGNAL_KINDS } from "#lib/core/events/signal-kinds.ts";
import type { EvidenceRow } from "#lib/telemetry/evidence-source.ts";
import type { EvidenceFormat } from "./schema.ts";

/** What stands beside ids in an export, so that people can read it. */
export type EvidenceNames = { controls: ReadonlyMap<string, string>; releases: ReadonlyMap<string, string> };

type Cell = string | number | null;
type Signals = EvidenceRow["signals"];

/** A column of the CSV: `means` is the handbook's line about it. */
type Column = {
  readonly name: string;
  readonly means: string;
  readonly of: (row: EvidenceRow, names: EvidenceNames) => Cell;
};

const list = (values: readonly string[]) => values.join("; ");
const distinct = (values: readonly (string | null)[]) => list([...new Set(values.filter((value) => value !== null))]);
const figures = (signals: Signals, kind: SignalKind, of: "value" | "changed") =>
  signals.flatMap((signal) => (signal.kind === kind && signal[of] !== null ? [signal[of]] : []));
const sum = (values: readonly number[]) => (values.length === 0 ? null : values.reduce((a, b) => a + b, 0));

const DECISION_COLUMNS: readonly Column[] = [
  { name: "decision_id", means: "The decision, as the SDK returned it to the product", of: (row) => row.decision },
  { name: "decided_at", means: "When, ISO 8601 in UTC", of: (row) => row.at },
  { name: "feature", means: "Key of the feature", of: (row) => row.feature },
  { name: "scenarios", means: "Kinds of case it was, separated by semicolons", of: (row) => list(row.scenarios) },
  { name: "cohorts", means: "Cohorts the customer was in", of: (row) => list(row.cohorts) },
  { name: "user_pseudonym", means: "The customer, as `hashUser()` gives it: join on this", of: (row) => row.user },
  { name: "session_pseudonym", means: "The conversation or session, by the same function", of: (row) => row.session },
  { name: "task", means: "The product's own name of the task", of: (row) => row.task },
  { name: "release_id", means: "Release that was in force for this request", of: (row) => row.release },
  {
    name: "release_name",
    means: "Its name",
    of: ({ release }, { releases }) => (release && releases.get(release)) || null,
  },
  { name: "arm", means: "Current, or candidate of a rollout", of: (row) => row.arm },
  {
    name: "answered_by",
    means: "primary or secondary: AI answered. Otherwise the rung of the fallback ladder",
    of: (row) => row.served,
  },
  { name: "mode", means: "autonomous, or suggestion (a person sends it)", of: (row) => row.mode },
  { name: "provider", means: "Vendor that answered", of: (row) => row.provider },
  { name: "model", means: "Model that answered", of: (row) => row.model },
  {
    name: "ruleset_epoch",
    means: "With the next column: the rules it followed",
    of: (row) => row.ruleset?.epoch ?? null,
  },
  { name: "ruleset_version", means: "Number of these rules", of: (row) => row.ruleset?.version ?? null },
  { name: "control_ids", means: "Controls that acted on it", of: (row) => list(row.controls) },
  {
    name: "controls",
    means: "The same as sentences",
    of: (row, { controls }) => distinct(row.controls.map((id) => controls.get(id) ?? null)),
  },
  { name: "latency_ms", means: "How long the answer took, milliseconds", of: (row) => row.latencyMs },
  { name: "error", means: "Short code of what failed, if anything did", of: (row) => row.error },
  {
    name: "safety_filtered",
    means: "true: a safety filter held the answer back",
    of: (row) => String(row.safetyFiltered),
  },
  { name: "confidence", means: "How sure the model was, 0 to 1", of: (row) => row.confidence },
  { name: "instance", means: "The server that decided", of: (row) => row.instance },
];

const SIGNAL_COLUMNS: readonly Column[] = [
  {
    name: "harm",
    means: "Signs of harm, in words that follow “The answer”; empty: there is none",
    of: ({ signals }) => list(harmOf(signals)),
  },
  { name: "signals", means: "How many signals came about it", of: ({ signals }) => signals.length },
  {
    name: "signal_kinds",
    means: "Which kinds, in the order in which they came first",
    of: ({ signals }) => distinct(signals.map((signal) => signal.kind)),
  },
  { name: "first_signal_at", means: "When the first one was", of: ({ signals }) => signals[0]?.at ?? null },
  { name: "last_signal_at", means: "When the last one was", of: ({ signals }) => signals.at(-1)?.at ?? null },
  {
    name: "correction_seconds",
    means: "Seconds people spent correcting it, all `edited` signals together",
    of: ({ signals }) => sum(figures(signals, "edited", "value")),
  },
  {
    name: "share_changed",
    means: "Share of the text that was changed, 0 to 1; the largest of several",
    of: ({ signals }) =>
      figures(signals, "edited", "changed").reduce<number | null>((a, b) => Math.max(a ?? 0, b), null),
  },
  {
    name: "review_seconds",
    means: "Seconds people spent reviewing it",
    of: ({ signals }) => sum(figures(signals, "reviewed", "value")),
  },
  {
    name: "judged_score",
    means: "Score of the last `judged` signal, 0 to 1",
    of: ({ signals }) => figures(signals, "judged", "value").at(-1) ?? null,
  },
  {
    name: "labels",
    means: "Labels of its signals",
    of: ({ signals }) => distinct(signals.map((signal) => signal.label)),
  },
  {
    name: "actors",
    means: "Who gave them: a role, or a pseudonym",
    of: ({ signals }) => distinct(signals.map((signal) => signal.actor)),
  },
];

/** A column for each kind of signal: how many of it came. */
const KIND_COLUMNS: readonly Column[] = SIGNAL_KINDS.map((kind) => ({
  name: kind.replaceAll("-", "_"),
  means: "",
  of: ({ signals }) => signals.filter((signal) => signal.kind === kind).length,
}));

/** The columns of the CSV, in order. Those without `means` count the signals of the kind they are named after. */
export const EVIDENCE_COLUMNS: readonly Column[] = [...DECISION_COLUMNS, ...SIGNAL_COLUMNS, ...KIND_COLUMNS];

/** One line a row, whatever a label holds: tools that read line by line stay right, and lines can be counted. */
const oneLine = (cell: Cell) => (typeof cell === "string" ? cell.replaceAll(/[\r\n\u2028\u2029]+/g, " ") : cell);

function csv(rows: Cell[][]): string {
  return stringify(
    rows.map((row) => row.map(oneLine)),
    { escape_formulas: true },
  );
}

function jsonLine(row: EvidenceRow, names: EvidenceNames): string {
  const plain = DECISION_COLUMNS.map(({ name, of }) => [name, of(row, names)] as const);
  return JSON.stringify({
    ...Object.fromEntries(plain.filter(([name]) => name !== "control_ids")),
    scenarios: row.scenarios,
    cohorts: row.cohorts,
    controls: row.controls.map((id) => ({ id, sentence: names.controls.get(id) ?? null })),
    safety_filtered: row.safetyFiltered,
    harm: harmOf(row.signals),
    signals: row.signals,
  });
}

/**
 * How decisions are written. CSV: a header and one line a decision, with its signals folded into columns; what a spreadsheet would take for a formula
 * carries an apostrophe. JSON lines: one object a decision, with every signal in full.
 */
export const EVIDENCE_WRITERS: Readonly<
  Record<
    EvidenceFormat,
    {
      mediaType: string;
      head: () => string;
      page: (rows: readonly EvidenceRow[], names: EvidenceNames) => string;
    }
  >
> = {
  csv: {
    mediaType: "text/csv; charset=utf-8; header=present",
    head: () => csv([EVIDENCE_COLUMNS.map(({ name }) => name)]),
    page: (rows, names) => csv(rows.map((row) => EVIDENCE_COLUMNS.map(({ of }) => of(row, names)))),
  },
  jsonl: {
    mediaType: "application/jsonl; charset=utf-8",
    head: () => "",
    page: (rows, names) => rows.map((row) => `${jsonLine(row, names)}\n`).join(""),
  },
};
