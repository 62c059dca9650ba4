import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures.ts";
import { MetricsPage } from "./pages/metrics.ts";

test("hidden harm is found from the control room in three clicks: what, since when, and what was changed", async ({
  page,
  asPerson,
}) => {
  await asPerson("pm");
  const metrics = new MetricsPage(page);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Reply assistant: harm is up");

  // One: what the control room says is wrong. It opens the figure itself.
  await page.getByRole("link", { name: /Reply assistant, Worse: Harm is up: correction time/ }).click();
  await expect(metrics.verdict).toContainText(/Harm is up: correction time \d+ s, was \d+ s/);
  await expect(page.getByText(/accepted \d+% of the time, but correction time rose by \d+%/)).toBeVisible();
  const beside = page.getByRole("region", { name: "Activity is not trust" });
  await expect(beside.getByRole("listitem").filter({ hasText: "Acceptance rate" })).toContainText(/8\d%.*was 8\d%/);
  await expect(beside.getByRole("listitem").filter({ hasText: "Correction time" })).toContainText(
    /\d+ s\s*Up \d+%, was/,
  );
  await expect(metrics.opened).toContainText(/Correction time is \d+ s, was \d+ s: up \d+% \(between/);
  await expect(metrics.opened.getByRole("application")).toBeVisible();

  // Since when is said; two: a longer time, in which that day can be seen, and the release that came then.
  const verdict = page.getByRole("region", { name: /Harm is up/ });
  await expect(verdict).toContainText(/Since about \w{3} \d+ \w{3}/);
  await verdict.getByRole("link", { name: "Look further back" }).click();
  await expect(page.getByRole("combobox", { name: "Period" })).toHaveValue("28d");
  await expect(page).toHaveURL(/period=28d/);
  await expect(metrics.opened.getByRole("link", { name: /release/i }).first()).toBeVisible();

  // Three: how it is counted.
  await metrics.showCounting();
  await expect(page.getByRole("dialog")).toContainText(/edited/i);
  await page.keyboard.press("Escape");

  // By keyboard the chart reads itself, point by point, and is clean.
  await metrics.opened.getByRole("application").focus();
  await page.keyboard.press("End");
  await expect(metrics.opened.getByRole("status")).toContainText(/\d+ s/);
  const newest = await metrics.opened.getByRole("status").textContent();
  await page.keyboard.press("ArrowLeft");
  await expect(metrics.opened.getByRole("status")).not.toHaveText(newest ?? "");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`)).toEqual([]);
});

test("a feature with little traffic says that it has not enough data, and by when it would", async ({
  page,
  asPerson,
}) => {
  await asPerson("viewer");
  const metrics = new MetricsPage(page);
  await metrics.open("case-summary");
  await expect(metrics.verdict).toContainText(/Not enough data/);
  const beside = page.getByRole("region", { name: "Activity is not trust" });
  await expect(beside).toContainText("Not enough data to tell whether they agree");
  await expect(beside.getByRole("button", { name: "Number of requests" })).toBeVisible();
});
