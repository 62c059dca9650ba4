import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { SignalKind } from "../events/event.ts";
import { SIGNAL_KINDS } from "../events/signal-kinds.ts";
import { FAMILIES, type Formula, type MetricDefinition } from "./definition.ts";
import { METRICS, metricByKey } from "./definitions.ts";
import { MEASURES, type Measure, signalMeasure } from "./measures.ts";

type Row = Partial<Pick<MetricDefinition, "unit" | "better">> & {
  family: string;
  row: string;
  metrics: string[];
  line?: number;
  hours?: number;
};

const rows = JSON.parse(readFileSync(new URL("./playbook-rows.json", import.meta.url), "utf8")) as Row[];

describe("the playbook's table", () => {
  test.each(rows.map((row) => [row.row, row] as const))("%s has its metrics", (_, row) => {
    for (const key of row.metrics) {
      const metric = metricByKey(key);
      expect(metric, key).toMatchObject({ key, family: row.family });
      if (row.unit) expect(metric?.unit).toBe(row.unit);
      if (row.better) expect(metric?.better).toBe(row.better);
      const line = metric?.comparisons.find((each) => each.with === "line");
      expect(line ?? null).toEqual(
        row.line === undefined ? null : { with: "line", line: row.line, hours: row.hours ?? null },
      );
    }
  });
});

describe("every metric", () => {
  test("has a key of its own and is found by it", () => {
    expect(new Set(METRICS.map(({ key }) => key)).size).toBe(METRICS.length);
    expect(METRICS.filter((metric) => metricByKey(metric.key) !== metric)).toEqual([]);
    expect(metricByKey("no-such-metric")).toBeUndefined();
  });

  test("belongs to a family, and no family is empty", () => {
    expect([...new Set(METRICS.map(({ family }) => family))].sort()).toEqual([...FAMILIES].sort());
  });

  test.each(METRICS.map((metric) => [metric.key, metric] as const))(
    "%s says what it means, of whom, and how it is counted",
    (_, metric) => {
      expect(metric.sentence).toMatch(/^[A-Z].{20,}\.$/);
      expect(metric.counting).toMatch(/^[A-Z].{20,}\.$/);
      expect(metric.name).toMatch(/^[A-Z]/);
      expect(metric.unit === "share" || metric.unit === "per-1000").toBe(metric.of !== null);
      expect(metric.minimum).toBeGreaterThan(0);
      expect(metric.comparisons.length).toBeGreaterThan(0);
      if (!metric.splits) expect(metric.comparisons).not.toContainEqual({ with: "release" });
    },
  );

  test("is made of measures that exist", () => {
    const known = new Set<string>(MEASURES);
    expect(METRICS.flatMap(({ formula }) => measuresOf(formula)).filter((measure) => !known.has(measure))).toEqual([]);
  });
});

/** Of what each numerator is a part: no request, task or rating can be in it more often than in these. */
const PART_OF: Partial<Record<Measure, readonly Measure[]>> = {
  audited_misleading: ["audits"],
  errors: ["tried"],
  false_positives: ["moderations", "reviews"],
  low_confidence: ["tried"],
  regenerate_loops: ["tasks"],
  repeats: ["repeats"],
  safety_filtered: ["tried"],
  timeouts: ["tried"],
  user_started: ["decisions"],
};

describe("shares", () => {
  const shares = METRICS.filter(({ formula }) => formula.kind === "share");

  test.each(shares.map((metric) => [metric.key, metric.formula] as const))(
    "%s divides a part by its whole",
    (_, formula) => {
      if (formula.kind !== "share") throw new Error("not a share");
      for (const measure of formula.numerator) {
        const wholes = formula.denominator.includes(measure) ? formula.denominator : wholesOf(measure);
        expect(
          wholes.some((whole) => formula.denominator.includes(whole)),
          `${measure} of ${formula.denominator}`,
        ).toBe(true);
      }
    },
  );

  test("count nothing twice", () => {
    for (const { key, formula } of shares) {
      if (formula.kind !== "share") continue;
      expect(new Set(formula.numerator).size, key).toBe(formula.numerator.length);
      expect(new Set(formula.denominator).size, key).toBe(formula.denominator.length);
    }
  });
});

/** What became of an answer is held against answers, what became of a request against requests. */
function wholesOf(measure: Measure): readonly Measure[] {
  if (measure.startsWith("served_")) return ["decisions"];
  return measure.startsWith("s_") ? ["ai", "decisions"] : (PART_OF[measure] ?? []);
}

describe("signals", () => {
  /** Counted otherwise than as answers: scores and verdicts one by one, switches by the last of each person and day. */
  const OTHERWISE: Partial<Record<SignalKind, (formula: Formula) => boolean>> = {
    audited: (formula) => measuresOf(formula).includes("audits"),
    reviewed: (formula) => measuresOf(formula).includes("reviews"),
    judged: (formula) => measuresOf(formula).includes("judged_n"),
    "turned-off": countsSwitches,
    "turned-on": countsSwitches,
  };

  test.each(SIGNAL_KINDS)("%s is counted by some metric", (kind) => {
    const counts =
      OTHERWISE[kind] ?? ((formula: Formula) => measuresOf(formula).some((each) => each === signalMeasure(kind)));
    expect(METRICS.filter(({ formula }) => counts(formula))).not.toEqual([]);
  });
});

function countsSwitches(formula: Formula): boolean {
  return formula.kind === "users" && (formula.numerator === "keptOn" || formula.numerator === "leftOff");
}

function measuresOf(formula: Formula): readonly Measure[] {
  switch (formula.kind) {
    case "share":
      return [...formula.numerator, ...formula.denominator];
    case "mean":
      return [...formula.sum, ...formula.count, ...(formula.squares ? [formula.squares] : [])];
    case "count":
      return formula.sum;
    default:
      return [];
  }
}
