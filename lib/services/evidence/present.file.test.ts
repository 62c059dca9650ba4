import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SIGNAL_KINDS } from "#lib/core/events/signal-kinds.ts";
import type { EvidenceRow } from "#lib/telemetry/evidence-source.ts";
import { EVIDENCE_COLUMNS, EVIDENCE_WRITERS } from "./present.file.ts";

const NAMES = {
  controls: new Map([["c-1", "Disable AI replies for billing cases"]]),
  releases: new Map([["r-1", "Spring"]]),
};

const aSignal = (kind: string, about: Partial<EvidenceRow["signals"][number]> = {}) => ({
  at: "2026-11-20T14:00:05.000Z",
  kind,
  value: null,
  changed: null,
  label: null,
  actor: null,
  ...about,
});

const aRow = (about: Partial<EvidenceRow> = {}): EvidenceRow => ({
  decision: "0199a000-0000-7000-8000-000000000001",
  at: "2026-11-20T14:00:00.000Z",
  feature: "reply-assistant",
  scenarios: ["billing", "refunds"],
  cohorts: [],
  user: "0123456789abcdef0123456789abcdef",
  session: null,
  task: null,
  release: "r-1",
  arm: "current",
  served: "primary",
  provider: "x",
  model: "x-large",
  mode: "autonomous",
  ruleset: { epoch: "e", version: 5 },
  controls: ["c-1", "c-gone"],
  latencyMs: 812.5,
  error: null,
  safetyFiltered: false,
  confidence: 0.87,
  instance: "desk-1",
  signals: [],
  ...about,
});

/** Reads simple CSV back: no field of these tests holds a quote that is part of it. */
function cells(csv: string): Record<string, string>[] {
  const rows = csv
    .trimEnd()
    .split("\n")
    .map((line) => [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((found) => found[1] ?? found[2] ?? ""));
  const [head = [], ...body] = rows;
  return body.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at] ?? ""])));
}

const asCsv = (rows: EvidenceRow[]) => EVIDENCE_WRITERS.csv.head() + EVIDENCE_WRITERS.csv.page(rows, NAMES);

test("every column has a plain name of its own, and every kind of signal has one", () => {
  const names = EVIDENCE_COLUMNS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
  expect(names).toEqual(expect.arrayContaining(SIGNAL_KINDS.map((kind) => kind.replaceAll("-", "_"))));
});

test("the handbook says in the same words what every column means", () => {
  const handbook = readFileSync(new URL("../../../docs/handbook.md", import.meta.url), "utf8").replaceAll(/ +/g, " ");
  const described = EVIDENCE_COLUMNS.filter(({ means }) => means !== "");
  for (const { name, means } of described) expect(handbook).toContain(`| \`${name}\` | ${means} |`);
  const kinds = SIGNAL_KINDS.map((kind) => kind.replaceAll("-", "_"));
  expect(EVIDENCE_COLUMNS.slice(described.length).map(({ name }) => name)).toEqual(kinds);
});

test("a decision is one line, with what became of it folded into columns", () => {
  const signals = [
    aSignal("edited", { value: 40, changed: 0.2, actor: "agent" }),
    aSignal("edited", { at: "2026-11-20T14:01:00.000Z", value: 2, changed: 0.5 }),
    aSignal("policy-violation", { at: "2026-11-20T15:00:00.000Z", label: "invented policy" }),
  ];
  expect(cells(asCsv([aRow({ signals })]))).toEqual([
    expect.objectContaining({
      decision_id: "0199a000-0000-7000-8000-000000000001",
      scenarios: "billing; refunds",
      user_pseudonym: "0123456789abcdef0123456789abcdef",
      session_pseudonym: "",
      release_name: "Spring",
      control_ids: "c-1; c-gone",
      controls: "Disable AI replies for billing cases",
      latency_ms: "812.5",
      safety_filtered: "false",
      harm: "was changed by a person before use; broke a policy",
      signals: "3",
      signal_kinds: "edited; policy-violation",
      last_signal_at: "2026-11-20T15:00:00.000Z",
      correction_seconds: "42",
      share_changed: "0.5",
      judged_score: "",
      labels: "invented policy",
      actors: "agent",
      edited: "2",
      policy_violation: "1",
      accepted: "0",
    }),
  ]);
});

test.each(["=HYPERLINK(1)", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])(
  "a spreadsheet does not run %j",
  (label) => {
    const [row] = cells(asCsv([aRow({ signals: [aSignal("moderated", { label })], task: label })]));
    for (const cell of [row?.labels, row?.task]) expect(cell).toMatch(/^['\s]/);
  },
);

test("a number below zero stays a number", () => {
  const [row] = cells(asCsv([aRow({ signals: [aSignal("judged", { value: -0.5 })] })]));
  expect(row?.judged_score).toBe("-0.5");
});

test("quotes, commas and line ends stay within their field, and a decision within its line", () => {
  const label = 'said "no",\r\nthen\nleft';
  const csv = asCsv([aRow({ signals: [aSignal("moderated", { label })] })]);
  expect(csv.trimEnd().split("\n")).toHaveLength(2);
  expect(csv).toContain('"said ""no"", then left"');
});

test("JSON lines hold every signal in full, lists as lists, and what was said exactly as it was", () => {
  const signals = [aSignal("edited", { value: 40 }), aSignal("edited", { value: 2, label: "=1\n" })];
  const text = EVIDENCE_WRITERS.jsonl.page([aRow({ signals }), aRow()], NAMES);
  const lines = text.trimEnd().split("\n");
  expect(lines).toHaveLength(2);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    decided_at: "2026-11-20T14:00:00.000Z",
    scenarios: ["billing", "refunds"],
    safety_filtered: false,
    controls: [
      { id: "c-1", sentence: "Disable AI replies for billing cases" },
      { id: "c-gone", sentence: null },
    ],
    signals,
  });
});

test("what has a sign of harm says which, what has none says nothing", () => {
  const rows = [aRow({ signals: [aSignal("thumbs-down"), aSignal("shown")] }), aRow({ signals: [aSignal("shown")] })];
  expect(cells(asCsv(rows)).map(({ harm }) => harm)).toEqual(["was rated thumbs down", ""]);
  const lines = EVIDENCE_WRITERS.jsonl.page(rows, NAMES).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line).harm)).toEqual([["was rated thumbs down"], []]);
});
