import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { expect, test } from "./fixtures.ts";
import { MetricsPage } from "./pages/metrics.ts";

type Row = { start: string; line: string; shown: string; n: string; state: string };

/** "3,237" as a number; an empty cell is none. */
const figure = (text: string) => (text === "" ? null : Number(text.replaceAll(",", "")));

test("the figures on the screen are the figures in the file", async ({ page, asPerson }) => {
  await asPerson("pm");
  const metrics = new MetricsPage(page);
  // Days that are over: what is counted today may grow between the look and the file.
  await metrics.open("reply-assistant", "production", "?period=28d&metric=correction-time&view=table");
  const rows = metrics.opened.getByRole("table").getByRole("row");
  await expect(rows.nth(5)).toBeVisible();
  const cells = await rows.evaluateAll((all) =>
    all.slice(1).map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent?.trim() ?? "")),
  );
  const head = await rows.first().locator("th").allTextContents();
  const at = (name: string) => head.findIndex((cell) => cell.trim() === name);
  const screen = cells.map((row) => ({
    line: row[at("Of")] ?? "",
    shown: row[at("Correction time")] ?? "",
    n: figure(row[at("Behind it")] ?? ""),
  }));
  expect(screen.length).toBeGreaterThan(28);
  expect(screen.some(({ shown }) => /\d s$/.test(shown))).toBe(true);

  const saving = page.waitForEvent("download");
  await metrics.opened.getByRole("button", { name: "Download CSV" }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe("reply-assistant-correction-time-28d.csv");
  const text = readFileSync(await file.path(), "utf8").replace(/^\uFEFF/, "");
  const { data, errors } = Papa.parse<Row>(text, { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);

  const finished = (of: { shown: string; n: number | null; line: string }[]) =>
    of.map((row) => JSON.stringify(row)).sort();
  const inFile = data.map(({ line, shown, n }) => ({ line, shown, n: n === "" ? null : Number(n) }));
  expect(finished(inFile)).toEqual(finished(screen));
});
