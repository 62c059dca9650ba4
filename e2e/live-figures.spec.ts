import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { aDecision, report } from "./events.ts";
import { expect, test } from "./fixtures.ts";
import { MetricsPage } from "./pages/metrics.ts";

test("what happens now comes into view by itself, without a reload and without a jump", async ({ page, asPerson }) => {
  await asPerson("lead");
  const metrics = new MetricsPage(page);
  await metrics.open("knowledge-answers", "production", "?period=3h&metric=decisions");
  await expect(metrics.opened).toBeVisible();
  const chart = metrics.opened.getByRole("application");
  await chart.focus();
  await page.evaluate(() => {
    Object.assign(window, { notReloaded: true });
  });
  const before = await decisionsOn(page);
  const place = await chart.boundingBox();

  await report(
    page,
    Array.from({ length: 7 }, () => aDecision("knowledge-answers", randomBytes(16).toString("hex"))),
  );
  await expect.poll(() => decisionsOn(page), { timeout: 15_000 }).toBe(before + 7);
  expect(await page.evaluate(() => Reflect.get(window, "notReloaded"))).toBe(true);
  // Where it is read, nothing moved, although the tiles above it became taller: at night the feature has its first figures of the period now.
  const placeAfter = await chart.boundingBox();
  expect(Math.abs((placeAfter?.y ?? Number.NaN) - (place?.y ?? 0))).toBeLessThanOrEqual(1);
  await expect(chart).toBeFocused();
});

/** What the line about the data says was counted. */
async function decisionsOn(page: Page): Promise<number> {
  const words = await page
    .getByText(/[\d,]+ decisions? and/)
    .first()
    .textContent();
  return Number(/([\d,]+) decisions? and/.exec(words ?? "")?.[1]?.replaceAll(",", ""));
}
