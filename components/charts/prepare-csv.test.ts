import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { anyPoints, lineOf } from "./example-lines.ts";
import { figure } from "./figure.ts";
import { csv, csvName, csvText } from "./prepare-csv.ts";
import { tableRows } from "./prepare-table.ts";

const BERLIN = "Europe/Berlin";

function read(text: string): Record<string, string>[] {
  const { data, errors } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  return data;
}

describe("a chart as a file", () => {
  test("says of each bucket when, of what, how much, how sure, and in which zone", () => {
    expect(read(csvText({ lines: [lineOf("fg", 'Billing, "new"')], unit: "seconds" }, BERLIN))).toEqual([
      {
        ...{ start: "1970-01-01T01:00:00+01:00", end: "1970-01-01T02:00:00+01:00", line: 'Billing, "new"', value: "1" },
        ...{ low: "0.9", high: "1.1", n: "10", state: "full", shown: "1 s", unit: "seconds", zone: BERLIN },
      },
      {
        ...{ start: "1970-01-01T02:00:00+01:00", end: "1970-01-01T03:00:00+01:00", line: 'Billing, "new"', value: "" },
        ...{ low: "", high: "", n: "", state: "gap", shown: "", unit: "seconds", zone: BERLIN },
      },
    ]);
  });

  test("gives every number back as it was, and says the same as the table", () => {
    fc.assert(
      fc.property(anyPoints, anyPoints, (one, other) => {
        const lines = [lineOf(one, "One"), lineOf(other, "Other")];
        const points = lines.flatMap((line) => line.points);
        const rows = read(csvText({ lines, unit: "seconds" }, BERLIN));
        const number = (text: string | undefined) => (text ? Number(text) : null);
        expect(rows.map((row) => number(row.value))).toEqual(points.map((point) => point.value));
        const byFile = rows.map((row) => [row.line, row.shown, row.n ? Number(row.n).toLocaleString("en-GB") : ""]);
        const byTable = tableRows({ lines, unit: "seconds" }, BERLIN).map((row) => [row.line, row.value, row.n]);
        expect(byFile.map(String).sort()).toEqual(byTable.map(String).sort());
        for (const row of rows) if (row.value) expect(row.shown).toBe(figure(Number(row.value), "seconds"));
      }),
    );
  });

  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=1+1\nx", "=1\r\nx", "＝1+1", "＠SUM(A1)"])(
    "%j is not run as a formula",
    (text) => {
      expect(Papa.parse(csv(["name"], [[text]])).data).toEqual([["name"], [`'${text}`]]);
    },
  );

  test("a negative number stays a number", () => {
    expect(csv(["n"], [[-1.5]])).toBe("n\r\n-1.5");
  });

  test.each([
    [["reply-assistant", "correction-time", "7d", ""], "reply-assistant-correction-time-7d.csv"],
    [["Größe / Maß", "scenario:billing"], "größe-maß-scenario-billing.csv"],
    [["", "../.."], "figures.csv"],
  ])("%j is a file's name", (parts, name) => {
    expect(csvName(...parts)).toBe(name);
  });
});
